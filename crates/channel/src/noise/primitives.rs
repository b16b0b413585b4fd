//! The primitives that snow is given: AES-256-GCM and SHA-256 of ring, and X25519 of curve25519-dalek, since a key of
//! ring's can be used only once.
//!
//! An ephemeral key comes from [`Fresh`](crate::Fresh). A Diffie-Hellman result of nothing but zeros ends the handshake
//! (RFC 7748, section 6.1), as it does in `WebCrypto`, so that both sides refuse the same keys.

use curve25519_dalek::montgomery::MontgomeryPoint;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::digest::{Context, SHA256};
use snow::Error;
use snow::params::{CipherChoice, DHChoice, HashChoice};
use snow::resolvers::CryptoResolver;
use snow::types::{Cipher, Dh, Hash, Random};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// What encryption adds.
pub(crate) const TAG: usize = 16;
/// A key, public or private.
pub(super) const KEY: usize = 32;
const HASH: usize = 32;

/// Those of one handshake.
pub(super) struct Primitives {
    pub(super) ephemeral: Zeroizing<[u8; KEY]>,
}

/// The public half of a private key.
pub(crate) fn derive_public(private: &[u8; KEY]) -> [u8; KEY] {
    MontgomeryPoint::mul_base_clamped(*private).to_bytes()
}

impl CryptoResolver for Primitives {
    fn resolve_rng(&self) -> Option<Box<dyn Random>> {
        Some(Box::new(Ephemeral(self.ephemeral.clone())))
    }

    fn resolve_dh(&self, choice: &DHChoice) -> Option<Box<dyn Dh>> {
        matches!(choice, DHChoice::Curve25519).then(|| Box::<X25519>::default() as _)
    }

    fn resolve_hash(&self, choice: &HashChoice) -> Option<Box<dyn Hash>> {
        matches!(choice, HashChoice::SHA256).then(|| Box::<Sha256>::default() as _)
    }

    fn resolve_cipher(&self, choice: &CipherChoice) -> Option<Box<dyn Cipher>> {
        matches!(choice, CipherChoice::AESGCM).then(|| Box::<AesGcm>::default() as _)
    }
}

/// snow asks for randomness once in XX: for the ephemeral key.
struct Ephemeral(Zeroizing<[u8; KEY]>);

impl Random for Ephemeral {
    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        if bytes.len() != KEY {
            return Err(Error::Rng);
        }
        bytes.copy_from_slice(&*self.0);
        Ok(())
    }
}

#[derive(Default)]
struct X25519 {
    private: Zeroizing<[u8; KEY]>,
    public: [u8; KEY],
}

impl X25519 {
    fn keep(&mut self, private: Zeroizing<[u8; KEY]>) {
        self.public = derive_public(&private);
        self.private = private;
    }
}

impl Dh for X25519 {
    fn name(&self) -> &'static str {
        "25519"
    }

    fn pub_len(&self) -> usize {
        KEY
    }

    fn priv_len(&self) -> usize {
        KEY
    }

    fn set(&mut self, private: &[u8]) {
        let mut copy = Zeroizing::new([0; KEY]);
        copy.copy_from_slice(private);
        self.keep(copy);
    }

    fn generate(&mut self, random: &mut dyn Random) -> Result<(), Error> {
        let mut private = Zeroizing::new([0; KEY]);
        random.try_fill_bytes(&mut *private)?;
        self.keep(private);
        Ok(())
    }

    fn pubkey(&self) -> &[u8] {
        &self.public
    }

    fn privkey(&self) -> &[u8] {
        &*self.private
    }

    /// snow hands over a buffer that is longer than the key.
    fn dh(&self, public: &[u8], out: &mut [u8]) -> Result<(), Error> {
        let public = *public.first_chunk().ok_or(Error::Dh)?;
        let shared = Zeroizing::new(MontgomeryPoint(public).mul_clamped(*self.private).to_bytes());
        if shared.ct_eq(&[0; KEY]).into() {
            return Err(Error::Dh);
        }
        out[..KEY].copy_from_slice(&*shared);
        Ok(())
    }
}

struct Sha256(Context);

impl Default for Sha256 {
    fn default() -> Self {
        Self(Context::new(&SHA256))
    }
}

impl Hash for Sha256 {
    fn name(&self) -> &'static str {
        "SHA256"
    }

    fn block_len(&self) -> usize {
        64
    }

    fn hash_len(&self) -> usize {
        HASH
    }

    fn reset(&mut self) {
        *self = Self::default();
    }

    fn input(&mut self, data: &[u8]) {
        self.0.update(data);
    }

    fn result(&mut self, out: &mut [u8]) {
        out[..HASH].copy_from_slice(self.0.clone().finish().as_ref());
    }
}

/// No key until snow has set one.
#[derive(Default)]
struct AesGcm(Option<LessSafeKey>);

impl AesGcm {
    fn key(&self) -> &LessSafeKey {
        self.0.as_ref().expect("snow sets a key before it uses it")
    }
}

impl Cipher for AesGcm {
    fn name(&self) -> &'static str {
        "AESGCM"
    }

    fn set(&mut self, key: &[u8; KEY]) {
        self.0 = Some(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key).expect("the key is 32 bytes")));
    }

    fn encrypt(&self, number: u64, bound: &[u8], plain: &[u8], out: &mut [u8]) -> usize {
        let (sealed, rest) = out.split_at_mut(plain.len());
        sealed.copy_from_slice(plain);
        let tag = self
            .key()
            .seal_in_place_separate_tag(nonce(number), Aad::from(bound), sealed)
            .expect("a Noise message is far smaller than AES-GCM's limit");
        rest[..TAG].copy_from_slice(tag.as_ref());
        plain.len() + TAG
    }

    /// snow gives room for the plaintext alone, ring opens where the tag is too.
    fn decrypt(&self, number: u64, bound: &[u8], sealed: &[u8], out: &mut [u8]) -> Result<usize, Error> {
        let mut opened = Zeroizing::new(sealed.to_vec());
        let plain = self
            .key()
            .open_in_place(nonce(number), Aad::from(bound), &mut opened)
            .map_err(|_| Error::Decrypt)?;
        out.get_mut(..plain.len()).ok_or(Error::Decrypt)?.copy_from_slice(plain);
        Ok(plain.len())
    }
}

/// Four bytes of zeros and the number, big-endian (Noise, section 12.4).
fn nonce(number: u64) -> Nonce {
    let mut bytes = [0; NONCE_LEN];
    bytes[4..].copy_from_slice(&number.to_be_bytes());
    Nonce::assume_unique_for_key(bytes)
}
