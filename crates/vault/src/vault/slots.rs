//! What opens the vault: listed, added, removed; and the ways in that take a person.
//!
//! Where something is removed, the vault gets another key, which what was removed never sees. A copy of the file from before
//! still opens with it, and shows what was in the file then.

use std::time::{Duration, SystemTime};

use rusqlite::Transaction;

use super::attempts::{begin_counting, millis};
use super::rekey::not_read_back;
use super::unlock::write_header;
use super::{Vault, device_kek};
use crate::seal::{Key, NotOurs};
use crate::slot::{self, Opener, SlotRow, kek};
use crate::{
    Damage, NewPin, OrganisationKey, PinGuess, RecoveryCode, Slot, SlotId, SlotKind, StoreError,
    StretchedPin, UnlockError,
};

impl Vault {
    /// What opens this vault; what it says is verified once the vault was unlocked.
    pub fn slots(&self) -> impl Iterator<Item = &Slot> {
        self.slots.iter().map(|row| &row.slot)
    }

    /// Whether there is a slot of this kind.
    pub fn has_slot(&self, kind: SlotKind) -> bool {
        self.slots().any(|slot| slot.kind() == kind)
    }

    /// Sets the PIN, in place of one that there was.
    pub fn set_pin(&mut self, pin: &NewPin, now: SystemTime) -> Result<SlotId, StoreError> {
        let slot = new_slot(Opener::Pin { salt: pin.salt, cost: pin.cost }, "", now);
        let kek = self.kek_with_device(&slot, &pin.stretched)?;
        self.put_slot(slot, Some(SlotKind::Pin), &kek)
    }

    /// Adds a security key. `prf` is what it answers to `salt`.
    pub fn add_security_key(
        &mut self,
        label: &str,
        credential_id: Vec<u8>,
        salt: [u8; 32],
        prf: &[u8; 32],
        now: SystemTime,
    ) -> Result<SlotId, StoreError> {
        let slot = new_slot(Opener::SecurityKey { credential_id, salt }, label, now);
        let kek = self.kek_with_device(&slot, prf)?;
        self.put_slot(slot, None, &kek)
    }

    /// Sets the recovery code, in place of one that there was.
    pub fn set_recovery_code(&mut self, code: &RecoveryCode, now: SystemTime) -> Result<SlotId, StoreError> {
        let slot = new_slot(Opener::RecoveryCode {}, "", now);
        let kek = kek(self.id, slot.id, SlotKind::RecoveryCode, &[code.expose_bits()]);
        self.put_slot(slot, Some(SlotKind::RecoveryCode), &kek)
    }

    /// Seals the vault key to the organisation's key. Another key than the one it is sealed to is taken if that one has signed
    /// it, or the person `confirmed` it. Returns whether anything was changed.
    pub fn set_escrow(
        &mut self,
        key: &OrganisationKey,
        endorsement: &[u8],
        confirmed: bool,
        now: SystemTime,
    ) -> Result<bool, StoreError> {
        match self.escrow_key() {
            Some(old) if old == key => return Ok(false),
            Some(old) if !confirmed && !old.endorses(key, endorsement) => {
                return Err(StoreError::NotEndorsed);
            }
            Some(_) | None => {}
        }
        let slot = new_slot(Opener::Escrow { organisation: *key }, "", now);
        let unlocked = self.unlocked.as_deref().ok_or(StoreError::Locked)?;
        let row = SlotRow::make_escrow(self.id, slot, key, &unlocked.vault_key);
        self.put_row(row, Some(SlotKind::Escrow))?;
        Ok(true)
    }

    /// The organisation's key that the vault key is sealed to.
    pub fn escrow_key(&self) -> Option<&OrganisationKey> {
        self.slots().find_map(|slot| match &slot.opener {
            Opener::Escrow { organisation } => Some(organisation),
            Opener::Device {} | Opener::Pin { .. } | Opener::SecurityKey { .. } | Opener::RecoveryCode {} => {
                None
            }
        })
    }

    /// Removes the device's own slot: from now on a person has to show a PIN or a security key. Needs one of these, and a
    /// recovery code or an escrow for the day when the device secret is lost. Backups that the device secret alone opens are
    /// replaced by a new one.
    pub fn always_ask(&mut self) -> Result<(), StoreError> {
        let device = self.slots().find(|slot| slot.kind() == SlotKind::Device).map(|slot| slot.id);
        self.remove_slot(device.ok_or(StoreError::NoSuchSlot)?)?;
        // One that cannot be made is made after the next change, and replaces the others then.
        self.back_up().ok();
        Ok(())
    }

    /// Gives the device its slot back: whoever can open the person's session can unlock.
    pub fn ask_no_more(&mut self, now: SystemTime) -> Result<(), StoreError> {
        if self.has_slot(SlotKind::Device) {
            return Ok(());
        }
        let slot = new_slot(Opener::Device {}, "", now);
        let kek = device_kek(self.id, slot.id, &self.device_secret().map_err(not_read_back)?);
        self.put_slot(slot, Some(SlotKind::Device), &kek).map(|_| ())
    }

