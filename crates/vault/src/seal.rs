//! Sealing: AES-256-GCM with a fresh random nonce, keys derived with HKDF-SHA256 (RFC 5869).
//!
//! What is sealed is `nonce (12) ‖ ciphertext ‖ tag (16)`. ring's key objects are not wiped when dropped, so they live
//! for one call; the bytes they are made from are wiped.

use std::fmt;

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};
use zeroize::{Zeroize, Zeroizing};

/// 32 secret bytes that seal, wrap, or are derived from.
#[derive(Clone)]
pub(crate) struct Key(Zeroizing<[u8; 32]>);

/// It was not sealed with this key and these bound words, or it was altered.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct NotOurs;

impl Key {
    pub(crate) fn make_random() -> Self {
        let mut bytes = Zeroizing::new([0; 32]);
        fill_random(&mut *bytes);
        Self(bytes)
    }

    pub(crate) fn from_slice(bytes: &[u8]) -> Option<Self> {
        let mut key = Zeroizing::new([0; 32]);
        if bytes.len() != key.len() {
            return None;
        }
        key.copy_from_slice(bytes);
        Some(Self(key))
    }

    pub(crate) fn expose_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Extract and expand. `salt` is the vault id, so that the same secret gives other keys to another vault.
    pub(crate) fn derive(&self, salt: &[u8], info: &[&[u8]]) -> Self {
        expand(&Salt::new(HKDF_SHA256, salt).extract(&*self.0), info)
    }

    /// The same for a secret that is no key of ours, whatever its length.
    pub(crate) fn derive_from(secret: &[u8], salt: &[u8], info: &[&[u8]]) -> Self {
        expand(&Salt::new(HKDF_SHA256, salt).extract(secret), info)
    }

    /// Expand only, which RFC 5869, section 3.3, allows for a key that is uniformly random, as ours are.
    pub(crate) fn expand(&self, info: &[&[u8]]) -> Self {
        expand(&Prk::new_less_safe(HKDF_SHA256, &*self.0), info)
    }

    pub(crate) fn hmac(&self, parts: &[&[u8]]) -> [u8; 32] {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &*self.0);
        let mut context = hmac::Context::with_key(&key);
        for part in parts {
            context.update(part);
        }
        let mut tag = [0; 32];
        tag.copy_from_slice(context.sign().as_ref());
        tag
    }

    /// Seals `plain`, bound to `bound`: it opens only together with the same bound bytes.
    pub(crate) fn seal(&self, bound: &[u8], plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE_LEN];
        fill_random(&mut nonce);
        // All capacity at once: a growing buffer would leave plaintext behind.
        let mut sealed = Vec::with_capacity(NONCE_LEN + plain.len() + AES_256_GCM.tag_len());
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(plain);
        let tag = self
            .aead()
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(bound),
                &mut sealed[NONCE_LEN..],
            )
            .expect("what we seal is far smaller than AES-GCM's limit");
        sealed.extend_from_slice(tag.as_ref());
        sealed
    }

    /// Opens what [`Key::seal`] made.
    pub(crate) fn open(&self, bound: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, NotOurs> {
        let (nonce, rest) = sealed.split_at_checked(NONCE_LEN).ok_or(NotOurs)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| NotOurs)?;
        let mut plain = Zeroizing::new(rest.to_vec());
        let length =
            self.aead().open_in_place(nonce, Aad::from(bound), &mut plain).map_err(|_| NotOurs)?.len();
        plain.truncate(length);
        Ok(plain)
    }

    pub(crate) fn wrap(&self, bound: &[u8], key: &Self) -> Vec<u8> {
        self.seal(bound, key.expose_bytes())
    }

    pub(crate) fn unwrap_key(&self, bound: &[u8], wrapped: &[u8]) -> Result<Self, NotOurs> {
        Self::from_slice(&self.open(bound, wrapped)?).ok_or(NotOurs)
    }

    fn aead(&self) -> LessSafeKey {
        LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &*self.0).expect("the key is 32 bytes"))
    }
}

impl Zeroize for Key {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key")
    }
}

struct ThirtyTwo;

impl KeyType for ThirtyTwo {
    fn len(&self) -> usize {
        32
    }
}

fn expand(prk: &Prk, info: &[&[u8]]) -> Key {
    let mut bytes = Zeroizing::new([0; 32]);
    prk.expand(info, ThirtyTwo)
        .and_then(|okm| okm.fill(&mut *bytes))
        .expect("32 bytes are within what HKDF gives");
    Key(bytes)
}

pub(crate) fn fill_random(bytes: &mut [u8]) {
    SystemRandom::new().fill(bytes).expect("the system has random numbers");
}

#[cfg(test)]
mod tests;
