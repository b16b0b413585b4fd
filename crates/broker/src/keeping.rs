//! Keeping the vault: looked through, backed up, given other keys, exchanged for a backup.

use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use lanyard_audit::{Event, Outcome};
use lanyard_protocol::common::Problem;
use lanyard_vault::{Backup, Report, StoreError, Vault, VaultId};

use crate::problem::store_problem;
use crate::{Broker, problem};

impl Broker {
    /// The name of the vault that is there, locked or not.
    pub fn vault_id(&self) -> Option<VaultId> {
        self.vault.as_ref().ok().map(Vault::id)
    }

    /// Fails where nothing can be done with the vault, and says why.
    pub fn check_unlocked(&self) -> Result<(), Problem> {
        if self.opened_vault()?.is_unlocked() { Ok(()) } else { Err(problem::locked()) }
    }

    /// Opens everything in the vault and says what there is.
    pub fn verify_vault(&self) -> Result<Report, Problem> {
        self.opened_vault()?.verify().map_err(|error| store_problem(&error))
    }

    /// Makes a backup: among the others, or as a file of its own.
    pub fn back_up(&mut self, to: Option<&Path>) -> Result<Backup, Problem> {
        let vault = self.opened_vault()?;
        let made = match to {
            Some(path) => vault.back_up_to(path),
            None => vault.back_up(),
        };
        self.note_keeping(Event::BackedUp, made.map_err(|error| store_problem(&error)))
    }

    /// Makes a backup where something was saved since the last one, and that is a day old.
    pub fn back_up_if_due(&self) -> Result<(), Problem> {
        let Ok(vault) = self.opened_vault() else { return Ok(()) };
        if !vault.is_unlocked() {
            return Ok(());
        }
        let now = UNIX_EPOCH + Duration::from_millis(self.clock.unix_ms());
        vault.back_up_if_due(now).map(drop).map_err(|error| store_problem(&error))
    }

    /// The backup with this state of the vault that is there.
    pub fn backup_of(&self, generation: u64) -> Result<Option<PathBuf>, Problem> {
        let backups =
            self.opened_vault()?.backups().map_err(|source| store_problem(&StoreError::Io { source }))?;
        Ok(backups.into_iter().find(|backup| backup.generation == generation).map(|backup| backup.path))
    }

    /// Gives the vault other keys, after a backup. That the person wants it is the caller's to know.
    pub fn rekey(&mut self) -> Result<(), Problem> {
        let vault = self.opened_vault_mut()?;
        let made = vault.back_up().and_then(|_| vault.rekey());
        self.note_keeping(Event::Rekeyed, made.map_err(|error| store_problem(&error)))
    }

    /// Gives the vault away, for another to take its place. Until then there is none.
    pub fn take_vault(&mut self) -> Option<Vault> {
        self.lock("a backup is put in the vault's place");
        std::mem::replace(&mut self.vault, Err(problem::restoring())).ok()
    }

    /// Takes the same vault into use again, as it was at another time.
    pub fn put_vault(&mut self, vault: Vault) {
        self.vault = Ok(vault);
    }

    /// Writes down that a backup was put in the vault's place, or was not.
    pub fn note_restored<T>(&mut self, restored: Result<T, Problem>) -> Result<T, Problem> {
        self.note_keeping(Event::Restored, restored)
    }

    fn note_keeping<T>(&mut self, event: Event, made: Result<T, Problem>) -> Result<T, Problem> {
        let (outcome, reason) = match &made {
            Ok(_) => (Outcome::Done, None),
            Err(problem) => (Outcome::Failed, Some(problem.message.clone())),
        };
        self.note(event, outcome, |entry| entry.reason = reason);
        made
    }
}
