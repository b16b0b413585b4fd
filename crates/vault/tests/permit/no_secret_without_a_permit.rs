//! The name of a record opens nothing.

use lanyard_vault::{RecordId, Vault};

fn open(vault: &Vault, id: RecordId) {
    let _ = vault.expose_secret(id);
}

fn main() {
    let _ = open;
}