    /// Removes a slot, unless too little would be left. What it opened is given another key.
    pub fn remove_slot(&mut self, id: SlotId) -> Result<(), StoreError> {
        let mut rows = self.slots.clone();
        let place = rows.iter().position(|row| row.slot.id == id);
        rows.remove(place.ok_or(StoreError::NoSuchSlot)?);
        self.change_slots(rows)
    }

    /// How long no guess at the PIN is taken.
    pub fn pin_wait(&self, now: SystemTime) -> Result<Duration, UnlockError> {
        let slot = self.pin_slot()?.slot.id;
        self.wait_of(slot, now).map_err(|error| self.at_unlock(error))
    }

    /// Counts a guess at the PIN, which is on the disk when this returns. Nothing is taken while the person has to wait.
    pub fn begin_pin_guess(&mut self, now: SystemTime) -> Result<PinGuess, UnlockError> {
        let Slot { id, opener, .. } = &self.pin_slot()?.slot;
        let Opener::Pin { salt, cost } = opener else { return Err(UnlockError::NoSuchWay(SlotKind::Pin)) };
        let guess = PinGuess { slot: *id, salt: *salt, cost: *cost };
        let counted = self.count_guess(guess.slot, now).map_err(|error| self.at_unlock(error))?;
        counted.map_err(|wait| UnlockError::Wait { wait })?;
        Ok(guess)
    }

    /// Unlocks with the PIN.
    pub fn unlock_with_pin(&mut self, pin: &StretchedPin) -> Result<(), UnlockError> {
        let (row, private) = self.try_pin(pin)?;
        let vault_key = self.open_slot(row, &private)?;
        self.unlock_with_key(vault_key)
    }

    /// Whether it is the PIN; nothing is unlocked.
    pub fn check_pin(&mut self, pin: &StretchedPin) -> Result<(), UnlockError> {
        self.try_pin(pin).map(|_| ())
    }

    /// Unlocks with what a security key answered.
    pub fn unlock_with_security_key(&mut self, id: SlotId, prf: &[u8; 32]) -> Result<(), UnlockError> {
        let of_key = |row: &&SlotRow| row.slot.id == id && row.slot.kind() == SlotKind::SecurityKey;
        let row = self.slots.iter().find(of_key).ok_or(UnlockError::NoSuchWay(SlotKind::SecurityKey))?;
        let kek = kek(self.id, id, SlotKind::SecurityKey, &[prf, self.device_secret()?.expose_bytes()]);
        let private = row.unwrap_private(self.id, &kek);
        let private = private.map_err(|NotOurs| UnlockError::Wrong(SlotKind::SecurityKey))?;
        let vault_key = self.open_slot(row, &private)?;
        self.unlock_with_key(vault_key)
    }

    /// Unlocks with the recovery code.
    pub fn unlock_with_recovery_code(&mut self, code: &RecoveryCode) -> Result<(), UnlockError> {
        let vault_key = vault_key_of_code(self.id, &self.slots, code)?;
        self.unlock_with_key(vault_key)
    }

    fn pin_slot(&self) -> Result<&SlotRow, UnlockError> {
        let row = self.slots.iter().find(|row| row.slot.kind() == SlotKind::Pin);
        row.ok_or(UnlockError::NoSuchWay(SlotKind::Pin))
    }

    fn try_pin(&self, pin: &StretchedPin) -> Result<(&SlotRow, Key), UnlockError> {
        let row = self.pin_slot()?;
        if row.slot.id != pin.slot {
            return Err(UnlockError::Wrong(SlotKind::Pin));
        }
        let device = self.device_secret()?;
        let kek = kek(self.id, pin.slot, SlotKind::Pin, &[&*pin.stretched, device.expose_bytes()]);
        let private =
            row.unwrap_private(self.id, &kek).map_err(|NotOurs| UnlockError::Wrong(SlotKind::Pin))?;
        self.forget_guesses(pin.slot).map_err(|error| self.at_unlock(error))?;
        Ok((row, private))
    }

    /// What opened a slot is right; that the rest does not fit is no mistake of the person.
    pub(super) fn open_slot(&self, row: &SlotRow, private: &Key) -> Result<Key, UnlockError> {
        let opened = row.open(self.id, private);
        opened.map_err(|NotOurs| UnlockError::Damaged { source: Damage::Sealed("vault key") })
    }

    fn kek_with_device(&self, slot: &Slot, secret: &[u8; 32]) -> Result<Key, StoreError> {
        let device = self.device_secret().map_err(not_read_back)?;
        Ok(kek(self.id, slot.id, slot.kind(), &[secret, device.expose_bytes()]))
    }

