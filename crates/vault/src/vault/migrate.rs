//! Vaults of an older format, brought up to date when they are opened.
//!
//! A copy is made first and kept. The change is one transaction, and it is committed only after everything that it wrote
//! was read back.

use rusqlite::Connection;

use super::Vault;
use crate::file::Trouble;
use crate::{OpenError, StoreError, UnlockError};

/// Makes of one format the next.
pub(super) type Step = fn(&Connection) -> rusqlite::Result<()>;

/// The step at place `n` makes format `n + 2` of format `n + 1`.
pub(super) const STEPS: &[Step] = &[];

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
        let migrated = rest.try_for_each(|step| step(&self.db));
        let migrated = migrated.map_err(|error| trouble(error.into())).and_then(|()| {
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

    fn not_read_back(&self, version: u32, error: UnlockError) -> OpenError {
        match error {
            UnlockError::Keychain(cause) => OpenError::Keychain(cause),
            other @ (UnlockError::KeyLost { .. }
            | UnlockError::Foreign
            | UnlockError::Damaged { .. }
            | UnlockError::Io { .. }) => {
                OpenError::Migration { path: self.path.clone(), version, source: Box::new(other) }
            }
        }
    }
}
