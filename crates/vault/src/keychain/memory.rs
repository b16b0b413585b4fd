//! A keychain for tests: entries in memory, and every state that a real one can be in.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use secrecy::{ExposeSecret, SecretString};

use super::{Item, Keychain, KeychainError};

/// A keychain that forgets everything when it is dropped. Clones share their entries.
#[derive(Clone, Default)]
pub struct MemoryKeychain {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    entries: HashMap<Item, SecretString>,
    locked: bool,
    absent: bool,
    writes: Writes,
}

#[derive(Clone, Copy, PartialEq, Default)]
enum Writes {
    #[default]
    Kept,
    Refused,
    Dropped,
}

impl MemoryKeychain {
    /// An empty keychain, unlocked.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether every call fails with [`KeychainError::Locked`].
    pub fn set_locked(&self, locked: bool) {
        self.state().locked = locked;
    }

    /// Whether every call fails with [`KeychainError::Absent`].
    pub fn set_absent(&self, absent: bool) {
        self.state().absent = absent;
    }

    /// Whether writing fails with [`KeychainError::Failed`].
    pub fn set_refuses_writes(&self, refuses: bool) {
        self.state().writes = if refuses { Writes::Refused } else { Writes::Kept };
    }

    /// Whether writing claims to succeed and keeps nothing.
    pub fn set_drops_writes(&self, drops: bool) {
        self.state().writes = if drops { Writes::Dropped } else { Writes::Kept };
    }

    /// Loses every entry, as a login keyring that was created anew.
    pub fn forget_all(&self) {
        self.state().entries.clear();
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.state().entries.len()
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reachable(&self) -> Result<MutexGuard<'_, State>, KeychainError> {
        let state = self.state();
        if state.absent {
            return Err(KeychainError::Absent);
        }
        if state.locked {
            return Err(KeychainError::Locked);
        }
        Ok(state)
    }
}

impl Keychain for MemoryKeychain {
    fn get(&self, item: &Item) -> Result<Option<SecretString>, KeychainError> {
        Ok(self.reachable()?.entries.get(item).map(|value| SecretString::from(value.expose_secret())))
    }

    fn set(&self, item: &Item, value: &SecretString) -> Result<(), KeychainError> {
        let mut state = self.reachable()?;
        match state.writes {
            Writes::Kept => {
                state.entries.insert(item.clone(), SecretString::from(value.expose_secret()));
            }
            Writes::Refused => return Err(KeychainError::Failed("writing is refused".into())),
            Writes::Dropped => {}
        }
        Ok(())
    }

    fn remove(&self, item: &Item) -> Result<(), KeychainError> {
        self.reachable()?.entries.remove(item);
        Ok(())
    }
}
