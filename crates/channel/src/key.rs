//! Static keys: ours, which is secret, and theirs, which is pinned.

use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::{bytes32, noise};

/// The static key of one side. It has no `Debug`, and leaves only by [`StaticKey::expose_bytes`].
pub struct StaticKey {
    private: Zeroizing<[u8; 32]>,
    public: PublicKey,
}

impl StaticKey {
    /// A new key.
    ///
    /// # Panics
    ///
    /// Where the system has no random numbers.
    pub fn make_random() -> Self {
        let mut private = Zeroizing::new([0; 32]);
        SystemRandom::new().fill(&mut *private).expect("the system has random numbers");
        Self::from_bytes(private)
    }

    /// The key that was stored.
    pub fn from_bytes(private: Zeroizing<[u8; 32]>) -> Self {
        let public = PublicKey(noise::derive_public(&private));
        Self { private, public }
    }

    /// The private half, to be sealed.
    pub fn expose_bytes(&self) -> &[u8; 32] {
        &self.private
    }

    /// The half that the other side pins.
    pub fn public(&self) -> PublicKey {
        self.public
    }
}

/// The public half of a static key. Two of them are compared in constant time.
#[derive(Debug, Clone, Copy, Eq)]
pub struct PublicKey(pub(crate) [u8; 32]);

impl PublicKey {
    /// The key as it travels.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Serialize for PublicKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        bytes32::serialize(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for PublicKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        bytes32::deserialize(deserializer).map(|bytes| Self(*bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_equal_where_all_their_bytes_are() {
        let key = PublicKey([7; 32]);
        assert_eq!(key, PublicKey([7; 32]));
        for at in 0..32 {
            let mut other = key;
            other.0[at] ^= 1;
            assert_ne!(key, other, "byte {at}");
        }
    }

    #[test]
    fn a_key_is_made_anew_each_time_and_comes_back_from_its_bytes() {
        let (one, other) = (StaticKey::make_random(), StaticKey::make_random());
        assert_ne!(one.public(), other.public());
        let again = StaticKey::from_bytes(Zeroizing::new(*one.expose_bytes()));
        assert_eq!(one.public(), again.public());
    }

    #[test]
    fn a_pinned_key_is_read_as_it_was_written_and_not_at_another_length() {
        let key = PublicKey([7; 32]);
        let json = serde_json::to_string(&key).unwrap();
        assert_eq!(json, "\"BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\"");
        assert_eq!(serde_json::from_str::<PublicKey>(&json).unwrap(), key);
        assert!(serde_json::from_str::<PublicKey>("\"BwcH\"").is_err());
        assert!(serde_json::from_str::<PublicKey>("\"\"").is_err());
    }
}
