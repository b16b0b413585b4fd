//! Whoever can name a record has no permit by that: there is nothing to implement.

use lanyard_vault::{RecordId, Vault};

struct Mine(RecordId);

impl Mine {
    fn record(&self) -> RecordId {
        self.0
    }
}

fn open(vault: &Vault, mine: Mine) {
    let _ = (mine.record(), vault.expose_secret(mine));
}

fn main() {
    let _ = open;
}
