//! The service compartment: tokens, pairings and settings, which are needed while the vault is locked.

use rusqlite::OptionalExtension;
use zeroize::Zeroizing;

use super::Vault;
use crate::seal::{Key, NotOurs};
use crate::{Damage, StoreError};

impl Vault {
    /// The entry with this name, also while the vault is locked.
    pub fn service_get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        let sealed: Option<Vec<u8>> = self
            .file
            .db()
            .prepare_cached("SELECT sealed FROM service WHERE name = ?1")?
            .query_row([name], |row| row.get(0))
            .optional()?;
        let open = |sealed: Vec<u8>| self.entries_key().open(&self.bound_to_entry(name), &sealed);
        sealed
            .map(open)
            .transpose()
            .map_err(|NotOurs| StoreError::Damaged { source: Damage::Sealed("service entry") })
    }

    /// Stores an entry, replacing one that is there. It is on the disk when this returns.
    pub fn service_put(&mut self, name: &str, value: &[u8]) -> Result<(), StoreError> {
        let sealed = self.entries_key().seal(&self.bound_to_entry(name), value);
        let sql =
            "INSERT INTO service VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed";
        self.file.save(|transaction| {
            transaction.prepare_cached(sql)?.execute((name, sealed))?;
            Ok(())
        })
    }

    /// Removes an entry; one that is not there is no error.
    pub fn service_remove(&mut self, name: &str) -> Result<(), StoreError> {
        self.file.save(|transaction| {
            transaction.prepare_cached("DELETE FROM service WHERE name = ?1")?.execute([name])?;
            Ok(())
        })
    }

    /// A key for something else that has to work while the vault is locked, such as the activity log.
    pub fn derive_service_key(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        let info = [&b"lanyard/1 service purpose "[..], purpose.as_bytes()];
        Zeroizing::new(*self.service_key.derive(self.id.as_bytes(), &info).expose_bytes())
    }

    pub(super) fn entries_key(&self) -> Key {
        self.service_key.derive(self.id.as_bytes(), &[b"lanyard/1 service entries"])
    }

    fn bound_to_entry(&self, name: &str) -> Vec<u8> {
        super::bound_to_vault(self.id, name)
    }
}
