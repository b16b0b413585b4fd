//! Who has to show a security key or their PIN, and for what one was shown. Whether it was the right one is not the broker's
//! to know.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use lanyard_catalog::App;
use lanyard_policy::{Presence, Remember, Verification, decide_presence};
use lanyard_protocol::common::Problem;
use lanyard_vault::{Overview, RecordId};

use crate::problem::{self, store_problem};
use crate::{Broker, Browser};

/// What security keys are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyRules {
    /// Whether a key has to confirm what a person wants of a secret.
    pub required: bool,
    /// How long a key or the PIN that was shown lets an app be filled.
    pub remember: Remember,
}

/// For which apps a key or the PIN was shown. It is in memory only, and forgotten when the vault is locked.
#[derive(Default)]
pub(crate) struct Verified {
    /// Those that the person is being asked for.
    asked: BTreeSet<RecordId>,
    /// When it was, since the machine started.
    at: BTreeMap<RecordId, Duration>,
}

impl Verified {
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }
}

impl Broker {
    /// Sets what keys are asked for. Until then it is nothing: without a vault there are no keys.
    pub fn set_key_rules(&mut self, rules: KeyRules) {
        self.key_rules = rules;
    }

    /// Whether a key has to confirm what a person wants of a secret.
    pub fn is_key_required(&self) -> bool {
        self.key_rules.required
    }

    /// Refuses what there is not presence enough for.
    pub fn check_presence(&self, presence: Presence) -> Result<(), Problem> {
        decide_presence(presence, self.key_rules.required).map_err(problem::refused)
    }

    /// The person is to show a key or their PIN so that an app is filled. Returns the app's name.
    pub fn begin_verification(
        &mut self,
        browser: &Browser,
        app: &str,
    ) -> Result<(RecordId, String), Problem> {
        let vault = self.ready_for(browser)?;
        let record = app.parse().map_err(|_| problem::no_such_app())?;
        let name = vault.overview(record).map_err(|error| store_problem(&error))?.title.to_string();
        self.verified.asked.insert(record);
        Ok((record, name))
    }

    /// A key or the PIN was shown for an app. It counts where the vault was not locked since it was asked for.
    pub fn end_verification(&mut self, record: RecordId, used: bool) {
        let now = self.clock.since_boot();
        if self.verified.asked.remove(&record) && used {
            self.verified.at.insert(record, now);
        }
    }

    /// What an app wants before it is filled.
    pub(crate) fn verification(&self, record: RecordId, wanted: bool) -> Verification {
        if !wanted {
            return Verification::NotWanted;
        }
        let at = self.verified.at.get(&record);
        let ago = at.map(|at| self.clock.since_boot().saturating_sub(*at));
        Verification::Wanted { ago, remember: self.key_rules.remember }
    }
}

/// Whether an account wants a key or the PIN: because the person says so, or the organisation.
pub(crate) fn is_wanted(overview: &Overview, definition: Option<&App>) -> bool {
    overview.verify || definition.is_some_and(|app| app.verify)
}
