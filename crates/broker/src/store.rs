//! The vault and who may have it open.

use lanyard_audit::{Event, Log, Outcome};
use lanyard_protocol::common::{Problem, VaultState};
use lanyard_vault::{RecordId, SlotKind, StoreError, UnlockError, Vault};
use zeroize::Zeroizing;

use crate::{Broker, problem, saving};

/// A service entry that stands for "the person locked it": a restart does not open what a person closed.
const LOCKED_BY_PERSON: &str = "locked by person";

/// How many records are remembered in the order of their use.
pub(crate) const MOST_RECENT: usize = 200;

impl Broker {
    /// Takes a vault into use, locked, and the log that is sealed with its service key.
    pub fn use_vault(&mut self, vault: Vault, log: Option<Log>) {
        self.never = saving::read_never_sites(&vault);
        self.vault = Ok(vault);
        self.log = log;
    }

    /// Says why there is no vault.
    pub fn set_unavailable(&mut self, problem: Problem) {
        self.vault = Err(problem);
        self.log = None;
    }

    /// The vault's state. `may_begin_new` is the caller's to know.
    pub fn vault_state(&self, may_begin_new: bool) -> VaultState {
        match &self.vault {
            Ok(_) if self.is_unlocked() => VaultState::Unlocked {},
            Ok(_) => VaultState::Locked {},
            Err(problem) => VaultState::Unavailable { problem: problem.clone(), may_begin_new },
        }
    }

    /// Whether there is a vault, locked or not.
    pub fn has_vault(&self) -> bool {
        self.vault.is_ok()
    }

    /// Whether the vault is open, and its time without use not up.
    pub fn is_unlocked(&self) -> bool {
        self.vault.as_ref().is_ok_and(Vault::is_unlocked) && !self.is_idle()
    }

    /// Why nothing can be changed, in words; none where everything can.
    pub fn read_only(&self) -> Option<String> {
        self.vault.as_ref().ok()?.read_only().map(|reason| reason.to_string())
    }

    /// Sets who is signed in. Nobody means that the vault stays locked.
    pub fn set_account(&mut self, account: Option<String>) {
        self.account = account;
    }

    /// Opens the vault because the person asked for it.
    pub fn unlock(&mut self) -> Result<(), Problem> {
        self.unlock_by(Vault::unlock)
    }

    /// Whether [`Self::unlock`] would open what is closed, for whoever asks: nothing but the device is needed.
    pub fn opens_for_anybody(&self) -> bool {
        let Ok(vault) = &self.vault else { return false };
        self.account.is_some() && !self.is_unlocked() && vault.check_device().is_ok()
    }

    pub(crate) fn unlock_by(
        &mut self,
        unlock: impl FnOnce(&mut Vault) -> Result<(), UnlockError>,
    ) -> Result<(), Problem> {
        self.open(unlock)?;
        self.remember_lock(false);
        Ok(())
    }

    /// Opens the vault at start or after a sign-in, unless the person had locked it, or has to open it.
    pub fn unlock_again(&mut self) -> Result<(), Problem> {
        let vault = self.vault.as_ref().map_err(Clone::clone)?;
        let locked = vault.service_get(LOCKED_BY_PERSON).map_err(|error| problem::store_problem(&error))?;
        if locked.is_some() || !vault.has_slot(SlotKind::Device) { Ok(()) } else { self.open(Vault::unlock) }
    }

    /// Locks the vault because the person asked for it.
    pub fn lock_by_person(&mut self) {
        if self.is_unlocked() {
            self.lock("by the person");
            self.remember_lock(true);
        }
    }

    /// Locks the vault: keys, overviews and everything under way are forgotten.
    pub fn lock(&mut self, reason: &str) {
        self.launches.clear();
        self.captures.clear();
        self.flows.clear();
        self.verified.clear();
        self.recent.clear();
        let was_unlocked = self.vault.as_ref().is_ok_and(Vault::is_unlocked);
        if let Ok(vault) = &mut self.vault {
            vault.lock();
        }
        if was_unlocked {
            self.note(Event::Locked, Outcome::Done, |entry| entry.reason = Some(reason.into()));
        }
    }

    /// Forgets what is under way in a browser that was cut off.
    pub fn forget_browser(&mut self, profile: &str) {
        self.launches.forget(profile);
        self.captures.forget(profile);
        self.flows.forget(profile);
        self.paces.forget(profile);
    }

    /// Reads a sealed entry that is there while locked too.
    pub fn service_get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, StoreError> {
        match &self.vault {
            Ok(vault) => vault.service_get(name),
            Err(_) => Err(StoreError::Locked),
        }
    }

    /// Writes such an entry; it is on the disk when this returns.
    pub fn service_put(&mut self, name: &str, value: &[u8]) -> Result<(), StoreError> {
        match &mut self.vault {
            Ok(vault) => vault.service_put(name, value),
            Err(_) => Err(StoreError::Locked),
        }
    }

    /// Removes such an entry.
    pub fn service_remove(&mut self, name: &str) -> Result<(), StoreError> {
        match &mut self.vault {
            Ok(vault) => vault.service_remove(name),
            Err(_) => Err(StoreError::Locked),
        }
    }

    fn open(&mut self, unlock: impl FnOnce(&mut Vault) -> Result<(), UnlockError>) -> Result<(), Problem> {
        self.lock_if_idle();
        let vault = self.vault.as_mut().map_err(|problem| problem.clone())?;
        if self.account.is_none() {
            self.note(Event::Unlocked, Outcome::Refused, |entry| {
                entry.reason = Some("nobody signed in".into());
            });
            return Err(problem::signed_out());
        }
        if vault.is_unlocked() {
            return Ok(());
        }
        let opened = unlock(vault).map_err(|error| problem::unlock_problem(&error));
        match &opened {
            Ok(()) => {
                self.begin_idle();
                self.recent = self.recent_from_log();
                self.note(Event::Unlocked, Outcome::Done, |_| ());
            }
            Err(problem) => {
                self.note(Event::Unlocked, Outcome::Failed, |entry| {
                    entry.reason = Some(problem.message.clone());
                });
            }
        }
        opened
    }

    /// A lock that cannot be remembered still holds until the companion ends.
    fn remember_lock(&mut self, locked: bool) {
        let _ = if locked {
            self.service_put(LOCKED_BY_PERSON, b"yes")
        } else {
            self.service_remove(LOCKED_BY_PERSON)
        };
    }

    pub(crate) fn opened_vault(&self) -> Result<&Vault, Problem> {
        if self.is_idle() {
            return Err(problem::locked());
        }
        self.vault.as_ref().map_err(Clone::clone)
    }

    pub(crate) fn opened_vault_mut(&mut self) -> Result<&mut Vault, Problem> {
        if self.lock_if_idle() {
            return Err(problem::locked());
        }
        self.vault.as_mut().map_err(|problem| problem.clone())
    }

    pub(crate) fn used(&mut self, record: RecordId) {
        self.recent.retain(|other| *other != record);
        self.recent.insert(0, record);
        self.recent.truncate(MOST_RECENT);
    }
}
