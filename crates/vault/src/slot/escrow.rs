//! Escrow: the vault key, sealed to a key of the organisation.
//!
//! The organisation's key has two public halves. What is sealed goes to the first (X25519); the second (Ed25519) signs the key
//! that follows, so that a laptop takes a successor without asking its person and nobody else can put a key in its place.
//! Opening takes the private half and a vault file, and makes of both an [`EscrowOpening`] with a code of its own: the file
//! goes one way, the words another.

use std::fmt;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ring::digest::{SHA256, digest};
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{Opener, RecoveryCode, envelope};
use crate::seal::{Key, NotOurs};
use crate::{OpenError, VaultId, file};

/// The public key that an organisation has its people's vault keys sealed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "UncheckedKey")]
pub struct OrganisationKey {
    pub(super) sealing: [u8; 32],
    signing: [u8; 32],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UncheckedKey {
    sealing: [u8; 32],
    signing: [u8; 32],
}

impl TryFrom<UncheckedKey> for OrganisationKey {
    type Error = KeyError;

    fn try_from(key: UncheckedKey) -> Result<Self, KeyError> {
        let UncheckedKey { sealing, signing } = key;
        if envelope::is_public_key(&sealing) { Ok(Self { sealing, signing }) } else { Err(KeyError) }
    }
}

/// The text is no key of an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no escrow key of an organisation")]
pub struct KeyError;

impl OrganisationKey {
    /// Reads the text that [`Display`](fmt::Display) writes.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let bytes = BASE64_STANDARD.decode(text.trim()).map_err(|_| KeyError)?;
        let (sealing, signing) = bytes.split_first_chunk().ok_or(KeyError)?;
        let signing = signing.try_into().map_err(|_| KeyError)?;
        Self::try_from(UncheckedKey { sealing: *sealing, signing })
    }

    /// What people compare: half of the key's SHA-256, in eight groups of four digits.
    pub fn fingerprint(&self) -> String {
        let hash = digest(&SHA256, &[self.sealing, self.signing].concat());
        let groups = hash.as_ref()[..16].chunks(2).map(|pair| format!("{:02x}{:02x}", pair[0], pair[1]));
        groups.collect::<Vec<_>>().join(" ")
    }

    /// Whether this key signed that one as the one that follows it.
    pub fn endorses(&self, successor: &Self, endorsement: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, self.signing).verify(&succession(successor), endorsement).is_ok()
    }
}

impl fmt::Display for OrganisationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&BASE64_STANDARD.encode([self.sealing, self.signing].concat()))
    }
}

/// The private half, which is with the organisation and on no laptop.
pub struct OrganisationSecret {
    sealing: Key,
    signing: Key,
}

impl OrganisationSecret {
    /// A new one.
    pub fn make_random() -> Self {
        Self { sealing: Key::make_random(), signing: Key::make_random() }
    }

    /// Reads the text of [`OrganisationSecret::expose_text`].
    pub fn parse(text: &SecretString) -> Result<Self, KeyError> {
        let mut bytes = Zeroizing::new([0; 66]);
        let text = text.expose_secret().trim();
        let length = BASE64_STANDARD.decode_slice(text, &mut *bytes).map_err(|_| KeyError)?;
        let (sealing, signing) = bytes[..length].split_at_checked(32).ok_or(KeyError)?;
        let key = |bytes| Key::from_slice(bytes).ok_or(KeyError);
        Ok(Self { sealing: key(sealing)?, signing: key(signing)? })
    }

    /// The text that its file has.
    pub fn expose_text(&self) -> SecretString {
        let both = Zeroizing::new([*self.sealing.expose_bytes(), *self.signing.expose_bytes()].concat());
        BASE64_STANDARD.encode(&*both).into()
    }

    /// The public half.
    #[expect(clippy::missing_panics_doc, reason = "the key's length is fixed")]
    pub fn public_key(&self) -> OrganisationKey {
        let signing =
            self.signing_pair().public_key().as_ref().try_into().expect("Ed25519 keys have 32 bytes");
        OrganisationKey { sealing: envelope::public_of(&self.sealing), signing }
    }

    /// Signs the key that follows.
    pub fn endorse(&self, successor: &OrganisationKey) -> Vec<u8> {
        self.signing_pair().sign(&succession(successor)).as_ref().to_vec()
    }

    fn signing_pair(&self) -> Ed25519KeyPair {
        Ed25519KeyPair::from_seed_unchecked(self.signing.expose_bytes()).expect("any 32 bytes are a seed")
    }
}

fn succession(successor: &OrganisationKey) -> Vec<u8> {
    [b"lanyard/2 escrow successor", &successor.sealing[..], &successor.signing].concat()
}

/// A vault key that the organisation opened, for the words that were made with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EscrowOpening {
    vault: String,
    wrapped: Vec<u8>,
}

