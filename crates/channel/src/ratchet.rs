//! The ratchet that tells a copy of an extension from the one that was paired.
//!
//! A key that was copied with its profile is as good as the original, so both sides keep a value that changes with
//! every channel, r' = HKDF-SHA256(r, salt: handshake hash, info: label), and prove the new one in their first transport
//! message: HMAC-SHA256(r', label of the side ‖ handshake hash). As soon as the original and the copy have both spoken,
//! one of them has a value that the companion has left.
//!
//! The two sides cannot write at the same instant, so the extension keeps two values and the companion one:
//!
//! ```text
//! companion             extension
//! r                     r, or r and r'   r' is of a channel of which nobody knows whether it came about
//!   ── proof of r'' ──>                  made from the value that the companion is at, so the extension knows which
//!                       r, r''           stored before it answers
//!   <── proof of r'' ─
//! r''                   r, r''           stored before anything is answered
//! ```
//!
//! Wherever either is cut off, the companion is at one of the extension's two values. That the companion keeps one, and
//! serves only after it is stored, is what makes a copy that spoke once and never again show.

use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::hmac;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

use crate::bytes32;

const FIRST: &[u8] = b"lanyard channel 1 first ratchet";
const NEXT: &[u8] = b"lanyard channel 1 ratchet";

/// The sides have a label each, so that neither can answer with the other's proof.
#[derive(Clone, Copy)]
pub(crate) enum Prover {
    Companion,
    Extension,
}

impl Prover {
    fn label(self) -> &'static [u8] {
        match self {
            Self::Companion => b"lanyard channel 1 proof of the companion",
            Self::Extension => b"lanyard channel 1 proof of the extension",
        }
    }
}

/// What one side keeps, beside the other's key, from one channel to the next: a secret of the companion's service
/// compartment, and of the extension's storage. It cannot be printed:
///
/// ```compile_fail,E0277
/// fn print(ratchet: &lanyard_channel::Ratchet) {
///     println!("{ratchet:?}");
/// }
/// ```
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratchet {
    current: Value,
    /// The extension's alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next: Option<Value>,
}

impl Ratchet {
    /// Begins at pairing, from what both sides gave for it and only they know.
    pub(crate) fn first(nonces: &[u8; 64], hash: &[u8; 32]) -> Self {
        Self { current: Value::derive(nonces, hash, FIRST), next: None }
    }

    /// The companion's next value in a channel; it is at exactly one.
    pub(crate) fn step(&self, hash: &[u8; 32]) -> Value {
        self.current.step(hash)
    }

    /// What the companion keeps, once the extension has proved the same.
    pub(crate) fn settled(current: Value) -> Self {
        Self { current, next: None }
    }

    /// What the extension keeps, from the companion's proof: none where neither of its values is the companion's.
    pub(crate) fn follow(&self, hash: &[u8; 32], proof: &[u8]) -> Option<(Self, Value)> {
        let mut ours = [Some(&self.current), self.next.as_ref()].into_iter().flatten();
        ours.find_map(|current| {
            let next = current.step(hash);
            let is_theirs = next.is_proved(Prover::Companion, hash, proof);
            is_theirs.then(|| (Self { current: current.clone(), next: Some(next.clone()) }, next))
        })
    }
}

/// One value of the ratchet.
#[derive(Clone)]
pub(crate) struct Value(Zeroizing<[u8; 32]>);

impl Value {
    fn step(&self, hash: &[u8; 32]) -> Self {
        Self::derive(&*self.0, hash, NEXT)
    }

    fn derive(secret: &[u8], hash: &[u8; 32], label: &[u8]) -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        Salt::new(HKDF_SHA256, hash)
            .extract(secret)
            .expand(&[label], ThirtyTwo)
            .and_then(|okm| okm.fill(&mut *bytes))
            .expect("32 bytes are within what HKDF gives");
        Self(bytes)
    }

    pub(crate) fn prove(&self, prover: Prover, hash: &[u8; 32]) -> [u8; 32] {
        let proof = hmac::sign(&self.key(), &[prover.label(), hash].concat());
        proof.as_ref().try_into().expect("HMAC-SHA256 has 32 bytes")
    }

    pub(crate) fn is_proved(&self, prover: Prover, hash: &[u8; 32], proof: &[u8]) -> bool {
        hmac::verify(&self.key(), &[prover.label(), hash].concat(), proof).is_ok()
    }

    fn key(&self) -> hmac::Key {
        hmac::Key::new(hmac::HMAC_SHA256, &*self.0)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        bytes32::serialize(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        bytes32::deserialize(deserializer).map(Self)
    }
}

struct ThirtyTwo;

impl KeyType for ThirtyTwo {
    fn len(&self) -> usize {
        32
    }
}

#[cfg(test)]
mod tests;
