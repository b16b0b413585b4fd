//! Which browsers the person has connected.

use std::rc::Rc;
use std::time::{SystemTime, UNIX_EPOCH};

use lanyard_broker::{Event, Outcome};
use lanyard_channel::{Pin, PublicKey, StaticKey};
use lanyard_protocol::common::{Code, PairedBrowser, PairingCaution, Problem, VaultState};
use lanyard_protocol::framing::encode_body;
use lanyard_protocol::window::Page;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::core::Core;
use crate::problem;

/// The service entry that holds the pairings.
const PAIRINGS: &str = "pairings";

/// The service entry that holds the companion's key of all channels.
const KEY: &str = "channel key";

/// Paired browsers, oldest first.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Pairings(Vec<Pairing>);

/// One browser profile with one extension.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pairing {
    /// Origin of the extension.
    pub(crate) extension: String,
    /// Its key, and where the ratchet is.
    pub(crate) pin: Pin,
    /// Name of the browser.
    pub(crate) name: String,
    /// When, in Unix milliseconds.
    pub(crate) paired_at: u64,
    /// What is to be known of it besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) caution: Option<PairingCaution>,
}

impl Pairing {
    /// One that begins now.
    pub(crate) fn new(extension: String, pin: Pin, name: String, caution: Option<PairingCaution>) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let paired_at = u64::try_from(now).unwrap_or(u64::MAX);
        Self { extension, pin, name, paired_at, caution }
    }

    /// The id of the browser's profile.
    pub(crate) fn profile(&self) -> String {
        profile_of(self.pin.key)
    }

    fn is_usable(&self) -> bool {
        self.caution != Some(PairingCaution::Copied)
    }
}

impl Pairings {
    #[cfg(test)]
    pub(crate) fn of(pairing: Pairing) -> Self {
        Self(vec![pairing])
    }

    /// The one with this key.
    pub(crate) fn of_key(&self, key: PublicKey) -> Option<&Pairing> {
        self.0.iter().find(|pairing| pairing.pin.key == key)
    }

    /// The one with this profile, where it gets anything.
    pub(crate) fn of_profile(&self, profile: &str) -> Option<&Pairing> {
        self.0.iter().find(|pairing| pairing.is_usable() && pairing.profile() == profile)
    }

    /// The one whose profile begins so; several or none are a problem.
    fn named(&self, profile: &str) -> Result<usize, Problem> {
        let begins = |pairing: &Pairing| !profile.is_empty() && pairing.profile().starts_with(profile);
        let mut found = self.0.iter().enumerate().filter(|(_, pairing)| begins(pairing));
        match (found.next(), found.next()) {
            (Some((position, _)), None) => Ok(position),
            (None, _) => Err(Problem::new(
                Code::NotFound,
                "no connected browser has this profile",
                "`lanyard browsers list` shows the profiles",
            )),
            (Some(_), Some(_)) => Err(Problem::new(
                Code::Invalid,
                "several browsers have a profile that begins so",
                "give more digits of the profile",
            )),
        }
    }
}

impl Core {
    /// Reads the pairings of the vault that was opened, and the key that browsers know us by.
    pub(crate) fn read_pairings(&self) -> Result<(), Problem> {
        let read = |name| self.broker.borrow().service_get(name);
        let pairings = read(PAIRINGS).map_err(|error| lanyard_broker::store_problem(&error))?;
        // A list of an older form has no keys: its browsers have to be connected again.
        let pairings = pairings.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        *self.pairings.borrow_mut() = pairings;
        let key = read(KEY).map_err(|error| lanyard_broker::store_problem(&error))?;
        let key = match key.and_then(|bytes| <[u8; 32]>::try_from(bytes.as_slice()).ok()) {
            Some(bytes) => StaticKey::from_bytes(Zeroizing::new(bytes)),
            None => self.make_channel_key()?,
        };
        *self.channel_key.borrow_mut() = Some(Rc::new(key));
        self.browsers.follow(&self.pairings.borrow());
        Ok(())
    }

    fn make_channel_key(&self) -> Result<StaticKey, Problem> {
        let key = StaticKey::make_random();
        let stored = self.broker.borrow_mut().service_put(KEY, key.expose_bytes());
        stored.map(|()| key).map_err(|error| lanyard_broker::store_problem(&error))
    }

    /// The key that browsers know us by; it is in the vault, and readable while that is locked.
    pub(crate) fn channel_key(&self) -> Result<Rc<StaticKey>, Problem> {
        let has_vault = self.broker.borrow().has_vault();
        self.channel_key.borrow().clone().filter(|_| has_vault).ok_or_else(|| match self.vault_state() {
            VaultState::Unavailable { problem, .. } => problem,
            VaultState::Locked {} | VaultState::Unlocked {} => {
                Problem::new(Code::Busy, "Lanyard is starting", "try again in a moment")
            }
        })
    }

