//! The extensions that are Lanyard's. A browser says which one it started a native messaging host for; nothing an
//! extension says of itself counts.

use std::path::Path;

use serde::{Deserialize, Serialize};

/// The id that Chromium derives from the `key` of the extension's manifest. A release with a key of its own names its id
/// when it is compiled.
pub const CHROMIUM_EXTENSION_ID: &str = match option_env!("LANYARD_CHROMIUM_EXTENSION_ID") {
    Some(id) => id,
    None => include_str!("../../../extension/chromium-id.txt").trim_ascii(),
};

/// The add-on id that the extension's manifest names for Firefox.
pub const FIREFOX_EXTENSION_ID: &str = "companion@lanyard";

/// One of Lanyard's extensions, as its browser vouches for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Extension {
    /// The one for Chromium and its kin.
    Chromium,
    /// The one for Firefox and its kin.
    Firefox,
}

/// It is none of Lanyard's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this extension is not Lanyard's")]
pub struct ForeignExtension;

impl Extension {
    /// Reads the arguments that a browser starts the host with, without the program: Chromium gives the extension's
    /// origin first (Chrome for Developers, "Native messaging"), Firefox the manifest's path and then the add-on id (MDN,
    /// "Native messaging").
    pub fn of_arguments<'a>(mut arguments: impl Iterator<Item = &'a str>) -> Result<Self, ForeignExtension> {
        let (first, second) = (arguments.next(), arguments.next());
        match (first, second) {
            (Some(origin), _) if origin == Self::Chromium.origin() => Ok(Self::Chromium),
            (Some(manifest), Some(FIREFOX_EXTENSION_ID)) if Path::new(manifest).is_absolute() => {
                Ok(Self::Firefox)
            }
            _ => Err(ForeignExtension),
        }
    }

    /// The name that pairings are bound to.
    pub fn origin(self) -> String {
        match self {
            Self::Chromium => format!("chrome-extension://{CHROMIUM_EXTENSION_ID}/"),
            Self::Firefox => format!("moz-extension:{FIREFOX_EXTENSION_ID}"),
        }
    }
}

impl From<Extension> for String {
    fn from(extension: Extension) -> Self {
        extension.origin()
    }
}

impl TryFrom<String> for Extension {
    type Error = ForeignExtension;

    fn try_from(origin: String) -> Result<Self, ForeignExtension> {
        let ours = [Self::Chromium, Self::Firefox].into_iter();
        ours.into_iter().find(|extension| extension.origin() == origin).ok_or(ForeignExtension)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(arguments: &[&str]) -> Result<Extension, ForeignExtension> {
        Extension::of_arguments(arguments.iter().copied())
    }

    #[test]
    fn each_browser_names_its_extension_in_its_own_way() {
        assert_eq!(of(&[&Extension::Chromium.origin()]), Ok(Extension::Chromium));
        let manifest = if cfg!(windows) {
            r"C:\Program Files\Lanyard\lanyard.native_host.json"
        } else {
            "/home/alice/.mozilla/native-messaging-hosts/lanyard.native_host.json"
        };
        assert_eq!(of(&[manifest, FIREFOX_EXTENSION_ID]), Ok(Extension::Firefox));
    }

    #[test]
    fn every_other_extension_is_foreign() {
        for arguments in [
            &[][..],
            &["chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/"],
            &["/manifest.json", "other@addon"],
            &["/manifest.json"],
            &[FIREFOX_EXTENSION_ID],
            &["chrome-extension://x/", FIREFOX_EXTENSION_ID],
        ] {
            assert_eq!(of(arguments), Err(ForeignExtension), "{arguments:?}");
        }
        assert!(serde_json::from_str::<Extension>("\"https://evil.example\"").is_err());
    }
}
