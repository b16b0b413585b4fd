//! There is none by default.

use lanyard_vault::Permit;

fn by_default() -> Permit {
    Permit::default()
}

fn main() {
    let _ = by_default;
}
