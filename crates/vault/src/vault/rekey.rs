//! New keys: another vault key, another key for each compartment, and every record sealed anew.
//!
//! Slots stay, since the vault key is sealed to their public halves. So do the device secret and the service key, so that a
//! backup that was made before stays readable: it holds the keys of its time, for the slots of its time. Who wants those gone
//! removes the backups.

use rusqlite::Transaction;
use zeroize::Zeroizing;

use super::begin::insert_wrapped;
use super::records::Part;
use super::slots::{count_for, write_slots};
use super::unlock::{Unlocked, header_key, set_key, write_header};
use super::{Vault, compartment_name, wrapping_key};
use crate::header::{Element, Header, SetHash};
use crate::seal::{Key, NotOurs};
use crate::slot::{self, SlotRow};
use crate::{Compartment, Damage, RecordId, StoreError, UnlockError};

/// The keys that take the place of others.
struct NewKeys {
    vault: Key,
    organisation: Key,
    personal: Key,
}

impl Vault {
    /// Gives the vault other keys, in one transaction that is committed only after everything was read back. Every slot goes on
    /// to open it.
    pub fn rekey(&mut self) -> Result<(), StoreError> {
        self.seal_for(self.slots.clone())
    }

    /// The same, for these slots and no others.
    pub(super) fn seal_for(&mut self, mut rows: Vec<SlotRow>) -> Result<(), StoreError> {
        let unlocked = self.unlocked.as_deref().ok_or(StoreError::Locked)?;
        unlocked.may_change()?;
        let new = NewKeys {
            vault: Key::make_random(),
            organisation: Key::make_random(),
            personal: Key::make_random(),
        };
        for row in &mut rows {
            let resealed = row.reseal(self.id, &new.vault);
            resealed.map_err(|NotOurs| StoreError::Damaged { source: Damage::Slots })?;
        }
        let unlocked = self.file.save(|transaction| {
            self.seal_anew(transaction, unlocked, &rows, &new)?;
            self.read_back(&rows, &new.vault).map_err(not_read_back)
        })?;
        self.mirror(unlocked.header.generation);
        self.unlocked = Some(unlocked);
        self.slots = rows;
        self.file.tidy();
        Ok(())
    }

    /// Opens everything with what the file has, by the device's slot where there is one.
    fn read_back(&self, rows: &[SlotRow], vault_key: &Key) -> Result<Box<Unlocked>, UnlockError> {
        let opened = match self.vault_key_of_device(rows, &self.device_secret()?) {
            Err(UnlockError::NeedsPerson) => vault_key.clone(),
            opened => opened?,
        };
        self.read_with(opened, &self.slots_in_file()?)
    }

    fn seal_anew(
        &self,
        db: &Transaction<'_>,
        unlocked: &Unlocked,
        rows: &[SlotRow],
        new: &NewKeys,
    ) -> Result<(), StoreError> {
        let id = self.id;
        write_slots(db, rows)?;
        count_for(db, &self.service_key, id, rows)?;
        for (compartment, key) in
            [(Compartment::Organisation, &new.organisation), (Compartment::Personal, &new.personal)]
        {
            let what = compartment_name(compartment);
            db.execute("DELETE FROM wrapped_key WHERE what = ?1", [what])?;
            insert_wrapped(db, id, what, &wrapping_key(&new.vault, id, what), key)?;
        }
        let set_key = set_key(&new.vault, id);
        let mut set = SetHash::EMPTY;
        for (record, row) in record_rows(db)? {
            self.seal_record_anew(db, unlocked, new, record, &row)?;
            set.add(Element::new(&set_key, record, row.revision, row.secret_revision));
        }
        let slots = slot::digest(&new.vault, id, rows);
        let header = Header { generation: unlocked.header.generation + 1, set, slots };
        write_header(db, &header_key(&new.vault, id), id, header)?;
        Ok(())
    }

    fn seal_record_anew(
        &self,
        db: &Transaction<'_>,
        unlocked: &Unlocked,
        new: &NewKeys,
        record: RecordId,
        row: &Revisions,
    ) -> Result<(), StoreError> {
        let compartment = unlocked.entry(record)?.overview.compartment;
        let old_key = unlocked.compartment_key(compartment);
        let new_key = match compartment {
            Compartment::Organisation => &new.organisation,
            Compartment::Personal => &new.personal,
        };
        let (overview, secret): (Vec<u8>, Vec<u8>) = db
            .prepare_cached("SELECT overview, secret FROM record WHERE id = ?1")?
            .query_row([record.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let again = |part: &Part, sealed: &[u8]| -> Result<Vec<u8>, StoreError> {
            let plain: Zeroizing<Vec<u8>> = part
                .open(old_key, sealed)
                .map_err(|NotOurs| StoreError::Damaged { source: Damage::Record(record) })?;
            Ok(part.seal(new_key, &plain))
        };
        let overview = again(&Part::overview(self.id, record, row.revision), &overview)?;
        let secret = again(&Part::secret(self.id, record, row.secret_revision), &secret)?;
        db.prepare_cached("UPDATE record SET overview = ?2, secret = ?3 WHERE id = ?1")?.execute((
            record.as_bytes(),
            overview,
            secret,
        ))?;
        Ok(())
    }
}

/// The revisions of a record, which stay as they are.
struct Revisions {
    revision: u32,
    secret_revision: u32,
}

fn record_rows(db: &Transaction<'_>) -> rusqlite::Result<Vec<(RecordId, Revisions)>> {
    let mut statement = db.prepare("SELECT id, revision, secret_revision FROM record")?;
    let rows = statement.query_map([], |row| {
        let revisions = Revisions { revision: row.get(1)?, secret_revision: row.get(2)? };
        Ok((RecordId::from_bytes(row.get(0)?), revisions))
    })?;
    rows.collect()
}

pub(super) fn not_read_back(error: UnlockError) -> StoreError {
    match error {
        UnlockError::Keychain(cause) => StoreError::Keychain(cause),
        UnlockError::Damaged { source } => StoreError::Damaged { source },
        UnlockError::Io { source, .. } => StoreError::Io { source },
        UnlockError::KeyLost { .. }
        | UnlockError::Foreign
        | UnlockError::NeedsPerson
        | UnlockError::NoSuchWay(_)
        | UnlockError::Wrong(_)
        | UnlockError::Wait { .. } => StoreError::Damaged { source: Damage::Sealed("vault key") },
    }
}
