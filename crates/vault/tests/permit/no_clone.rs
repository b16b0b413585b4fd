//! A permit cannot be cloned.

use lanyard_vault::{Permit, Vault};

fn copied(vault: &Vault, permit: &Permit) {
    let _ = vault.expose_secret(permit.clone());
}

fn main() {
    let _ = copied;
}
