//! Keychain Services on macOS, the Credential Manager on Windows.

use secrecy::{ExposeSecret, SecretString};

use super::super::{Item, KeychainError};

pub(super) fn get(item: &Item) -> Result<Option<SecretString>, KeychainError> {
    match entry(item)?.get_password() {
        Ok(text) => Ok(Some(text.into())),
        Err(keyring::Error::NoEntry) => Ok(None),
        Err(error) => Err(sort(error)),
    }
}

pub(super) fn set(item: &Item, value: &SecretString) -> Result<(), KeychainError> {
    entry(item)?.set_password(value.expose_secret()).map_err(sort)
}

pub(super) fn remove(item: &Item) -> Result<(), KeychainError> {
    match entry(item)?.delete_credential() {
        Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
        Err(error) => Err(sort(error)),
    }
}

fn entry(item: &Item) -> Result<keyring::Entry, KeychainError> {
    keyring::Entry::new(Item::SERVICE, &item.user()).map_err(sort)
}

fn sort(error: keyring::Error) -> KeychainError {
    if matches!(error, keyring::Error::NoStorageAccess(_)) {
        KeychainError::Locked
    } else {
        KeychainError::Failed(error.into())
    }
}
