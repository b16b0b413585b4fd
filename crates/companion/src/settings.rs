//! Settings that a person or an administrator may write: which provider to sign in to.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use lanyard_protocol::common::ProviderView;
use serde::{Deserialize, Serialize};

/// `settings.json` in the configuration directory.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// Where to sign in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) provider: Option<ProviderView>,
}

/// The file cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettingsError {
    #[error("cannot read the settings at `{path}`")]
    Io { path: PathBuf, source: io::Error },
    #[error("the settings at `{path}` are not understood")]
    Malformed { path: PathBuf, source: serde_json::Error },
}

impl Settings {
    /// Reads the settings; none are the default.
    pub(crate) fn read(directory: &Path) -> Result<Self, SettingsError> {
        let path = directory.join("settings.json");
        match fs::read(&path) {
            Ok(bytes) => {
                serde_json::from_slice(&bytes).map_err(|source| SettingsError::Malformed { path, source })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(SettingsError::Io { path, source }),
        }
    }

    /// Writes the settings, all or nothing.
    pub(crate) fn write(&self, directory: &Path) -> Result<(), SettingsError> {
        let path = directory.join("settings.json");
        let new = directory.join("settings.json.new");
        let bytes = serde_json::to_vec_pretty(self).expect("settings are plain data");
        fs::create_dir_all(directory)
            .and_then(|()| fs::File::create(&new))
            .and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all()))
            .and_then(|()| fs::rename(&new, &path))
            .map_err(|source| SettingsError::Io { path, source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_they_were_written() {
        let directory = tempfile::tempdir().unwrap();
        let provider = ProviderView { issuer: "https://acme.example".into(), client_id: "lanyard".into() };
        let settings = Settings { provider: Some(provider) };
        settings.write(directory.path()).unwrap();
        assert_eq!(Settings::read(directory.path()).unwrap(), settings);
    }

    #[test]
    fn none_are_the_default_and_nonsense_is_an_error() {
        let directory = tempfile::tempdir().unwrap();
        assert_eq!(Settings::read(directory.path()).unwrap(), Settings::default());
        fs::write(directory.path().join("settings.json"), r#"{"issuer":1}"#).unwrap();
        assert!(matches!(Settings::read(directory.path()), Err(SettingsError::Malformed { .. })));
    }
}
