//! Presence: a key is registered, and later shows that it is there.

use std::time::Duration;

use ring::digest::{SHA256, digest};
use serde_json::Value;
use webauthn_rs::prelude::{
    PublicKeyCredential, RegisterPublicKeyCredential, SecurityKeyAuthentication, SecurityKeyRegistration,
    Url, Uuid, Webauthn, WebauthnBuilder, WebauthnError,
};

use crate::client_data::check_origin;
use crate::key::{Key, Seen};
use crate::prf;
use crate::refusal::Refusal;

/// How long a question waits for its answer.
pub const LIFETIME: Duration = Duration::from_mins(2);

/// The name of the relying party where there is no organisation's domain. Chromium and Firefox allow it to an extension
/// that may read `http://localhost`.
const LOCAL: &str = "localhost";

/// Longest domain name (RFC 1035, section 2.3.4).
const LONGEST_DOMAIN: usize = 253;

/// The origin of one of Lanyard's extensions, as browsers write it into what a key signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtensionOrigin(String);

impl ExtensionOrigin {
    /// Of the extension with this id, in Chromium and its kin.
    pub fn chromium(id: &str) -> Self {
        Self(format!("chrome-extension://{id}"))
    }

    /// Of the add-on with this id, in Firefox: not the address that its pages have in one profile, but SHA-256 of the id,
    /// its hexadecimal digits written as the letters a to p.
    pub fn firefox(add_on: &str) -> Self {
        let hash = digest(&SHA256, add_on.as_bytes());
        let nibbles = hash.as_ref().iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let letters: String = nibbles.map(|nibble| char::from(b'a' + nibble)).collect();
        Self(format!("moz-extension://{letters}"))
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A domain of the organisation that keys can be registered for: a name with a dot, in lower case, and no address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain(String);

/// This is no domain that keys can be registered for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a domain of an organisation")]
pub struct InvalidDomain;

impl Domain {
    /// Reads a domain that an administrator wrote.
    pub fn parse(text: &str) -> Result<Self, InvalidDomain> {
        let label = |label: &str| {
            let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
            (1..=63).contains(&label.len())
                && label.bytes().all(plain)
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let last = text.rsplit('.').next().unwrap_or_default();
        let named = text.contains('.') && last != LOCAL && last.bytes().any(|byte| byte.is_ascii_lowercase());
        let is_one = named && text.len() <= LONGEST_DOMAIN && text.split('.').all(label);
        if is_one { Ok(Self(text.to_owned())) } else { Err(InvalidDomain) }
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Who asks keys, and from which pages.
pub struct RelyingParty {
    id: String,
    origins: Vec<ExtensionOrigin>,
    webauthn: Webauthn,
}

/// A key is being registered. Its answer uses this up.
#[must_use = "a question without its answer is forgotten"]
pub struct Registration {
    party: RelyingParty,
    state: SecurityKeyRegistration,
    ends: Duration,
}

/// A key is being asked to show that it is there. Its answer uses this up.
#[must_use = "a question without its answer is forgotten"]
pub struct Assertion {
    party: RelyingParty,
    state: SecurityKeyAuthentication,
    ends: Duration,
}

impl RelyingParty {
    /// For presence on this laptop alone.
    pub fn local(origins: &[ExtensionOrigin]) -> Result<Self, Refusal> {
        Self::new(LOCAL, "http", origins)
    }

    /// For an organisation: its keys answer on each of its laptops.
    pub fn of(domain: &Domain, origins: &[ExtensionOrigin]) -> Result<Self, Refusal> {
        Self::new(domain.as_str(), "https", origins)
    }

    fn new(id: &str, scheme: &str, origins: &[ExtensionOrigin]) -> Result<Self, Refusal> {
        let parse =
            |origin: &str| Url::parse(origin).map_err(|_| Refusal::Setup(WebauthnError::Configuration));
        // A web page at that address would be let through by this, and is refused by `check_origin`.
        let own = parse(&format!("{scheme}://{id}"))?;
        let mut builder = WebauthnBuilder::new(id, &own).map_err(Refusal::Setup)?;
        for origin in origins {
            builder = builder.append_allowed_origin(&parse(origin.as_str())?);
        }
        let webauthn = builder.rp_name("Lanyard").timeout(LIFETIME).build().map_err(Refusal::Setup)?;
        Ok(Self { id: id.to_owned(), origins: origins.to_vec(), webauthn })
    }

    /// Begins to register a key. Returns the options for `parseCreationOptionsFromJSON`.
    ///
    /// `label` is what the key's own dialogs show. Keys that are known already are not registered again. A key for a domain
    /// is asked whether it has a secret to give; [`crate::SlotParty`] asks for it.
    pub fn begin_registration(
        self,
        label: &str,
        known: &[Key],
        now: Duration,
    ) -> Result<(String, Registration), Refusal> {
        let (mut options, registration) = self.prepare_registration(label, known, now)?;
        // Under this protection a key that has no PIN would never answer again. A key that checked one when it was
        // registered has to check it each time: the verifier sees to that.
        if let Some(extensions) = options["extensions"].as_object_mut() {
            extensions.remove("credentialProtectionPolicy");
            extensions.remove("enforceCredentialProtectionPolicy");
        }
        if registration.party.may_ask_for_secrets() {
            prf::enable(&mut options);
        }
        Ok((options.to_string(), registration))
    }

    /// Begins to ask for presence by one of these keys. Returns the options for `parseRequestOptionsFromJSON`.
    pub fn begin_assertion(self, keys: &[Key], now: Duration) -> Result<(String, Assertion), Refusal> {
        let (options, assertion) = self.prepare_assertion(keys, now)?;
        Ok((options.to_string(), assertion))
    }

    /// Whether the key was registered for this relying party.
    pub fn knows(&self, key: &Key) -> bool {
        key.rp_id() == self.id
    }

    /// For `localhost` no key is asked for a secret: there any program could ask for the same.
    fn may_ask_for_secrets(&self) -> bool {
        self.id != LOCAL
    }

    fn prepare_registration(
        self,
        label: &str,
        known: &[Key],
        now: Duration,
    ) -> Result<(Value, Registration), Refusal> {
        let known =
            known.iter().filter(|key| self.knows(key)).map(|key| key.credential_id().clone()).collect();
        // Random: a key that keeps accounts replaces one of the same name.
        let user = Uuid::new_v4();
        let begun = self.webauthn.start_securitykey_registration(user, label, label, Some(known), None, None);
        let (options, state) = begun.map_err(Refusal::Setup)?;
        let options = serde_json::to_value(options.public_key).expect("options are plain data");
        Ok((options, Registration { party: self, state, ends: now + LIFETIME }))
    }

    pub(crate) fn prepare_assertion(
        self,
        keys: &[Key],
        now: Duration,
    ) -> Result<(Value, Assertion), Refusal> {
        let known: Vec<_> =
            keys.iter().filter(|key| self.knows(key)).map(|key| key.credential().clone()).collect();
        if known.is_empty() {
            return Err(Refusal::NoKey);
        }
        let begun = self.webauthn.start_securitykey_authentication(&known);
        let (options, state) = begun.map_err(Refusal::Setup)?;
        let options = serde_json::to_value(options.public_key).expect("options are plain data");
        Ok((options, Assertion { party: self, state, ends: now + LIFETIME }))
    }
}

impl Registration {
    /// Verifies the answer: `PublicKeyCredential.toJSON()` of what `credentials.create` gave.
    pub fn finish(self, text: &str, now: Duration) -> Result<Key, Refusal> {
        if now > self.ends {
            return Err(Refusal::Expired);
        }
        let answer: RegisterPublicKeyCredential =
            serde_json::from_str(text).map_err(Refusal::not_understood)?;
        check_origin(&answer.response.client_data_json, &self.party.origins)?;
        let finished = self.party.webauthn.finish_securitykey_registration(&answer, &self.state);
        let credential = finished.map_err(Refusal::of)?;
        let has_secret = self.party.may_ask_for_secrets() && prf::is_enabled(text)?;
        let key = Key::new(self.party.id, credential);
        Ok(if has_secret { key.with_prf() } else { key })
    }
}

impl Assertion {
    /// Verifies the answer: `PublicKeyCredential.toJSON()` of what `credentials.get` gave. The key's count is taken over
    /// into `keys`, which have to be stored before anything is done for it.
    pub fn finish(self, answer: &str, keys: &mut [Key], now: Duration) -> Result<Seen, Refusal> {
        if now > self.ends {
            return Err(Refusal::Expired);
        }
        let answer: PublicKeyCredential = serde_json::from_str(answer).map_err(Refusal::not_understood)?;
        check_origin(&answer.response.client_data_json, &self.party.origins)?;
        let finished = self.party.webauthn.finish_securitykey_authentication(&answer, &self.state);
        let result = finished.map_err(Refusal::of)?;
        let is_it = |key: &Key| self.party.knows(key) && key.credential_id() == result.cred_id();
        // One that was removed while it was asked is no longer there.
        let position = keys.iter().position(is_it).ok_or(Refusal::OtherKey)?;
        keys[position].count(&result)?;
        Ok(Seen { key: position, user_verified: result.user_verified() })
    }
}
