//! What the vault needs of a keychain: three calls, and three ways to fail that mean different things.

#[cfg(any(test, feature = "testing"))]
pub(crate) mod memory;
pub(crate) mod os;

use std::error::Error;
use std::fmt;

use secrecy::SecretString;

use crate::VaultId;

/// A place that keeps small secrets for the person who is logged in to the computer.
pub trait Keychain: Send + Sync {
    /// The value of the item; `Ok(None)` means that the keychain was readable and has no such entry.
    fn get(&self, item: &Item) -> Result<Option<SecretString>, KeychainError>;
    /// Stores the value, replacing one that is there.
    fn set(&self, item: &Item, value: &SecretString) -> Result<(), KeychainError>;
    /// Removes the item; one that is not there is no error.
    fn remove(&self, item: &Item) -> Result<(), KeychainError>;
}

/// Names one entry of the keychain.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Item {
    vault: VaultId,
    kind: ItemKind,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum ItemKind {
    DeviceSecret,
    Generation,
}

impl Item {
    /// The name under which all entries stand.
    pub const SERVICE: &'static str = "Lanyard";

    /// The device secret of a vault.
    pub const fn device_secret(vault: VaultId) -> Self {
        Self { vault, kind: ItemKind::DeviceSecret }
    }

    /// The generation of a vault, as it was after its last change.
    pub const fn generation(vault: VaultId) -> Self {
        Self { vault, kind: ItemKind::Generation }
    }

    /// The user part of the entry's name; it tells vaults apart.
    pub fn user(&self) -> String {
        match self.kind {
            ItemKind::DeviceSecret => format!("device-secret-{}", self.vault),
            ItemKind::Generation => format!("generation-{}", self.vault),
        }
    }

    /// What a person reads who looks through the keychain.
    pub const fn label(&self) -> &'static str {
        match self.kind {
            ItemKind::DeviceSecret => "Lanyard (key of the vault)",
            ItemKind::Generation => "Lanyard (state of the vault)",
        }
    }
}

impl fmt::Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.user())
    }
}

/// Why the keychain could not be asked. None of these means that an entry does not exist.
#[derive(Debug, thiserror::Error)]
pub enum KeychainError {
    /// It is there and locked, or unlocking it took too long.
    #[error("the keychain is locked")]
    Locked,
    /// There is no keychain: no session bus, no Secret Service on it, or no default collection in it.
    #[error("there is no keychain")]
    Absent,
    /// It answered with something else.
    #[error("the keychain failed")]
    Failed(#[source] Box<dyn Error + Send + Sync>),
}

impl KeychainError {
    /// What the person can do.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Locked => {
                "unlock your login keyring, then try again; logging in to the computer with your password unlocks it"
            }
            Self::Absent => {
                "start a keyring (GNOME Keyring or KWallet) in your desktop session and create its default keyring, then try again"
            }
            Self::Failed(_) => {
                "log out of the computer and in again; if it stays, ask your IT support about the keyring"
            }
        }
    }
}
