//! A registered key: public data, kept by the caller.

use serde::{Deserialize, Serialize};
use webauthn_rs::prelude::{AuthenticationResult, CredentialID, SecurityKey};

use crate::Refusal;

/// A registered security key. It holds no secret.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// The relying party that it was registered for; it answers for no other.
    rp_id: String,
    credential: SecurityKey,
    /// Whether it has a secret to give, so that it can open the vault.
    prf: bool,
}

/// A registered key was touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "the key's counter has moved: store the keys again"]
pub struct Seen {
    /// Which of the keys that were given.
    pub key: usize,
    /// Whether it checked a PIN or a finger.
    pub user_verified: bool,
}

impl Key {
    pub(crate) fn new(rp_id: String, credential: SecurityKey) -> Self {
        Self { rp_id, credential, prf: false }
    }

    pub(crate) fn with_prf(self) -> Self {
        Self { prf: true, ..self }
    }

    /// The relying party that it was registered for.
    pub fn rp_id(&self) -> &str {
        &self.rp_id
    }

    /// What the key knows it by.
    pub fn id(&self) -> &[u8] {
        self.credential.cred_id().as_ref()
    }

    /// Whether it can open a vault.
    pub fn has_prf(&self) -> bool {
        self.prf
    }

    pub(crate) fn credential(&self) -> &SecurityKey {
        &self.credential
    }

    pub(crate) fn credential_id(&self) -> &CredentialID {
        self.credential.cred_id()
    }

    /// Takes the key's count over. Another answer may have come in since the question was made, so the count is compared
    /// with what is kept, too.
    pub(crate) fn count(&mut self, result: &AuthenticationResult) -> Result<(), Refusal> {
        let counted = self.credential.update_credential(result).ok_or(Refusal::OtherKey)?;
        if result.counter() > 0 && !counted { Err(Refusal::MayBeCopied) } else { Ok(()) }
    }
}
