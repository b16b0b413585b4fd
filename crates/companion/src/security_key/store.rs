//! The keys that were added, and what the person chose. All of it is one service entry of the vault.

use std::cell::RefCell;
use std::time::{SystemTime, UNIX_EPOCH};

use lanyard_broker::{KeyRules, make_id};
use lanyard_presence::{Key, RelyingParty};
use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::security_key::{KeyView, KeysView, Remember};
use serde::{Deserialize, Serialize};

use crate::core::Core;
use crate::security_key::task::Tasks;

/// The service entry that holds them.
const ENTRY: &str = "security keys";

/// Most keys of one person.
const MOST_KEYS: usize = 20;

/// Keys that are known and tasks that wait for one.
#[derive(Default)]
pub(crate) struct SecurityKeys {
    /// None where nobody knows, because the entry cannot be read.
    stored: RefCell<Option<Stored>>,
    pub(crate) tasks: Tasks,
}

/// The entry.
#[derive(Default, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Stored {
    /// The oldest first.
    pub(crate) keys: Vec<Known>,
    /// Whether a key has to confirm what is asked in the window.
    pub(crate) confirm: bool,
    /// How long a key or the PIN that was shown lets an app be filled.
    pub(crate) remember: Remember,
}

/// A key that was added.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Known {
    /// Names it in requests.
    pub(crate) id: String,
    /// What the person calls it.
    pub(crate) name: String,
    /// When, in Unix milliseconds.
    added_at: u64,
    pub(crate) key: Key,
}

impl Known {
    pub(crate) fn new(name: String, key: Key) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let added_at = u64::try_from(now.as_millis()).unwrap_or(u64::MAX);
        Self { id: make_id(), name, added_at, key }
    }
}

impl SecurityKeys {
    /// The keys, in their order.
    pub(crate) fn credentials(&self) -> Result<Vec<Key>, Problem> {
        let stored = self.stored.borrow();
        let stored = stored.as_ref().ok_or_else(unreadable)?;
        Ok(stored.keys.iter().map(|known| known.key.clone()).collect())
    }

    /// Whether there is a key that can be asked.
    pub(crate) fn is_any_usable(&self, party: &RelyingParty) -> bool {
        let stored = self.stored.borrow();
        stored.as_ref().is_none_or(|stored| stored.keys.iter().any(|known| party.knows(&known.key)))
    }

    /// A key as it is after it was used.
    pub(crate) fn with(&self, place: usize, key: Key) -> Known {
        let stored = self.stored.borrow();
        let known = &stored.as_ref().expect("keys were read to be asked").keys[place];
        Known { key, ..known.clone() }
    }

    /// The key with this id.
    pub(crate) fn key(&self, id: &str) -> Result<Key, Problem> {
        let stored = self.stored.borrow();
        let stored = stored.as_ref().ok_or_else(unreadable)?;
        let known = stored.keys.iter().find(|known| known.id == id).ok_or_else(no_such_key)?;
        Ok(known.key.clone())
    }

    /// The id and the name of a key, by its name or how its id begins.
    pub(crate) fn named(&self, key: &str) -> Result<(String, String), Problem> {
        let stored = self.stored.borrow();
        let stored = stored.as_ref().ok_or_else(unreadable)?;
        let is_it = |known: &&Known| !key.is_empty() && (known.name == key || known.id.starts_with(key));
        let mut found = stored.keys.iter().filter(is_it);
        match (found.next(), found.next()) {
            (Some(known), None) => Ok((known.id.clone(), known.name.clone())),
            (None, _) => Err(no_such_key()),
            (Some(_), Some(_)) => Err(Problem::new(
                Code::Invalid,
                "several security keys are called so",
                "give the first digits of its id; `lanyard keys list` shows them",
            )),
        }
    }
}

impl Core {
    /// Reads the keys of the vault that was opened. Where they cannot be read nobody knows what the person chose, and a key
    /// has to confirm everything.
    pub(crate) fn read_keys(&self) {
        let stored = match self.broker.borrow().service_get(ENTRY) {
            Ok(Some(bytes)) => serde_json::from_slice(&bytes).ok(),
            Ok(None) => Some(Stored::default()),
            Err(_) => None,
        };
        if stored.is_none() {
            self.journal.line("the security keys cannot be read");
        }
        *self.keys.stored.borrow_mut() = stored;
        self.apply_key_rules();
    }

    /// Changes what is kept; it is on the disk when this returns.
    pub(crate) fn change_keys(&self, change: impl FnOnce(&mut Stored)) -> Result<(), Problem> {
        let mut stored = self.keys.stored.borrow().clone().ok_or_else(unreadable)?;
        change(&mut stored);
        if stored.keys.len() > MOST_KEYS {
            return Err(Problem::new(
                Code::Refused,
                "there are too many security keys",
                "remove one that is not used any longer",
            ));
        }
        let bytes = serde_json::to_vec(&stored).expect("keys are plain data");
        let written = self.broker.borrow_mut().service_put(ENTRY, &bytes);
        written.map_err(|error| lanyard_broker::store_problem(&error))?;
        *self.keys.stored.borrow_mut() = Some(stored);
        self.apply_key_rules();
        self.changed();
        Ok(())
    }

    /// The keys as screens show them.
    pub(crate) fn keys_view(&self) -> Result<KeysView, Problem> {
        let party = self.relying_party()?;
        let stored = self.keys.stored.borrow();
        let stored = stored.as_ref().ok_or_else(unreadable)?;
        let organisation = self.organisation.as_ref();
        let forced = organisation.is_some_and(|organisation| organisation.key_required);
        let domain = organisation.and_then(|organisation| organisation.key_domain.as_ref());
        let slots = self.broker.borrow().key_slots();
        let view = |known: &Known| KeyView {
            key: known.id.clone(),
            name: known.name.clone(),
            added_at: known.added_at,
            usable: party.knows(&known.key),
            can_open: known.key.has_prf(),
            opens: slots.iter().any(|slot| slot.credential_id == known.key.id()),
        };
        Ok(KeysView {
            keys: stored.keys.iter().map(view).collect(),
            confirm: stored.confirm || forced,
            confirm_forced: forced,
            remember: stored.remember,
            domain: domain.map(|domain| domain.as_str().to_owned()),
            browser: self.browsers.used_last().is_some(),
        })
    }

    fn apply_key_rules(&self) {
        let forced = self.organisation.as_ref().is_some_and(|organisation| organisation.key_required);
        // Where there is none to be asked, nobody could do anything: no key could be added either.
        let any = self.relying_party().is_ok_and(|party| self.keys.is_any_usable(&party));
        let stored = self.keys.stored.borrow();
        let rules = stored.as_ref().map_or(
            KeyRules { required: true, remember: lanyard_broker::Remember::default() },
            |stored| KeyRules {
                required: any && (stored.confirm || forced),
                remember: of_wire(stored.remember),
            },
        );
        self.broker.borrow_mut().set_key_rules(rules);
    }
}

fn of_wire(remember: Remember) -> lanyard_broker::Remember {
    match remember {
        Remember::FiveMinutes => lanyard_broker::Remember::FiveMinutes,
        Remember::Hour => lanyard_broker::Remember::Hour,
        Remember::UntilLocked => lanyard_broker::Remember::UntilLocked,
    }
}

fn no_such_key() -> Problem {
    Problem::new(Code::NotFound, "there is no such security key", "`lanyard keys list` shows the keys")
}

fn unreadable() -> Problem {
    Problem::new(Code::Vault, "the list of security keys cannot be read", "update Lanyard")
}
