//! The tray's few words, in the languages that Lanyard speaks.

use std::env;

/// What the tray says. Another language is another value of this type.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Words {
    pub(crate) signing_in: &'static str,
    pub(crate) signed_out: &'static str,
    /// What is said of a person whose vault is locked, after the name.
    pub(crate) locked: &'static str,
    /// A problem whose own words are in English; none where they can be shown as they are.
    pub(crate) unavailable: Option<&'static str>,
    pub(crate) open: &'static str,
    pub(crate) lock: &'static str,
    pub(crate) unlock: &'static str,
    pub(crate) sign_in: &'static str,
    pub(crate) sign_out: &'static str,
    pub(crate) quit: &'static str,
    /// Heads the file with a recovery code.
    pub(crate) recovery_sheet: &'static str,
}

pub(crate) const ENGLISH: Words = Words {
    signing_in: "Signing in",
    signed_out: "Signed out",
    locked: "locked",
    unavailable: None,
    open: "Open Lanyard",
    lock: "Lock",
    unlock: "Unlock",
    sign_in: "Sign in…",
    sign_out: "Sign out",
    quit: "Quit",
    recovery_sheet: "Lanyard recovery code\n\nIt opens your vault where the keyring is lost. Print it, keep it in a safe place, and delete this file.",
};

pub(crate) const GERMAN: Words = Words {
    signing_in: "Anmeldung läuft",
    signed_out: "Abgemeldet",
    locked: "gesperrt",
    unavailable: Some("Lanyard braucht Ihre Hilfe"),
    open: "Lanyard öffnen",
    lock: "Sperren",
    unlock: "Entsperren",
    sign_in: "Anmelden …",
    sign_out: "Abmelden",
    quit: "Beenden",
    recovery_sheet: "Wiederherstellungscode von Lanyard\n\nEr öffnet Ihren Tresor, wenn der Schlüsselbund verloren ist. Drucken Sie ihn, verwahren Sie ihn sicher und löschen Sie diese Datei.",
};

impl Words {
    /// The words for a language tag, or for the language of the system where none was chosen.
    pub(crate) fn of(language: Option<&str>) -> &'static Self {
        let tag = language.map_or_else(system_language, str::to_owned);
        if tag.to_ascii_lowercase().starts_with("de") { &GERMAN } else { &ENGLISH }
    }
}

/// gettext's order of variables.
fn system_language() -> String {
    let variables = ["LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"].iter();
    variables.filter_map(|name| env::var(name).ok()).find(|value| !value.is_empty()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_chooses_the_language_and_an_unknown_one_is_english() {
        assert_eq!(Words::of(Some("de-AT")), &GERMAN);
        assert_eq!(Words::of(Some("en")), &ENGLISH);
        assert_eq!(Words::of(Some("fr")), &ENGLISH);
    }
}
