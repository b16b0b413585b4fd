//! Slots: ways to the vault key, each an alternative to the others.
//!
//! A slot has an X25519 key pair. The vault key is sealed to the public half; the private half is wrapped by what opens the
//! slot (a PIN, words on paper), or is with the organisation. So the vault can be given another key without anybody
//! entering a PIN: [`SlotRow::reseal`] wants public halves only. Everything that a slot says of itself is bound to both.
//!
//! The set of slots is bound by [`digest`], which stands in the sealed header: one that was put back, dropped or changed is
//! noticed as soon as the vault key is known, whichever slot it came from. A code of its own beside the header would say no
//! more, and could be rolled back alone.

mod envelope;
mod escrow;
mod pin;
mod recovery;

use serde::{Deserialize, Serialize};

pub use escrow::{EscrowError, EscrowOpening, KeyError, OrganisationKey, OrganisationSecret, open_escrow};
pub use pin::{Cost, NewPin, Pin, PinError, PinGuess, StretchedPin};
pub use recovery::{RecoveryCode, WordsError};

use crate::seal::{Key, NotOurs};
use crate::{SlotId, VaultId};

/// More than any slot of ours says of itself.
const ABOUT_LIMIT: usize = 16 * 1024;

/// What a slot says of itself; none of it is secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Its name.
    pub id: SlotId,
    /// What the person calls it; may be empty.
    pub label: String,
    /// When it was made, in milliseconds since 1970.
    pub made_at: u64,
    /// What opens it.
    pub opener: Opener,
}

/// What opens a slot, with what else that needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Opener {
    /// The device secret in the keychain: whoever can open the person's session can unlock.
    Device {},
    /// A PIN together with the device secret.
    Pin {
        /// Makes the same PIN another key elsewhere.
        salt: [u8; 16],
        /// What a guess costs.
        cost: Cost,
    },
    /// What a security key answers (WebAuthn PRF) together with the device secret.
    SecurityKey {
        /// Which credential of the key.
        credential_id: Vec<u8>,
        /// What it is asked for.
        salt: [u8; 32],
    },
    /// Words on paper, alone: they open the vault where the device secret is lost.
    RecoveryCode {},
    /// The organisation's private key.
    Escrow {
        /// Its public key.
        organisation: OrganisationKey,
    },
}

/// What opens a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SlotKind {
    /// The device secret in the keychain.
    Device,
    /// A PIN.
    Pin,
    /// A security key.
    SecurityKey,
    /// Words on paper.
    RecoveryCode,
    /// The organisation.
    Escrow,
}

impl Slot {
    /// What opens it.
    pub const fn kind(&self) -> SlotKind {
        match self.opener {
            Opener::Device {} => SlotKind::Device,
            Opener::Pin { .. } => SlotKind::Pin,
            Opener::SecurityKey { .. } => SlotKind::SecurityKey,
            Opener::RecoveryCode {} => SlotKind::RecoveryCode,
            Opener::Escrow { .. } => SlotKind::Escrow,
        }
    }
}

impl SlotKind {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Device => "device secret",
            Self::Pin => "PIN",
            Self::SecurityKey => "security key",
            Self::RecoveryCode => "recovery code",
            Self::Escrow => "escrow",
        }
    }

    /// Whether the device secret has a part in it, so that it is lost together with that.
    pub const fn needs_device_secret(self) -> bool {
        match self {
            Self::Device | Self::Pin | Self::SecurityKey => true,
            Self::RecoveryCode | Self::Escrow => false,
        }
    }
}

/// A slot as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SlotRow {
    pub(crate) slot: Slot,
    pub(crate) public_key: [u8; 32],
    /// `None` where the private key is with somebody else.
    pub(crate) wrapped_private: Option<Vec<u8>>,
    /// The vault key.
    pub(crate) sealed: Vec<u8>,
}

/// The columns of a row that are no key.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    label: String,
    made_at: u64,
    opener: Opener,
}

