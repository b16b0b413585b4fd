//! Vaults of an older format, brought up to date when they are opened.
//!
//! A copy is made first and kept. The change is one transaction, and it is committed only after everything that it wrote
//! was read back.

use super::{Vault, format_1};
use crate::file::{self, Trouble};
use crate::{OpenError, StoreError, UnlockError};

/// Makes of one format the next.
pub(super) type Step = fn(&Vault) -> Result<(), StoreError>;

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
        let trouble = |error: StoreError| OpenError::Migration {
            path: self.path.clone(),
            version: from,
            source: Box::new(error),
        };
        self.prepare_to_save().and_then(|()| self.back_up_format(from)).map_err(trouble)?;
        self.db.execute_batch("BEGIN IMMEDIATE").map_err(|error| Trouble::from(error).at(&self.path))?;
        let migrated = rest.try_for_each(|step| step(self));
        let migrated = migrated.map_err(trouble).and_then(|()| {
            let version = steps.len() + 1;
            self.db
                .pragma_update(None, "user_version", i64::try_from(version).unwrap_or(i64::MAX))
                .map_err(|error| trouble(error.into()))?;
            self.read_all().map_err(|error| self.not_read_back(from, error))?;
            self.db.execute_batch("COMMIT").map_err(|error| trouble(error.into()))
        });
        if migrated.is_err() {
            // What cannot be rolled back is rolled back when the file is opened again.
            self.db.execute_batch("ROLLBACK").ok();
        }
        migrated
    }

    fn read_all(&self) -> Result<(), UnlockError> {
        let rows = file::read_slots(&self.db).map_err(|trouble| trouble.at_unlock(&self.path))?;
        match self.vault_key_of_device(&rows, &self.device_secret()?) {
            // Only a person can open it, and what a step changes without that is not sealed.
            Err(UnlockError::NeedsPerson) => Ok(()),
            vault_key => self.read_with(vault_key?, &rows).map(|_| ()),
        }
    }

    fn not_read_back(&self, version: u32, error: UnlockError) -> OpenError {
        match error {
            UnlockError::Keychain(cause) => OpenError::Keychain(cause),
            other @ (UnlockError::KeyLost { .. }
            | UnlockError::Foreign
            | UnlockError::NeedsPerson
            | UnlockError::NoSuchWay(_)
            | UnlockError::Wrong(_)
            | UnlockError::Wait { .. }
            | UnlockError::Damaged { .. }
            | UnlockError::Io { .. }) => {
                OpenError::Migration { path: self.path.clone(), version, source: Box::new(other) }
            }
        }
    }
}
