//! A permit is used up, also where it was kept.

use lanyard_vault::{Permit, Vault};

struct Kept {
    permit: Permit,
}

fn twice(vault: &Vault, permit: Permit) {
    let _ = vault.expose_secret(permit);
    let _ = vault.expose_secret(permit);
}

fn for_each(vaults: &[Vault], permit: Permit) {
    for vault in vaults {
        let _ = vault.expose_secret(permit);
    }
}

fn from_where_it_is_kept(vault: &Vault, kept: &Kept) {
    let _ = vault.expose_secret(kept.permit);
}

fn borrowed(vault: &Vault, permit: &Permit) {
    let _ = vault.expose_secret(*permit);
}

fn main() {
    let _ = (twice, for_each, from_where_it_is_kept, borrowed);
}
