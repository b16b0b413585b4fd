//! The engine: one request in, one answer out. It owns the order of every check.
//!
//! # How a secret gets out
//!
//! ```text
//! frame, app, cause ─ parsed ─> Facts ─ policy::decide ──────────┐
//! window, terminal ─ presence ─> ExposureFacts ─ decide_exposure ─┴> Allowed ─> Permit ─ Vault::expose_secret
//! ```
//!
//! A page gets the parts that it asks for, each of them once in a login ([`flow`]); a user name alone opens no secret.
//!
//! A [`lanyard_vault::Permit`] cannot be made without [`lanyard_policy::Allowed`], and the vault opens a secret for a permit
//! and for nothing else: a check that was forgotten does not compile. Each of it, and each refusal, is a line of the
//! activity log.
//!
//! What it does not do: talk to sockets, the identity provider or the screen; wait for anything.

mod activity;
mod apps;
mod capture;
mod clock;
mod credential;
mod export;
mod fill;
mod flow;
mod form;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod idle;
mod ids;
mod import;
mod keeping;
mod launch;
mod one_time_code;
mod origins;
mod pace;
mod password;
mod place;
mod problem;
mod saving;
mod slots;
mod store;
mod verification;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use lanyard_protocol::common::Problem;
use lanyard_vault::{RecordId, Vault};

pub use activity::Observer;
pub use apps::Found;
pub use capture::{LIFETIME as CAPTURE_LIFETIME, Typed};
pub use clock::{Clock, SystemClock};
pub use credential::Exposure;
pub use export::{Exportable, HandedOut};
pub use fill::Suggested;
pub use ids::make_id;
pub use lanyard_audit::{Entry, Event, Line, Log, Outcome};
pub use lanyard_policy::{Presence, Remember};
pub use launch::LIFETIME as LAUNCH_LIFETIME;
pub use one_time_code::OneTimeCodes;
pub use problem::{store_problem, unlock_problem};
pub use saving::Organisation;
pub use slots::{KeySlot, kind_view};
pub use verification::KeyRules;

use capture::Captures;
use flow::Flows;
use idle::Idle;
use launch::Launches;
use origins::OriginKey;
use pace::Paces;
use verification::Verified;

/// A browser at the other end, as its native host and its pairing describe it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Browser {
    /// Its name, e.g. "Chromium".
    pub name: String,
    /// The id of its profile.
    pub profile: String,
    /// Whether the person connected it to Lanyard.
    pub paired: bool,
}

/// The engine's state: what is open, and what is under way.
pub struct Broker {
    vault: Result<Vault, Problem>,
    log: Option<Log>,
    observer: Option<Observer>,
    clock: Box<dyn Clock>,
    account: Option<String>,
    launches: Launches,
    captures: Captures,
    flows: Flows,
    idle: Idle,
    paces: Paces,
    recent: Vec<RecordId>,
    origin_key: OriginKey,
    organisation: Option<Organisation>,
    offer_to_save: Option<bool>,
    key_rules: KeyRules,
    verified: Verified,
    /// Sites where saving is never offered; none where they cannot be read.
    never: Option<BTreeSet<String>>,
}

impl Broker {
    /// An engine without a vault: every request is answered with `problem` until [`Broker::use_vault`].
    pub fn new(clock: Box<dyn Clock>, problem: Problem) -> Self {
        Self {
            vault: Err(problem),
            log: None,
            observer: None,
            clock,
            account: None,
            launches: Launches::default(),
            captures: Captures::default(),
            flows: Flows::default(),
            idle: Idle::default(),
            paces: Paces::default(),
            recent: Vec::new(),
            origin_key: OriginKey::make(),
            organisation: None,
            offer_to_save: None,
            key_rules: KeyRules { required: false, remember: Remember::default() },
            verified: Verified::default(),
            never: Some(BTreeSet::new()),
        }
    }
}
