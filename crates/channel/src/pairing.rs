//! Pairing: what the person compares on two screens, and why nobody in between can make it equal.
//!
//! Whoever sits between the two has a handshake with each, and two handshake hashes. He must have them give one code,
//! of 30 bits, and has 30 bits' worth of tries unless he is bound: the companion commits to Nc in message 2, the
//! extension says Ne in message 3, and only then the companion says Nc. So he has chosen everything that goes to one
//! side before he knows what the code is made from, and has one guess in a thousand million.

use std::fmt;

use ring::{digest, hmac};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::{Error, PublicKey, Ratchet, Transport};

const LABEL: &[u8] = b"lanyard channel 1 pairing code";

/// Crockford's base 32: digits and capitals without I, L, O and U, so that no letter looks like a digit or another
/// letter at a glance.
pub const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const CHARACTERS: u32 = 6;
const BITS: u32 = 5;

/// What both screens show: two groups of three characters, as in `7QK-M2D`. It is compared and never a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code(u32);

impl Code {
    pub(crate) fn derive(nonces: &[u8; 64], hash: &[u8; 32]) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, nonces);
        let tag = hmac::sign(&key, &[LABEL, hash].concat());
        let first = tag.as_ref().first_chunk().expect("HMAC-SHA256 has 32 bytes");
        Self(u32::from_be_bytes(*first) >> (u32::BITS - CHARACTERS * BITS))
    }

    fn character(self, at: u32) -> char {
        let index = self.0 >> ((CHARACTERS - 1 - at) * BITS) & 31;
        char::from(ALPHABET[index as usize])
    }

    /// A shorter code, so that a test can find one.
    #[cfg(test)]
    pub(crate) fn first_bits(self, bits: u32) -> u32 {
        self.0 >> (CHARACTERS * BITS - bits)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let group = |from: u32| (from..from + 3).map(|at| self.character(at)).collect::<String>();
        write!(f, "{}-{}", group(0), group(3))
    }
}

/// What one side keeps of the other, from the moment that the person confirmed there.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    /// Who it is.
    pub key: PublicKey,
    /// Where the ratchet between the two is.
    pub ratchet: Ratchet,
}

/// A channel that nothing is said over yet: the person compares the code on both screens.
#[must_use = "nothing is paired before the person has confirmed"]
pub struct Unconfirmed {
    code: Code,
    pin: Pin,
    transport: Transport,
}

impl Unconfirmed {
    pub(crate) fn new(
        peer: PublicKey,
        hash: &[u8; 32],
        companion: &[u8; 32],
        extension: &[u8; 32],
        transport: Transport,
    ) -> Self {
        let mut nonces = Zeroizing::new([0; 64]);
        nonces[..32].copy_from_slice(companion);
        nonces[32..].copy_from_slice(extension);
        let ratchet = Ratchet::first(&nonces, hash);
        Self { code: Code::derive(&nonces, hash), pin: Pin { key: peer, ratchet }, transport }
    }

    /// Whose pin it would be.
    pub fn key(&self) -> PublicKey {
        self.pin.key
    }

    /// What this side shows.
    pub fn code(&self) -> Code {
        self.code
    }

    /// The person confirmed on this side. The pin is stored before the channel is used.
    pub fn confirm(self) -> (Pin, Transport) {
        (self.pin, self.transport)
    }
}

/// SHA-256 of the companion's nonce.
pub(crate) fn commit(nonce: &[u8; 32]) -> [u8; 32] {
    digest::digest(&digest::SHA256, nonce).as_ref().try_into().expect("SHA-256 has 32 bytes")
}

/// Whether the companion says what it had committed to.
pub(crate) fn check_commitment(commitment: &[u8; 32], nonce: &[u8; 32]) -> Result<(), Error> {
    if commit(nonce).ct_eq(commitment).into() { Ok(()) } else { Err(Error::Commitment) }
}

#[cfg(test)]
mod tests;
