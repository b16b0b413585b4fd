//! What opens secrets inside the vault is its own.

use lanyard_vault::{RecordId, Vault};

fn open(vault: &Vault, id: RecordId) {
    let _ = vault.open_secret(id);
}

fn main() {
    let _ = open;
}
