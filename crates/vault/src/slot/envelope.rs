//! A key, sealed to a public key: HPKE (RFC 9180) in base mode with X25519, HKDF-SHA256 and ChaCha20-Poly1305.
//!
//! What is sealed is `encapsulated key (32) ‖ ciphertext ‖ tag (16)`.

use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::{Kem, X25519HkdfSha256};
use hpke::{Deserializable, OpModeR, OpModeS, Serializable, single_shot_open, single_shot_seal};
use zeroize::Zeroizing;

use crate::seal::{Key, NotOurs};

type Private = <X25519HkdfSha256 as Kem>::PrivateKey;
type Public = <X25519HkdfSha256 as Kem>::PublicKey;
type Encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey;

/// A private key and its public half.
pub(super) fn make_pair() -> (Key, [u8; 32]) {
    let private = Key::make_random();
    let public = public_of(&private);
    (private, public)
}

pub(super) fn public_of(private: &Key) -> [u8; 32] {
    X25519HkdfSha256::sk_to_pk(&private_key(private)).to_bytes().into()
}

/// Whether something can be sealed to it: a point of low order cannot.
pub(super) fn is_public_key(bytes: &[u8; 32]) -> bool {
    seal(bytes, &[], &Key::make_random()).is_ok()
}

pub(super) fn seal(public: &[u8; 32], info: &[u8], key: &Key) -> Result<Vec<u8>, NotOurs> {
    let public = Public::from_bytes(public).map_err(|_| NotOurs)?;
    let (encapsulated, sealed) = single_shot_seal::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &public,
        info,
        key.expose_bytes(),
        &[],
    )
    .map_err(|_| NotOurs)?;
    Ok([&encapsulated.to_bytes()[..], &sealed].concat())
}

pub(super) fn open(private: &Key, info: &[u8], sealed: &[u8]) -> Result<Key, NotOurs> {
    let (encapsulated, sealed) = sealed.split_at_checked(32).ok_or(NotOurs)?;
    let encapsulated = Encapsulated::from_bytes(encapsulated).map_err(|_| NotOurs)?;
    let plain = single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &private_key(private),
        &encapsulated,
        info,
        sealed,
        &[],
    );
    Key::from_slice(&Zeroizing::new(plain.map_err(|_| NotOurs)?)).ok_or(NotOurs)
}

fn private_key(key: &Key) -> Private {
    Private::from_bytes(key.expose_bytes()).expect("a key is 32 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_opened_by_the_private_half_and_the_same_words_only() {
        let ((private, public), key) = (make_pair(), Key::make_random());
        let sealed = seal(&public, b"slot", &key).unwrap();
        assert_eq!(open(&private, b"slot", &sealed).unwrap().expose_bytes(), key.expose_bytes());
        assert_eq!(open(&private, b"other", &sealed).err(), Some(NotOurs));
        assert_eq!(open(&make_pair().0, b"slot", &sealed).err(), Some(NotOurs));
        for place in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[place] ^= 1;
            assert_eq!(open(&private, b"slot", &altered).err(), Some(NotOurs), "{place}");
            assert_eq!(open(&private, b"slot", &sealed[..place]).err(), Some(NotOurs), "{place}");
        }
    }

    #[test]
    fn nothing_is_sealed_to_a_point_of_low_order() {
        assert!(is_public_key(&make_pair().1));
        let mut one = [0; 32];
        one[0] = 1;
        for point in [[0; 32], one] {
            assert!(!is_public_key(&point));
        }
    }

    /// RFC 9180, appendix A.2.1: what we derive and open is what the standard says.
    #[test]
    fn the_vector_of_the_standard_opens() {
        let bytes = |hex: &str| -> Vec<u8> {
            (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
        };
        let private = "8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb";
        let public = "4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a";
        let encapsulated = "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a";
        let sealed =
            "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28";
        let private = Key::from_slice(&bytes(private)).unwrap();
        assert_eq!(public_of(&private)[..], bytes(public));
        let plain = single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeR::Base,
            &private_key(&private),
            &Encapsulated::from_bytes(&bytes(encapsulated)).unwrap(),
            b"Ode on a Grecian Urn",
            &bytes(sealed),
            b"Count-0",
        );
        assert_eq!(plain.unwrap(), b"Beauty is truth, truth beauty");
    }
}
