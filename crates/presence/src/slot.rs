//! A key that opens the vault: it gives 32 secret bytes, and only after it has checked a PIN or a finger.

use std::time::Duration;

use serde_json::json;

use crate::key::{Key, Seen};
use crate::prf::{self, PrfOutput, Salt, UnprovenPrf};
use crate::refusal::Refusal;
use crate::relying_party::{Assertion, Domain, ExtensionOrigin, Registration, RelyingParty};

/// Who asks keys for their secret: an organisation's domain, never `localhost`.
pub struct SlotParty(RelyingParty);

/// A key that is to open the vault is being registered.
#[must_use = "a question without its answer is forgotten"]
pub struct SlotRegistration(Registration);

/// A key is being asked to open the vault.
#[must_use = "a question without its answer is forgotten"]
pub struct SlotAssertion(Assertion);

impl SlotParty {
    /// For an organisation.
    pub fn new(domain: &Domain, origins: &[ExtensionOrigin]) -> Result<Self, Refusal> {
        RelyingParty::of(domain, origins).map(Self)
    }

    /// As [`RelyingParty::begin_registration`]. The secret itself comes with an assertion: not every key gives it sooner.
    pub fn begin_registration(
        self,
        label: &str,
        known: &[Key],
        salt: &Salt,
        now: Duration,
    ) -> Result<(String, SlotRegistration), Refusal> {
        let (mut options, registration) = self.0.prepare_registration(label, known, now)?;
        options["authenticatorSelection"]["userVerification"] = json!("required");
        prf::ask_for(&mut options, salt);
        Ok((options.to_string(), SlotRegistration(registration)))
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

impl SlotRegistration {
    /// Verifies the answer. A key that has no secret to give, or did not check who uses it, is refused.
    pub fn finish(self, answer: &str, now: Duration) -> Result<Key, Refusal> {
        let enabled = prf::is_enabled(answer)?;
        let key = self.0.finish(answer, now)?;
        if !key.is_user_verified() {
            return Err(Refusal::NotVerified);
        }
        if enabled { Ok(key.with_prf()) } else { Err(Refusal::NoPrf) }
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
