//! Its fields are its own.

use lanyard_policy::Allowed;
use lanyard_vault::{Permit, RecordId};

fn make(record: RecordId, allowed: Allowed) -> Permit {
    Permit { record, _allowed: allowed }
}

fn main() {
    let _ = make;
}
