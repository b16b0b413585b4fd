//! The vault: opened, unlocked, locked.

mod attempts;
mod backup;
mod begin;
mod format_1;
mod migrate;
mod records;
mod recover;
mod rekey;
mod restore;
mod service;
mod slots;
mod unlock;
mod verify;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;
use secrecy::{ExposeSecret, SecretString};

use crate::file::{self, Found, Trouble};
use crate::keychain::{Item, Keychain, KeychainError};
use crate::seal::{Key, NotOurs};
use crate::slot::{SlotRow, kek};
use crate::vault_file::VaultFile;
use crate::{Compartment, Damage, OpenError, SlotId, SlotKind, VaultId, private};
pub use backup::{BACKUPS_KEPT, Backup};
pub use recover::{Recovered, RecoveryKey};
pub use restore::Restorable;
use unlock::Unlocked;
pub use verify::Report;

/// Why a vault can be read and not changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadOnlyReason {
    /// The keychain knows of a later state than the file has: an old copy was put in its place.
    OlderThanKeychain,
}

impl fmt::Display for ReadOnlyReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OlderThanKeychain => f.write_str("the file is older than the last change that was saved"),
        }
    }
}

/// An open vault file. While it is locked only its service entries can be read.
pub struct Vault {
    file: VaultFile,
    keychain: Arc<dyn Keychain>,
    id: VaultId,
    service_key: Key,
    slots: Vec<SlotRow>,
    unlocked: Option<Box<Unlocked>>,
}

impl Vault {
    /// Opens the vault in `dir`. Where there is no file and the keychain can be used, it makes a new one.
    pub fn open_or_create(dir: &Path, keychain: Arc<dyn Keychain>) -> Result<Self, OpenError> {
        private::ensure_dir(dir)?;
        let path = dir.join(file::NAME);
        if let Some(found) = file::find(&path)? {
            return Self::open(path, found, keychain);
        }
        let lock = private::lock_dir(dir)?;
        // Another process may have made one in between.
        let made = file::find(&path)?.is_some();
        if !made {
            begin::create(dir, keychain.as_ref(), file::publish)?;
        }
        drop(lock);
        let found = file::find(&path)?.ok_or_else(|| OpenError::Io {
            path: path.clone(),
            source: std::io::ErrorKind::NotFound.into(),
        })?;
        Self::open(path, found, keychain)
    }

    /// Begins a new vault where the one that is there cannot be opened: its key is lost or another's, or it is damaged.
    /// The old file is kept under the name that is returned. In every other case this fails and changes nothing.
    pub fn begin_beside(dir: &Path, keychain: Arc<dyn Keychain>) -> Result<(Self, PathBuf), OpenError> {
        private::ensure_dir(dir)?;
        let lock = private::lock_dir(dir)?;
        begin::check_that_old_is_lost(dir, &keychain)?;
        let kept = begin::create(dir, keychain.as_ref(), file::publish_beside)?;
        drop(lock);
        Ok((Self::open_or_create(dir, keychain)?, kept))
    }

    /// The name of this vault.
    pub fn id(&self) -> VaultId {
        self.id
    }

    /// Whether records can be read.
    pub fn is_unlocked(&self) -> bool {
        self.unlocked.is_some()
    }

    /// Forgets every key and overview, and keeps the service key.
    pub fn lock(&mut self) {
        self.unlocked = None;
    }

    /// Why records cannot be changed; known once the vault was unlocked.
    pub fn read_only(&self) -> Option<ReadOnlyReason> {
        self.unlocked.as_ref()?.read_only
    }

    fn open(path: PathBuf, found: Found, keychain: Arc<dyn Keychain>) -> Result<Self, OpenError> {
        Self::open_migrating(path, found, keychain, migrate::STEPS)
    }

