//! The record of a permit stays the one that was decided about.

use lanyard_vault::{Permit, RecordId};

fn turn(permit: &mut Permit, record: RecordId) {
    permit.record = record;
}

fn main() {
    let _ = turn;
}
