//! One decision, one permit.

use lanyard_policy::Allowed;
use lanyard_vault::{Permit, RecordId};

fn two(one: RecordId, other: RecordId, allowed: Allowed) -> [Permit; 2] {
    [Permit::new(one, allowed), Permit::new(other, allowed)]
}

fn copied(record: RecordId, allowed: &Allowed) -> Permit {
    Permit::new(record, allowed.clone())
}

fn main() {
    let _ = (two, copied);
}
