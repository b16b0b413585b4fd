//! Only policy makes decisions.

use lanyard_policy::Allowed;

fn decide() -> Allowed {
    Allowed(())
}

fn main() {
    let _ = decide;
}
