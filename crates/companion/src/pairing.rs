//! Which browsers the person has connected.

use lanyard_broker::{Event, Outcome};
use lanyard_protocol::common::{Code, PairedBrowser, Problem};
use serde::{Deserialize, Serialize};

use crate::core::Core;
use crate::problem;

/// The service entry that holds the pairings.
const PAIRINGS: &str = "pairings";

/// Paired browsers, oldest first.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Pairings(Vec<Pairing>);

/// One browser profile with one extension.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pairing {
    /// Origin of the extension.
    pub(crate) extension: String,
    /// Random id of the profile.
    pub(crate) profile: String,
    /// Name of the browser.
    pub(crate) name: String,
    /// When, in Unix milliseconds.
    pub(crate) paired_at: u64,
}

impl Pairings {
    pub(crate) fn find(&self, extension: &str, profile: &str) -> Option<&Pairing> {
        self.0.iter().find(|pairing| pairing.extension == extension && pairing.profile == profile)
    }

    /// The one whose profile begins so; several or none are a problem.
    fn named(&self, profile: &str) -> Result<usize, Problem> {
        let begins = |pairing: &Pairing| !profile.is_empty() && pairing.profile.starts_with(profile);
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
    /// Reads the pairings of the vault that was opened.
    pub(crate) fn read_pairings(&self) {
        let stored = self.broker.borrow().service_get(PAIRINGS);
        let pairings = stored.ok().flatten().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        *self.pairings.borrow_mut() = pairings.unwrap_or_default();
        self.browsers.pair_known(&self.pairings.borrow());
    }

    /// Adds a pairing; it is on the disk when this returns.
    pub(crate) fn add_pairing(&self, pairing: Pairing) -> Result<(), Problem> {
        self.change_pairings(|pairings| pairings.push(pairing))
    }

    /// Gives a paired browser another name.
    pub(crate) fn rename_pairing(&self, profile: &str, name: &str) -> Result<(), Problem> {
        let name: String = name.trim().chars().filter(|letter| !letter.is_control()).take(40).collect();
        if name.is_empty() {
            return Err(problem::invalid("the browser has no name", "give it a name"));
        }
        let position = self.pairings.borrow().named(profile)?;
        self.change_pairings(|pairings| pairings[position].name = name)?;
        self.browsers.pair_known(&self.pairings.borrow());
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
        let Pairing { profile, name, .. } = self.pairings.borrow().0[position].clone();
        self.change_pairings(|pairings| drop(pairings.remove(position)))?;
        self.broker.borrow_mut().forget_browser(&profile);
        self.browsers.pair_known(&self.pairings.borrow());
        self.broker
            .borrow_mut()
            .note(Event::Revoked, Outcome::Done, |entry| entry.browser = Some(name.clone()));
        self.changed();
        Ok(name)
    }

    fn change_pairings(&self, change: impl FnOnce(&mut Vec<Pairing>)) -> Result<(), Problem> {
        let mut pairings = Pairings(self.pairings.borrow().0.clone());
        change(&mut pairings.0);
        let bytes = serde_json::to_vec(&pairings).expect("pairings are plain data");
        let stored = self.broker.borrow_mut().service_put(PAIRINGS, &bytes);
        stored.map_err(|error| lanyard_broker::store_problem(&error))?;
        *self.pairings.borrow_mut() = pairings;
        Ok(())
    }

    /// The paired browsers as lists show them.
    pub(crate) fn paired_browsers(&self) -> Vec<PairedBrowser> {
        let pairings = self.pairings.borrow();
        let shown = pairings.0.iter().map(|pairing| PairedBrowser {
            name: pairing.name.clone(),
            profile: short(&pairing.profile),
            connected: self.browsers.is_connected(&pairing.profile),
            paired_at: pairing.paired_at,
        });
        shown.collect()
    }
}

/// Enough of a profile's id to tell two apart.
pub(crate) fn short(profile: &str) -> String {
    profile.chars().take(6).collect()
}
