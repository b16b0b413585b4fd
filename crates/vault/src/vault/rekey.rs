//! New keys: another vault key, another key for each compartment, and every record sealed anew.
//!
//! The device secret and the service key stay, so that a backup that was made before stays readable: it holds the keys of
//! its time, wrapped by the device secret. Who wants those gone removes the backups.

use rusqlite::Connection;
use zeroize::Zeroizing;

use super::begin::insert_wrapped;
use super::records::Part;
use super::unlock::{Unlocked, header_key, set_key, write_header};
use super::{
    DeviceSecret, Vault, bound_to_vault, check_of, compartment_name, read_device_secret, wrapping_key,
};
use crate::header::{Element, Header};
use crate::seal::{Key, NotOurs};
use crate::{Compartment, Damage, RecordId, StoreError, UnlockError};

/// The keys that take the place of others.
struct NewKeys {
    vault: Key,
    organisation: Key,
    personal: Key,
}

impl Vault {
    /// Gives the vault other keys, in one transaction that is committed only after everything was read back.
    pub fn rekey(&mut self) -> Result<(), StoreError> {
        let unlocked = self.unlocked.as_deref().ok_or(StoreError::Locked)?;
        if let Some(reason) = unlocked.read_only {
            return Err(StoreError::ReadOnly(reason));
        }
        self.prepare_to_save()?;
        let device = self.device_secret()?;
        let new = NewKeys {
            vault: Key::make_random(),
            organisation: Key::make_random(),
            personal: Key::make_random(),
        };
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let sealed = self.seal_anew(unlocked, &device, &new).and_then(|()| {
            let unlocked = self.read_all().map_err(not_read_back)?;
            self.db.execute_batch("COMMIT")?;
            Ok(unlocked)
        });
        let unlocked = sealed.inspect_err(|_| _ = self.db.execute_batch("ROLLBACK"))?;
        self.mirror(unlocked.header.generation);
        self.unlocked = Some(unlocked);
        // What was sealed before is still in the log until it is written back. That is tidying, and fails nothing.
        self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).ok();
        Ok(())
    }

    fn device_secret(&self) -> Result<Key, StoreError> {
        let damaged = || StoreError::Damaged { source: Damage::Sealed("vault key") };
        let check: Vec<u8> = self.db.query_one("SELECT device_check FROM vault", [], |row| row.get(0))?;
        match read_device_secret(self.keychain.as_ref(), self.id).map_err(StoreError::Keychain)? {
            DeviceSecret::Fits(key) if check_of(&key, self.id)[..] == check[..] => Ok(key),
            DeviceSecret::Fits(_) | DeviceSecret::Malformed | DeviceSecret::None => Err(damaged()),
        }
    }

    fn seal_anew(&self, unlocked: &Unlocked, device: &Key, new: &NewKeys) -> Result<(), StoreError> {
        let (db, id) = (&self.db, self.id);
        let slot = wrapping_key(device, id, "vault").wrap(&bound_to_vault(id, "vault"), &new.vault);
        db.execute("UPDATE slot SET wrapped = ?1 WHERE kind = 'device'", [slot])?;
        for (compartment, key) in
            [(Compartment::Organisation, &new.organisation), (Compartment::Personal, &new.personal)]
        {
            let what = compartment_name(compartment);
            db.execute("DELETE FROM wrapped_key WHERE what = ?1", [what])?;
            insert_wrapped(db, id, what, &wrapping_key(&new.vault, id, what), key)?;
        }
        let set_key = set_key(&new.vault, id);
        let mut set = Header::EMPTY.set;
        for (record, row) in record_rows(db)? {
            self.seal_record_anew(unlocked, new, record, &row)?;
            set.add(Element::new(&set_key, record, row.revision, row.secret_revision));
        }
        let header = Header { generation: unlocked.header.generation + 1, set };
        write_header(db, &header_key(&new.vault, id), id, header)?;
        Ok(())
    }

    fn seal_record_anew(
        &self,
        unlocked: &Unlocked,
        new: &NewKeys,
        record: RecordId,
        row: &Row,
    ) -> Result<(), StoreError> {
        let compartment = unlocked.entry(record)?.overview.compartment;
        let old_key = unlocked.compartment_key(compartment);
        let new_key = match compartment {
            Compartment::Organisation => &new.organisation,
            Compartment::Personal => &new.personal,
        };
        let (overview, secret): (Vec<u8>, Vec<u8>) = self
            .db
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
        self.db.prepare_cached("UPDATE record SET overview = ?2, secret = ?3 WHERE id = ?1")?.execute((
            record.as_bytes(),
            overview,
            secret,
        ))?;
        Ok(())
    }
}

/// The revisions of a record, which stay as they are.
struct Row {
    revision: u32,
    secret_revision: u32,
}

fn record_rows(db: &Connection) -> rusqlite::Result<Vec<(RecordId, Row)>> {
    let mut statement = db.prepare("SELECT id, revision, secret_revision FROM record")?;
    let rows = statement.query_map([], |row| {
        let revisions = Row { revision: row.get(1)?, secret_revision: row.get(2)? };
        Ok((RecordId::from_bytes(row.get(0)?), revisions))
    })?;
    rows.collect()
}

fn not_read_back(error: UnlockError) -> StoreError {
    match error {
        UnlockError::Keychain(cause) => StoreError::Keychain(cause),
        UnlockError::Damaged { source } => StoreError::Damaged { source },
        UnlockError::Io { source, .. } => StoreError::Io { source },
        UnlockError::KeyLost { .. } | UnlockError::Foreign => {
            StoreError::Damaged { source: Damage::Sealed("vault key") }
        }
    }
}