    /// Adds a pairing, in place of an earlier one with its key; it is on the disk when this returns.
    pub(crate) fn add_pairing(&self, pairing: Pairing) -> Result<(), Problem> {
        let (name, caution) = (pairing.name.clone(), pairing.caution);
        self.change_pairings(|pairings| {
            pairings.retain(|other| other.pin.key != pairing.pin.key);
            pairings.push(pairing);
        })?;
        self.broker.borrow_mut().note(Event::Paired, Outcome::Done, |entry| {
            entry.browser = Some(name);
            entry.reason = caution.map(|_| "without a code, as the organisation allows".to_owned());
        });
        Ok(())
    }

    /// Keeps where the ratchet of a paired browser is; it is on the disk when this returns.
    pub(crate) fn move_pin(&self, pin: &Pin) -> Result<(), Problem> {
        self.change_pairings(|pairings| {
            for pairing in pairings.iter_mut().filter(|pairing| pairing.pin.key == pin.key) {
                pairing.pin = pin.clone();
            }
        })
    }

    /// Forgets a browser whose person did not confirm it.
    pub(crate) fn forget_pairing(&self, key: PublicKey) {
        if let Err(problem) = self.change_pairings(|pairings| pairings.retain(|one| one.pin.key != key)) {
            self.journal.error("a browser that was not confirmed is still listed", &problem);
        }
        self.changed();
    }

    /// Two had the key of one browser: neither gets anything any longer, and the person is told.
    pub(crate) fn cut_copied(self: &Rc<Self>, key: PublicKey) {
        let Some(name) = self.pairings.borrow().of_key(key).map(|pairing| pairing.name.clone()) else {
            return;
        };
        let cut = self.change_pairings(|pairings| {
            for pairing in pairings.iter_mut().filter(|pairing| pairing.pin.key == key) {
                pairing.caution = Some(PairingCaution::Copied);
            }
        });
        if let Err(problem) = cut {
            self.journal.error("a copied browser is still listed as it was", &problem);
        }
        self.broker.borrow_mut().note(Event::CopyFound, Outcome::Refused, |entry| entry.browser = Some(name));
        self.changed();
        // Where there is no window, the list and the log say it.
        let _ = self.show_window(Page::Browsers);
    }

    /// Gives a paired browser another name.
    pub(crate) fn rename_pairing(&self, profile: &str, name: &str) -> Result<(), Problem> {
        let name: String = name.trim().chars().filter(|letter| !letter.is_control()).take(40).collect();
        if name.is_empty() {
            return Err(problem::invalid("the browser has no name", "give it a name"));
        }
        let position = self.pairings.borrow().named(profile)?;
        self.change_pairings(|pairings| pairings[position].name = name)?;
        self.changed();
        Ok(())
    }

    /// The paired browser whose profile begins so.
    pub(crate) fn paired_browser(&self, profile: &str) -> Result<PairedBrowser, Problem> {
        let position = self.pairings.borrow().named(profile)?;
        Ok(self.paired_browsers().swap_remove(position))
    }

    /// Cuts a browser off at once. Returns its name.
    pub(crate) fn revoke(&self, profile: &str) -> Result<String, Problem> {
        let position = self.pairings.borrow().named(profile)?;
        let Pairing { pin, name, .. } = self.pairings.borrow().0[position].clone();
        self.change_pairings(|pairings| drop(pairings.remove(position)))?;
        self.broker.borrow_mut().forget_browser(&profile_of(pin.key));
        self.broker
            .borrow_mut()
            .note(Event::Revoked, Outcome::Done, |entry| entry.browser = Some(name.clone()));
        self.changed();
        Ok(name)
    }

    fn change_pairings(&self, change: impl FnOnce(&mut Vec<Pairing>)) -> Result<(), Problem> {
        let mut pairings = Pairings(self.pairings.borrow().0.clone());
        change(&mut pairings.0);
        let bytes = encode_body(&pairings);
        let stored = self.broker.borrow_mut().service_put(PAIRINGS, &bytes);
        stored.map_err(|error| lanyard_broker::store_problem(&error))?;
        *self.pairings.borrow_mut() = pairings;
        self.browsers.follow(&self.pairings.borrow());
        Ok(())
    }

    /// The paired browsers as lists show them.
    pub(crate) fn paired_browsers(&self) -> Vec<PairedBrowser> {
        let pairings = self.pairings.borrow();
        let shown = pairings.0.iter().map(|pairing| PairedBrowser {
            name: pairing.name.clone(),
            profile: short(&pairing.profile()),
            connected: self.browsers.is_connected(&pairing.profile()),
            paired_at: pairing.paired_at,
            caution: pairing.caution,
        });
        shown.collect()
    }
}

/// The id of a browser's profile: 16 bytes of its key, in hexadecimal.
pub(crate) fn profile_of(key: PublicKey) -> String {
    let (id, _) = key.as_bytes().split_first_chunk().expect("a key has 32 bytes");
    format!("{:032x}", u128::from_be_bytes(*id))
}

/// Enough of a profile's id to tell two apart.
pub(crate) fn short(profile: &str) -> String {
    profile.chars().take(6).collect()
}
