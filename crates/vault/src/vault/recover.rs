//! Leading back into a vault whose device secret is lost: its keyring was created anew, or the file came to another computer.
//!
//! The vault key comes from a recovery code or from the organisation. What only the old device secret opened begins anew: the
//! service key with tokens, pairings and counts, and every slot that had it in its key. The keychain is told first; until the
//! file follows, the same code leads in again, with the device secret that is there.

use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use super::begin::{insert_wrapped, keep_device_secret};
use super::rekey::not_read_back;
use super::slots::{new_slot, vault_key_of_code, write_slots};
use super::unlock::write_header;
use super::{DeviceSecret, Vault, check_of, device_kek, read_device_secret, wrapping_key};
use crate::file::{self, Found};
use crate::keychain::{Keychain, KeychainError};
use crate::seal::{Key, NotOurs};
use crate::slot::{self, Opener, SlotRow};
use crate::vault_file::VaultFile;
use crate::{
    EscrowOpening, OpenError, RecoverError, RecoveryCode, SlotKind, StoreError, UnlockError, VaultId, private,
};

/// What leads back into a vault without its device secret.
pub enum RecoveryKey {
    /// The person's recovery code.
    Code(RecoveryCode),
    /// What the organisation opened, and the words that it was made with.
    Escrow(EscrowOpening, RecoveryCode),
}

/// A vault that was led back into.
pub struct Recovered {
    /// It is unlocked.
    pub vault: Vault,
    /// What opened it before and opens it no more.
    pub lost: Vec<SlotKind>,
}

impl RecoveryKey {
    pub(super) fn vault_key(&self, vault: VaultId, rows: &[SlotRow]) -> Result<Key, UnlockError> {
        match self {
            Self::Code(code) => vault_key_of_code(vault, rows, code),
            Self::Escrow(opening, code) => {
                opening.open(vault, code).map_err(|NotOurs| UnlockError::Wrong(SlotKind::Escrow))
            }
        }
    }
}

impl Vault {
    /// Whether a recovery code leads back into the vault in `dir`, whatever the keychain has.
    pub fn has_recovery_code(dir: &Path) -> bool {
        let rows = file::look(&dir.join(file::NAME)).map(|(_, rows)| rows).unwrap_or_default();
        rows.iter().any(|row| row.slot.kind() == SlotKind::RecoveryCode)
    }

    /// Leads back into the vault in `dir`. Where its device secret is there after all, it is unlocked and nothing is changed.
    pub fn recover(
        dir: &Path,
        keychain: Arc<dyn Keychain>,
        key: &RecoveryKey,
    ) -> Result<Recovered, RecoverError> {
        private::ensure_dir(dir)?;
        let path = dir.join(file::NAME);
        let none = || OpenError::Io { path: path.clone(), source: std::io::ErrorKind::NotFound.into() };
        let found = file::find(&path)?.ok_or_else(none)?;
        let device = read_device_secret(keychain.as_ref(), found.id).map_err(OpenError::Keychain)?;
        let fits = |key: &Key| check_of(key, found.id)[..] == found.device_check[..];
        let device = match device {
            DeviceSecret::Fits(device) if fits(&device) => {
                let mut vault = Self::open(path, found, keychain)?;
                let vault_key = key.vault_key(vault.id, &vault.slots)?;
                vault.unlock_with_key(vault_key)?;
                return Ok(Recovered { vault, lost: Vec::new() });
            }
            DeviceSecret::Fits(device) => device,
            DeviceSecret::None | DeviceSecret::Malformed => Key::make_random(),
        };
        let mut vault = Self::open_without_device(&path, found, keychain, key)?;
        keep_if_new(vault.keychain.as_ref(), vault.id, &device).map_err(OpenError::Keychain)?;
        let lost = vault.adopt(&device)?;
        let generation = vault.unlocked.as_ref().map_or(0, |unlocked| unlocked.header.generation);
        vault.mirror(generation);
        Ok(Recovered { vault, lost })
    }

    /// Opens and unlocks a file without its device secret; it has a service key that nothing was sealed with.
    pub(super) fn open_without_device(
        path: &Path,
        found: Found,
        keychain: Arc<dyn Keychain>,
        key: &RecoveryKey,
    ) -> Result<Self, RecoverError> {
        let Found { db, format, id, .. } = found;
        if format < file::FORMAT {
            return Err(UnlockError::NoSuchWay(SlotKind::RecoveryCode).into());
        }
        let slots = super::read_slots(&db, path)?;
        let vault_key = key.vault_key(id, &slots)?;
        let file = VaultFile::new(path.to_owned(), db)?;
        let service_key = Key::make_random();
        let mut vault = Self { file, keychain, id, service_key, slots, unlocked: None };
        vault.unlocked = Some(vault.read_with(vault_key, &vault.slots)?);
        Ok(vault)
    }

    /// Makes the file this device's, in one transaction that is committed after it was read back. Returns what is lost.
    pub(super) fn adopt(&mut self, device: &Key) -> Result<Vec<SlotKind>, StoreError> {
        let id = self.id;
        let unlocked = self.unlocked.as_deref().ok_or(StoreError::Locked)?;
        let (mut rows, gone): (Vec<SlotRow>, Vec<SlotRow>) =
            self.slots.iter().cloned().partition(|row| !row.slot.kind().needs_device_secret());
        let slot = new_slot(Opener::Device {}, "", SystemTime::now());
        rows.push(SlotRow::make(id, slot.clone(), &device_kek(id, slot.id, device), &unlocked.vault_key));
        let mut header = unlocked.header;
        header.generation += 1;
        header.slots = slot::digest(&unlocked.vault_key, id, &rows);
        let (read, written) = self.file.save(|transaction| {
            transaction.execute("UPDATE vault SET device_check = ?1", [check_of(device, id)])?;
            transaction.execute_batch(
                "DELETE FROM service; DELETE FROM attempt; DELETE FROM wrapped_key WHERE what = 'service'",
            )?;
            let wrapping = wrapping_key(device, id, "service");
            insert_wrapped(transaction, id, "service", &wrapping, &self.service_key)?;
            write_slots(transaction, &rows)?;
            write_header(transaction, &unlocked.header_key, id, header)?;
            let written = file::read_slots(transaction)?;
            let vault_key = self.vault_key_of_device(&written, device).map_err(not_read_back)?;
            Ok((self.read_with(vault_key, &written).map_err(not_read_back)?, written))
        })?;
        self.unlocked = Some(read);
        self.slots = written;
        // The device's own slot is there again.
        let lost = gone.iter().map(|row| row.slot.kind()).filter(|kind| *kind != SlotKind::Device);
        Ok(lost.collect())
    }
}

/// Whatever is there for this vault and could be a key of it is never overwritten.
pub(super) fn keep_if_new(keychain: &dyn Keychain, id: VaultId, device: &Key) -> Result<(), KeychainError> {
    match read_device_secret(keychain, id)? {
        DeviceSecret::Fits(there) if there.expose_bytes() == device.expose_bytes() => Ok(()),
        DeviceSecret::Fits(_) => Err(KeychainError::Failed("another key came up in the meantime".into())),
        DeviceSecret::None | DeviceSecret::Malformed => keep_device_secret(keychain, id, device),
    }
}
