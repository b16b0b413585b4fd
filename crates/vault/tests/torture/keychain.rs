//! A keychain in a file, for processes that are killed: a journal of what was stored, one line for each call.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use lanyard_vault::{Item, Keychain, KeychainError};
use secrecy::{ExposeSecret as _, SecretString};

/// Its state is whatever the lines say in their order, so that a part of the lines is an earlier state.
pub(crate) struct FileKeychain {
    path: PathBuf,
    refuses: bool,
}

impl FileKeychain {
    pub(crate) fn at(path: &Path) -> Self {
        Self { path: path.into(), refuses: false }
    }

    /// Reads, and fails at every write.
    pub(crate) fn refusing_writes(path: &Path) -> Self {
        Self { path: path.into(), refuses: true }
    }

    fn append(&self, item: &Item, value: &str) -> Result<(), KeychainError> {
        if self.refuses {
            return Err(KeychainError::Failed("writing is refused".into()));
        }
        let line = format!("{} {value}\n", item.user());
        let append = || {
            let mut file = fs::File::options().append(true).create(true).open(&self.path)?;
            let length = file.metadata()?.len();
            // Where only a part of it fits, none of it was said.
            file.write_all(line.as_bytes()).or_else(|error| file.set_len(length).and(Err(error)))
        };
        append().map_err(|error| KeychainError::Failed(error.into()))
    }
}

impl Keychain for FileKeychain {
    fn get(&self, item: &Item) -> Result<Option<SecretString>, KeychainError> {
        let lines = fs::read_to_string(&self.path).unwrap_or_default();
        let last = lines.lines().rev().find_map(|line| line.strip_prefix(&format!("{} ", item.user())));
        Ok(last.filter(|value| !value.is_empty()).map(SecretString::from))
    }

    fn set(&self, item: &Item, value: &SecretString) -> Result<(), KeychainError> {
        self.append(item, value.expose_secret())
    }

    fn remove(&self, item: &Item) -> Result<(), KeychainError> {
        self.append(item, "")
    }
}

/// Whether a line of the journal tells the generation, and not a key.
pub(crate) fn is_generation(line: &str) -> bool {
    line.starts_with("generation-")
}
