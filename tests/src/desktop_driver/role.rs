//! AT-SPI's roles by number: `WebKit` gives no names for them.

/// The name of a role, `other` for those that no test asks for.
pub(crate) fn name(role: u32) -> &'static str {
    match role {
        2 => "alert",
        7 => "check box",
        16 => "dialog",
        23 => "frame",
        27 => "image",
        29 => "label",
        31 => "list",
        32 => "list item",
        37 => "page tab",
        40 => "password text",
        43 => "button",
        61 => "text",
        73 => "paragraph",
        75 => "application",
        79 => "entry",
        83 => "heading",
        85 => "section",
        87 => "form",
        88 => "link",
        95 => "document web",
        101 => "notification",
        110 => "landmark",
        116 => "static",
        _ => "other",
    }
}
