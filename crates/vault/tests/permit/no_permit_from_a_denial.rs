//! A refusal is not a decision for it, and a decision that nobody looked at is none.

use lanyard_policy::{ExposureFacts, Refusal, decide_exposure};
use lanyard_vault::{Permit, RecordId};

fn from_a_refusal(record: RecordId, refusal: Refusal) -> Permit {
    Permit::new(record, refusal)
}

fn unlooked_at(record: RecordId, facts: &ExposureFacts) -> Permit {
    Permit::new(record, decide_exposure(facts))
}

fn main() {
    let _ = (from_a_refusal, unlooked_at);
}
