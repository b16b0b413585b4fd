//! A decision is of no record yet.

use lanyard_policy::Allowed;
use lanyard_vault::Vault;

fn open(vault: &Vault, allowed: Allowed) {
    let _ = vault.expose_secret(allowed);
}

fn main() {
    let _ = open;
}
