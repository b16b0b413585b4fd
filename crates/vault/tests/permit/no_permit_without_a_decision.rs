//! A decision is part of it.

use lanyard_vault::{Permit, RecordId};

fn make(record: RecordId) -> Permit {
    Permit::new(record)
}

fn main() {
    let _ = make;
}