impl SlotRow {
    /// A slot that `kek` opens.
    pub(crate) fn make(vault: VaultId, slot: Slot, kek: &Key, vault_key: &Key) -> Self {
        let (private, public_key) = envelope::make_pair();
        let mut row = Self { slot, public_key, wrapped_private: None, sealed: Vec::new() };
        row.wrapped_private = Some(kek.wrap(&row.bound(vault), &private));
        row.reseal(vault, vault_key).expect("a public key that was just made is one");
        row
    }

    /// A slot that the private key of the organisation opens.
    pub(crate) fn make_escrow(vault: VaultId, slot: Slot, key: &OrganisationKey, vault_key: &Key) -> Self {
        let mut row = Self { slot, public_key: key.sealing, wrapped_private: None, sealed: Vec::new() };
        row.reseal(vault, vault_key).expect("an organisation's key was looked at when it was read");
        row
    }

    /// Seals another vault key. Fails where the public key is none.
    pub(crate) fn reseal(&mut self, vault: VaultId, vault_key: &Key) -> Result<(), NotOurs> {
        self.sealed = envelope::seal(&self.public_key, &self.bound(vault), vault_key)?;
        Ok(())
    }

    /// The private key, for what opens the slot. A wrong PIN and an altered row look the same.
    pub(crate) fn unwrap_private(&self, vault: VaultId, kek: &Key) -> Result<Key, NotOurs> {
        kek.unwrap_key(&self.bound(vault), self.wrapped_private.as_deref().ok_or(NotOurs)?)
    }

    pub(crate) fn open(&self, vault: VaultId, private: &Key) -> Result<Key, NotOurs> {
        envelope::open(private, &self.bound(vault), &self.sealed)
    }

    /// What the slot says of itself, as it is stored.
    pub(crate) fn about(&self) -> Vec<u8> {
        let Slot { label, made_at, opener, .. } = self.slot.clone();
        serde_json::to_vec(&About { label, made_at, opener }).expect("plain strings and numbers")
    }

    /// Reads what is stored. `None` if it is nothing of ours.
    pub(crate) fn parse(
        id: SlotId,
        about: &[u8],
        public_key: [u8; 32],
        wrapped_private: Option<Vec<u8>>,
        sealed: Vec<u8>,
    ) -> Option<Self> {
        if about.len() > ABOUT_LIMIT {
            return None;
        }
        let About { label, made_at, opener } = serde_json::from_slice(about).ok()?;
        Some(Self { slot: Slot { id, label, made_at, opener }, public_key, wrapped_private, sealed })
    }

    /// Written anew from what was understood, so that nothing is bound that was not.
    fn bound(&self, vault: VaultId) -> Vec<u8> {
        let id = self.slot.id;
        [b"lanyard/2 slot", &vault.as_bytes()[..], id.as_bytes(), &self.public_key, &self.about()].concat()
    }
}

/// The key that wraps a slot's private key. `secrets` are all that it takes to open it, each of a fixed length.
pub(crate) fn kek(vault: VaultId, id: SlotId, kind: SlotKind, secrets: &[&[u8]]) -> Key {
    let secret = zeroize::Zeroizing::new(secrets.concat());
    Key::derive_from(&secret, vault.as_bytes(), &[b"lanyard/2 slot ", id.as_bytes(), kind.name().as_bytes()])
}

/// The keyed hash of all slots, in the order of their ids.
pub(crate) fn digest(vault_key: &Key, vault: VaultId, rows: &[SlotRow]) -> [u8; 32] {
    let key = vault_key.derive(vault.as_bytes(), &[b"lanyard/2 slots"]);
    let mut rows: Vec<_> = rows.iter().collect();
    rows.sort_by_key(|row| row.slot.id);
    let mut all = Vec::new();
    for row in rows {
        let wrapped = row.wrapped_private.as_deref().unwrap_or_default();
        for part in [&row.bound(vault)[..], wrapped, &row.sealed] {
            all.extend_from_slice(&(part.len() as u64).to_be_bytes());
            all.extend_from_slice(part);
        }
    }
    key.hmac(&[&all])
}

#[cfg(test)]
mod tests;
