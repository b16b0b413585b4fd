//! Vaults of an older format, brought up to date when they are opened.
//!
//! A copy is made first and kept. The change is one transaction, and it is committed only after everything that it wrote
//! was read back.

use rusqlite::Transaction;

use super::rekey::not_read_back;
use super::{Vault, format_1};
use crate::{OpenError, StoreError, UnlockError};

/// Makes of one format the next.
pub(super) type Step = fn(&Vault, &Transaction<'_>) -> Result<(), StoreError>;

/// The step at place `n` makes format `n + 2` of format `n + 1`.
pub(super) const STEPS: &[Step] = &[format_1::to_format_2];

const _: () = assert!(STEPS.len() + 1 == crate::file::FORMAT as usize, "each older format has a step");

impl Vault {
    /// Brings a file of an older format up to date; where that fails, it is as it was.
    pub(super) fn migrate(&self, from: u32, steps: &[Step]) -> Result<(), OpenError> {
        let mut rest = steps.iter().skip(usize::try_from(from).unwrap_or(usize::MAX).saturating_sub(1));
        if rest.len() == 0 {
            return Ok(());
        }
        let migrated = self.back_up_format(from).and_then(|()| {
            self.file.save(|transaction| {
                rest.try_for_each(|step| step(self, transaction))?;
                let version = i64::try_from(steps.len() + 1).unwrap_or(i64::MAX);
                transaction.pragma_update(None, "user_version", version)?;
                self.read_all().map_err(not_read_back)
            })
        });
        migrated.map_err(|error| {
            if let StoreError::Keychain(cause) = error {
                return OpenError::Keychain(cause);
            }
            let path = self.file.path().into();
            OpenError::Migration { path, version: from, source: Box::new(error) }
        })
    }

    fn read_all(&self) -> Result<(), UnlockError> {
        let rows = self.slots_in_file()?;
        match self.vault_key_of_device(&rows, &self.device_secret()?) {
            // Only a person can open it, and what a step changes without that is not sealed.
            Err(UnlockError::NeedsPerson) => Ok(()),
            vault_key => self.read_with(vault_key?, &rows).map(|_| ()),
        }
    }
}