    fn open_migrating(
        path: PathBuf,
        found: Found,
        keychain: Arc<dyn Keychain>,
        steps: &[migrate::Step],
    ) -> Result<Self, OpenError> {
        let Found { db, format, id, device_check } = found;
        let device = match read_device_secret(keychain.as_ref(), id).map_err(OpenError::Keychain)? {
            DeviceSecret::Fits(key) if check_of(&key, id)[..] == device_check[..] => key,
            DeviceSecret::Fits(_) | DeviceSecret::Malformed => return Err(OpenError::Foreign { path }),
            DeviceSecret::None => return Err(OpenError::KeyLost { path }),
        };
        let wrapped = read_wrapped(&db, "service").map_err(|error| Trouble::from(error).at(&path))?;
        let service_key = wrapping_key(&device, id, "service")
            .unwrap_key(&bound_to_vault(id, "service"), &wrapped)
            .map_err(|NotOurs| OpenError::Damaged {
                path: path.clone(),
                source: Damage::Sealed("service key"),
            })?;
        // What cannot be read as slots is left as it is: looking comes before the first write.
        let slots = if format == file::FORMAT { read_slots(&db, &path)? } else { Vec::new() };
        let file = VaultFile::new(path, db)?;
        let mut vault = Self { file, keychain, id, service_key, slots, unlocked: None };
        vault.migrate(format, steps)?;
        vault.slots = read_slots(vault.file.db(), vault.file.path())?;
        Ok(vault)
    }
}

/// What the keychain has for a vault.
enum DeviceSecret {
    None,
    /// Something that we never wrote.
    Malformed,
    Fits(Key),
}

fn read_device_secret(keychain: &dyn Keychain, id: VaultId) -> Result<DeviceSecret, KeychainError> {
    Ok(match keychain.get(&Item::device_secret(id))? {
        None => DeviceSecret::None,
        Some(text) => decode_key(&text).map_or(DeviceSecret::Malformed, DeviceSecret::Fits),
    })
}

fn decode_key(text: &SecretString) -> Option<Key> {
    use base64::Engine;
    // One more than the 32 bytes need: the decoder rounds up to whole groups.
    let mut bytes = zeroize::Zeroizing::new([0; 33]);
    let length = base64::prelude::BASE64_STANDARD.decode_slice(text.expose_secret(), &mut *bytes).ok()?;
    Key::from_slice(&bytes[..length])
}

fn encode_key(key: &Key) -> SecretString {
    use base64::Engine;
    base64::prelude::BASE64_STANDARD.encode(key.expose_bytes()).into()
}

/// Tells another's device secret from a damaged file. A hash of 256 random bits tells nothing else.
fn check_of(device: &Key, id: VaultId) -> [u8; 32] {
    *device.derive(id.as_bytes(), &[b"lanyard/1 device check"]).expose_bytes()
}

fn wrapping_key(device: &Key, id: VaultId, what: &str) -> Key {
    device.derive(id.as_bytes(), &[b"lanyard/1 wrap ", what.as_bytes()])
}

fn bound_to_vault(id: VaultId, what: &str) -> Vec<u8> {
    [id.as_bytes(), what.as_bytes()].concat()
}

fn compartment_name(compartment: Compartment) -> &'static str {
    match compartment {
        Compartment::Organisation => "compartment organisation",
        Compartment::Personal => "compartment personal",
    }
}

fn read_wrapped(db: &Connection, what: &str) -> rusqlite::Result<Vec<u8>> {
    db.query_one("SELECT wrapped FROM wrapped_key WHERE what = ?1", [what], |row| row.get(0))
}

fn read_slots(db: &Connection, path: &Path) -> Result<Vec<SlotRow>, OpenError> {
    file::read_slots(db).map_err(|trouble| trouble.at(path))
}

/// What opens the slot of the device.
fn device_kek(vault: VaultId, slot: SlotId, device: &Key) -> Key {
    kek(vault, slot, SlotKind::Device, &[device.expose_bytes()])
}

#[cfg(test)]
mod tests;
