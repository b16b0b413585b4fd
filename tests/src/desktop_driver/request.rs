//! What a test may ask.

use serde::Deserialize;

/// A request with the id that its answer carries.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Envelope {
    pub(crate) id: u32,
    pub(crate) request: Request,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Request {
    /// Reads icon, title, tooltip and menu of the tray item of a process.
    Tray { pid: u32 },
    /// Waits until the tray item looks like this, and reads it.
    TrayWait { pid: u32, until: TrayLook, timeout_ms: u64 },
    /// Chooses from the menu, once it is there and enabled.
    TrayClick { pid: u32, label: String, timeout_ms: u64 },
    /// Reads everything that the windows of a program show.
    Elements { app: String },
    /// Waits for an element and reads it.
    Find { element: ElementLook, timeout_ms: u64 },
    /// Waits for an element and says where on the screen it is: left, top, width, height.
    Where { element: ElementLook, timeout_ms: u64 },
    /// Waits until no such element is shown.
    Gone { element: ElementLook, timeout_ms: u64 },
    /// Presses a button once it is there.
    Press { element: ElementLook, timeout_ms: u64 },
    /// Types into a field once it is there.
    Type { element: ElementLook, text: String, timeout_ms: u64 },
}

/// How a tray item has to look: all that is given.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TrayLook {
    /// A menu item with this label, mnemonics left out.
    pub(crate) has: Option<String>,
    /// No menu item with this label.
    pub(crate) has_not: Option<String>,
    /// Whether the item of `has` can be chosen.
    pub(crate) enabled: Option<bool>,
    /// A part of title, tooltip or a label.
    pub(crate) says: Option<String>,
}

/// Which element is meant: all that is given. Roles are AT-SPI's names, e.g. `button`, `heading`, `entry`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ElementLook {
    /// Name of the program.
    pub(crate) app: String,
    pub(crate) role: Option<String>,
    /// The accessible name.
    pub(crate) name: Option<String>,
    /// How the accessible name begins.
    pub(crate) name_begins: Option<String>,
    /// A part of the name or the text.
    pub(crate) says: Option<String>,
}