impl EscrowOpening {
    fn make(vault: VaultId, vault_key: &Key) -> (Self, RecoveryCode) {
        let code = RecoveryCode::make_random();
        let wrapped = opening_key(vault, &code).wrap(&bound(vault), vault_key);
        (Self { vault: vault.to_string(), wrapped }, code)
    }

    pub(crate) fn open(&self, vault: VaultId, code: &RecoveryCode) -> Result<Key, NotOurs> {
        opening_key(vault, code).unwrap_key(&bound(vault), &self.wrapped)
    }
}

fn opening_key(vault: VaultId, code: &RecoveryCode) -> Key {
    Key::derive_from(code.expose_bits(), vault.as_bytes(), &[b"lanyard/2 escrow opening"])
}

fn bound(vault: VaultId) -> Vec<u8> {
    [&vault.as_bytes()[..], b"escrow opening"].concat()
}

/// Why the organisation cannot open a vault file.
#[derive(Debug, thiserror::Error)]
pub enum EscrowError {
    /// It cannot be read.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Its key was never sealed to an organisation.
    #[error("the vault has no escrow")]
    None,
    /// It was sealed to another key; its fingerprint.
    #[error("the vault is sealed to the escrow key {0}")]
    AnotherKey(String),
    /// It was altered.
    #[error("the escrow of the vault does not open")]
    Damaged,
}

impl EscrowError {
    /// What the person can do.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Open(error) => error.hint(),
            Self::None => "it can be opened with its recovery code only",
            Self::AnotherKey(_) => "use the private key that belongs to this fingerprint",
            Self::Damaged => "try another backup of the vault",
        }
    }
}

/// Opens a vault file for the organisation. What comes out opens with the words, on the laptop of the person.
pub fn open_escrow(
    path: &Path,
    secret: &OrganisationSecret,
) -> Result<(EscrowOpening, RecoveryCode), EscrowError> {
    let (vault, rows) = file::look(path)?;
    let public = secret.public_key();
    let mut other = None;
    for row in &rows {
        let Opener::Escrow { organisation } = &row.slot.opener else { continue };
        if *organisation == public {
            let key = row.open(vault, &secret.sealing).map_err(|NotOurs| EscrowError::Damaged)?;
            return Ok(EscrowOpening::make(vault, &key));
        }
        other = Some(organisation.fingerprint());
    }
    Err(other.map_or(EscrowError::None, EscrowError::AnotherKey))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_back_from_their_text_and_nothing_else_is() {
        let secret = OrganisationSecret::make_random();
        let public = secret.public_key();
        assert_eq!(OrganisationKey::parse(&public.to_string()), Ok(public));
        assert_eq!(
            OrganisationSecret::parse(&secret.expose_text()).map(|read| read.public_key()),
            Ok(public)
        );
        let low_order = BASE64_STANDARD.encode([0; 64]);
        for text in ["", "AAAA", &public.to_string()[4..], &format!("{public}AAAA"), &low_order] {
            assert_eq!(OrganisationKey::parse(text), Err(KeyError), "{text}");
        }
        assert!(OrganisationSecret::parse(&"AAAA".into()).is_err());
        assert!(OrganisationSecret::parse(&BASE64_STANDARD.encode([1; 66]).into()).is_err());
    }

    #[test]
    fn a_successor_is_endorsed_by_its_predecessor_only() {
        let [old, new, other] = [(); 3].map(|()| OrganisationSecret::make_random());
        let (successor, signature) = (new.public_key(), old.endorse(&new.public_key()));
        assert!(old.public_key().endorses(&successor, &signature));
        assert!(!other.public_key().endorses(&successor, &signature));
        assert!(!successor.endorses(&successor, &signature));
        assert!(!old.public_key().endorses(&other.public_key(), &signature));
        assert!(!old.public_key().endorses(&successor, &[]));
    }

    #[test]
    fn a_fingerprint_is_eight_groups_and_of_one_key() {
        let [one, other] = [(); 2].map(|()| OrganisationSecret::make_random().public_key().fingerprint());
        assert_ne!(one, other);
        let groups: Vec<_> = one.split(' ').collect();
        assert_eq!(groups.len(), 8);
        assert!(
            groups
                .iter()
                .all(|group| group.len() == 4 && group.bytes().all(|digit| digit.is_ascii_hexdigit()))
        );
    }

    #[test]
    fn an_opening_opens_for_its_words_and_its_vault_only() {
        let (vault, key) = (VaultId::make_random(), Key::make_random());
        let (opening, code) = EscrowOpening::make(vault, &key);
        let text = serde_json::to_string(&opening).unwrap();
        let read: EscrowOpening = serde_json::from_str(&text).unwrap();
        assert_eq!(read.open(vault, &code).unwrap().expose_bytes(), key.expose_bytes());
        assert!(read.open(VaultId::make_random(), &code).is_err());
        assert!(read.open(vault, &RecoveryCode::make_random()).is_err());
    }
}
