//! The one way: facts, a decision, a permit, a secret.

use lanyard_policy::{ExposureFacts, Refusal, decide_exposure};
use lanyard_vault::{Permit, RecordId, Secret, StoreError, Vault};

fn open(vault: &Vault, id: RecordId, facts: &ExposureFacts) -> Result<Result<Secret, StoreError>, Refusal> {
    let permit = Permit::new(id, decide_exposure(facts)?);
    Ok(vault.expose_secret(permit))
}

fn main() {
    let _ = open;
}
