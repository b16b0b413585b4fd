//! Which browsers the person has connected.

use lanyard_protocol::terminal::PairedBrowser;
use serde::{Deserialize, Serialize};

use crate::core::Core;

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
    pub(crate) fn contain(&self, extension: &str, profile: &str) -> bool {
        self.0.iter().any(|pairing| pairing.extension == extension && pairing.profile == profile)
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
    pub(crate) fn add_pairing(&self, pairing: Pairing) -> Result<(), lanyard_vault::StoreError> {
        let mut pairings = Pairings(self.pairings.borrow().0.clone());
        pairings.0.push(pairing);
        let bytes = serde_json::to_vec(&pairings).expect("pairings are plain data");
        self.broker.borrow_mut().service_put(PAIRINGS, &bytes)?;
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