    fn put_slot(&mut self, slot: Slot, replaces: Option<SlotKind>, kek: &Key) -> Result<SlotId, StoreError> {
        let unlocked = self.unlocked.as_deref().ok_or(StoreError::Locked)?;
        let row = SlotRow::make(self.id, slot, kek, &unlocked.vault_key);
        self.put_row(row, replaces)
    }

    fn put_row(&mut self, row: SlotRow, replaces: Option<SlotKind>) -> Result<SlotId, StoreError> {
        let id = row.slot.id;
        let stays = |row: &&SlotRow| Some(row.slot.kind()) != replaces;
        let rows = self.slots.iter().filter(stays).cloned().chain([row]).collect();
        self.change_slots(rows)?;
        Ok(id)
    }

    fn change_slots(&mut self, rows: Vec<SlotRow>) -> Result<(), StoreError> {
        if !leaves_a_way(&rows) {
            return Err(StoreError::LastWay);
        }
        let is_there = |old: &SlotRow| rows.iter().any(|row| row.slot.id == old.slot.id);
        if self.slots.iter().all(is_there) { self.add_slots(rows) } else { self.seal_for(rows) }
    }

    /// Saves slots that were added, and the header with them.
    fn add_slots(&mut self, rows: Vec<SlotRow>) -> Result<(), StoreError> {
        let unlocked = self.unlocked.as_deref_mut().ok_or(StoreError::Locked)?;
        unlocked.may_change()?;
        let mut header = unlocked.header;
        header.generation += 1;
        header.slots = slot::digest(&unlocked.vault_key, self.id, &rows);
        self.file.save(|transaction| {
            write_slots(transaction, &rows)?;
            count_for(transaction, &self.service_key, self.id, &rows)?;
            Ok(write_header(transaction, &unlocked.header_key, self.id, header)?)
        })?;
        unlocked.header = header;
        self.slots = rows;
        self.mirror(header.generation);
        Ok(())
    }

    pub(super) fn at_unlock(&self, error: StoreError) -> UnlockError {
        match error {
            StoreError::Damaged { source } => UnlockError::Damaged { source },
            StoreError::Keychain(cause) => UnlockError::Keychain(cause),
            StoreError::Io { source } => UnlockError::Io { path: self.file.path().into(), source },
            other @ (StoreError::Locked
            | StoreError::NoSuchRecord(_)
            | StoreError::NoSuchSlot
            | StoreError::LastWay
            | StoreError::NotEndorsed
            | StoreError::ReadOnly(_)) => {
                UnlockError::Io { path: self.file.path().into(), source: std::io::Error::other(other) }
            }
        }
    }
}

/// The device alone opens it; or a person does, who has something left where the device secret is lost.
fn leaves_a_way(rows: &[SlotRow]) -> bool {
    let has = |kind| rows.iter().any(|row| row.slot.kind() == kind);
    let person = has(SlotKind::Pin) || has(SlotKind::SecurityKey);
    has(SlotKind::Device) || (person && (has(SlotKind::RecoveryCode) || has(SlotKind::Escrow)))
}

pub(super) fn new_slot(opener: Opener, label: &str, now: SystemTime) -> Slot {
    Slot { id: SlotId::make_random(), label: label.into(), made_at: millis(now), opener }
}

pub(super) fn vault_key_of_code(
    vault: crate::VaultId,
    rows: &[SlotRow],
    code: &RecoveryCode,
) -> Result<Key, UnlockError> {
    let kind = SlotKind::RecoveryCode;
    let row = rows.iter().find(|row| row.slot.kind() == kind).ok_or(UnlockError::NoSuchWay(kind))?;
    let kek = kek(vault, row.slot.id, kind, &[code.expose_bits()]);
    let private = row.unwrap_private(vault, &kek).map_err(|NotOurs| UnlockError::Wrong(kind))?;
    let opened = row.open(vault, &private);
    opened.map_err(|NotOurs| UnlockError::Damaged { source: Damage::Sealed("vault key") })
}

/// Replaces every slot of the file.
pub(super) fn write_slots(transaction: &Transaction<'_>, rows: &[SlotRow]) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM slot", [])?;
    for row in rows {
        transaction.execute(
            "INSERT INTO slot VALUES (?1, ?2, ?3, ?4, ?5)",
            (row.slot.id.as_bytes(), row.about(), row.public_key, &row.wrapped_private, &row.sealed),
        )?;
    }
    Ok(())
}

/// Counts for every PIN, and for nothing that is gone.
pub(super) fn count_for(
    transaction: &Transaction<'_>,
    service_key: &Key,
    vault: crate::VaultId,
    rows: &[SlotRow],
) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM attempt WHERE slot NOT IN (SELECT id FROM slot)", [])?;
    for row in rows.iter().filter(|row| row.slot.kind() == SlotKind::Pin) {
        begin_counting(transaction, service_key, vault, row.slot.id)?;
    }
    Ok(())
}
