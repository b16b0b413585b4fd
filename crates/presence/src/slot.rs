//! A key that opens the vault: it gives 32 secret bytes, and only after it has checked a PIN or a finger.

use std::time::Duration;

use serde_json::json;

use crate::key::{Key, Seen};
use crate::prf::{self, PrfOutput, Salt, UnprovenPrf};
use crate::refusal::Refusal;
use crate::relying_party::{Assertion, Domain, ExtensionOrigin, RelyingParty};

/// Who asks keys for their secret: an organisation's domain, never `localhost`.
pub struct SlotParty(RelyingParty);

/// A key is being asked to open the vault.
#[must_use = "a question without its answer is forgotten"]
pub struct SlotAssertion(Assertion);

impl SlotParty {
    /// For an organisation.
    pub fn new(domain: &Domain, origins: &[ExtensionOrigin]) -> Result<Self, Refusal> {
        RelyingParty::of(domain, origins).map(Self)
    }

    /// As [`RelyingParty::begin_assertion`], by the keys that can open a vault.
    pub fn begin_assertion(
        self,
        keys: &[Key],
        salt: &Salt,
        now: Duration,
    ) -> Result<(String, SlotAssertion), Refusal> {
        let able: Vec<Key> = keys.iter().filter(|key| key.has_prf()).cloned().collect();
        let (mut options, assertion) = self.0.prepare_assertion(&able, now)?;
        options["userVerification"] = json!("required");
        prf::ask_for(&mut options, salt);
        Ok((options.to_string(), SlotAssertion(assertion)))
    }
}

impl SlotAssertion {
    /// Verifies the answer; only then the secret that came with it counts.
    pub fn finish(
        self,
        answer: &str,
        secret: UnprovenPrf,
        keys: &mut [Key],
        now: Duration,
    ) -> Result<(Seen, PrfOutput), Refusal> {
        let seen = self.0.finish(answer, keys, now)?;
        if !seen.user_verified {
            return Err(Refusal::NotVerified);
        }
        Ok((seen, secret.prove()))
    }
}
