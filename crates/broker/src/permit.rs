//! The one thing the vault opens a secret for.

use lanyard_policy::Allowed;
use lanyard_vault::{RecordId, Warrant};

/// Permission to open the secret of one app, once, for one frame that policy has looked at.
pub(crate) struct Permit {
    record: RecordId,
    _allowed: Allowed,
}

impl Permit {
    /// Turns a decision into a permit; the decision is used up.
    pub(crate) fn new(record: RecordId, allowed: Allowed) -> Self {
        Self { record, _allowed: allowed }
    }
}

impl Warrant for Permit {
    fn record(&self) -> RecordId {
        self.record
    }
}
