//! The secret part of a record: what is filled, and what belongs to it.
//!
//! It is sealed as a byte 1 and JSON. A record without that byte is of the first form, which knew nothing but the
//! password; no password begins with a control character.

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};
use zeroize::Zeroizing;

/// How many former passwords are kept.
pub const FORMER_KEPT: usize = 10;

const STRUCTURED: u8 = 1;

/// Room for a password and some notes, so that writing leaves no copies behind in most cases.
const USUAL: usize = 4096;

/// What a record keeps from everybody who has no permit.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secret {
    /// The password that is filled.
    #[serde(rename = "p", serialize_with = "expose")]
    pub password: SecretString,
    /// Seed for one-time codes.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none", serialize_with = "expose_some")]
    pub one_time_code: Option<SecretString>,
    /// What the person wrote down.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none", serialize_with = "expose_some")]
    pub notes: Option<SecretString>,
    /// Passwords that were in use before, newest first; at most [`FORMER_KEPT`].
    #[serde(rename = "f", default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<Former>,
}

/// A password that was in use once.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Former {
    /// The password.
    #[serde(rename = "p", serialize_with = "expose")]
    pub password: SecretString,
    /// When another took its place, in Unix milliseconds.
    #[serde(rename = "u")]
    pub until: u64,
}

/// What changes in a secret. What is not given stays as it is.
#[derive(Default)]
pub struct SecretChange {
    /// Another password; the one before is kept among the former ones.
    pub password: Option<SecretString>,
    /// Another seed for one-time codes, or none.
    pub one_time_code: Option<Option<SecretString>>,
    /// Other notes, or none.
    pub notes: Option<Option<SecretString>>,
}

impl From<SecretString> for Secret {
    fn from(password: SecretString) -> Self {
        Self { password, one_time_code: None, notes: None, former: Vec::new() }
    }
}

impl From<SecretString> for SecretChange {
    fn from(password: SecretString) -> Self {
        Self { password: Some(password), ..Self::default() }
    }
}

impl SecretChange {
    /// Whether anything changes.
    pub fn is_empty(&self) -> bool {
        self.password.is_none() && self.one_time_code.is_none() && self.notes.is_none()
    }
}

impl Secret {
    /// The secret after a change that happens `now`, in Unix milliseconds.
    pub(crate) fn changed(mut self, change: SecretChange, now: u64) -> Self {
        if let Some(password) = change.password
            && password.expose_secret() != self.password.expose_secret()
        {
            let former = std::mem::replace(&mut self.password, password);
            self.former.insert(0, Former { password: former, until: now });
            self.former.truncate(FORMER_KEPT);
        }
        if let Some(one_time_code) = change.one_time_code {
            self.one_time_code = one_time_code;
        }
        if let Some(notes) = change.notes {
            self.notes = notes;
        }
        self
    }

    pub(crate) fn encode(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(USUAL));
        bytes.push(STRUCTURED);
        serde_json::to_writer(&mut *bytes, self).expect("a secret is plain strings and numbers");
        bytes
    }

    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        match bytes.split_first() {
            Some((&STRUCTURED, json)) => serde_json::from_slice(json).ok(),
            Some(_) | None => {
                std::str::from_utf8(bytes).ok().map(|text| Self::from(SecretString::from(text)))
            }
        }
    }
}

fn expose<S: Serializer>(text: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text.expose_secret())
}

#[expect(clippy::ref_option, reason = "serde hands fields by reference")]
fn expose_some<S: Serializer>(text: &Option<SecretString>, serializer: S) -> Result<S::Ok, S::Error> {
    match text {
        Some(text) => serializer.serialize_str(text.expose_secret()),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(secret: &Secret) -> (String, Vec<(String, u64)>) {
        let former = secret.former.iter();
        (
            secret.password.expose_secret().to_owned(),
            former.map(|former| (former.password.expose_secret().to_owned(), former.until)).collect(),
        )
    }

    #[test]
    fn a_secret_is_read_as_it_was_written() {
        let secret = Secret {
            one_time_code: Some("JBSWY3DPEHPK3PXP".into()),
            notes: Some("PUK 1234".into()),
            ..Secret::from(SecretString::from("one"))
        };
        let secret = secret.changed(SecretString::from("two").into(), 7);
        let decoded = Secret::decode(&secret.encode()).expect("reads");
        assert_eq!(read(&decoded), ("two".into(), vec![("one".into(), 7)]));
        assert_eq!(decoded.one_time_code.unwrap().expose_secret(), "JBSWY3DPEHPK3PXP");
        assert_eq!(decoded.notes.unwrap().expose_secret(), "PUK 1234");
    }

    #[test]
    fn the_first_form_is_a_password_alone_whatever_it_looks_like() {
        for password in ["s3cret", "{\"p\":\"x\"}", ""] {
            assert_eq!(read(&Secret::decode(password.as_bytes()).unwrap()).0, password);
        }
    }

    #[test]
    fn nonsense_is_not_a_secret() {
        assert!(Secret::decode(b"\x01{}").is_none());
        assert!(Secret::decode(b"\x01{\"p\":\"x\",\"q\":1}").is_none());
        assert!(Secret::decode(b"\xff").is_none());
    }

    #[test]
    fn the_same_password_again_makes_no_history_and_old_ones_are_forgotten_in_the_end() {
        let mut secret = Secret::from(SecretString::from("0"));
        secret = secret.changed(SecretString::from("0").into(), 1);
        assert!(secret.former.is_empty());
        for number in 1_u64..=20 {
            secret = secret.changed(SecretString::from(number.to_string()).into(), number);
        }
        let (password, former) = read(&secret);
        assert_eq!((password.as_str(), former.len()), ("20", FORMER_KEPT));
        assert_eq!(former[0], ("19".into(), 20));
    }
}
