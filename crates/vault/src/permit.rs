//! The one thing a secret is opened for.

use lanyard_policy::Allowed;

use crate::RecordId;

/// Permission to open the secret of one record, once. It cannot be made without a decision of policy, and it is used up by
/// what it permits; `tests/permit` shows each way around that which does not compile.
pub struct Permit {
    record: RecordId,
    _allowed: Allowed,
}

impl Permit {
    /// Turns a decision into a permit; the decision is used up.
    pub fn new(record: RecordId, allowed: Allowed) -> Self {
        Self { record, _allowed: allowed }
    }

    pub(crate) fn into_record(self) -> RecordId {
        self.record
    }
}
