//! Sealing and chaining of lines: AES-256-GCM with a fresh random nonce, HMAC-SHA256.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, KeyType, Salt};
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};
use zeroize::Zeroizing;

/// Joins a line to everything before it.
pub(crate) type Link = [u8; 32];

pub(crate) type LogId = [u8; 16];

/// The keys of one log; ring's own key objects are not wiped, so they are made for one call.
pub(crate) struct Keys {
    id: LogId,
    seal: Zeroizing<[u8; 32]>,
    chain: Zeroizing<[u8; 32]>,
    check: [u8; 32],
}

impl Keys {
    pub(crate) fn derive(key: &[u8; 32], id: LogId) -> Self {
        let derive = |info: &'static [u8]| {
            let mut bytes = Zeroizing::new([0; 32]);
            Salt::new(HKDF_SHA256, &id)
                .extract(key)
                .expand(&[b"lanyard/1 activity ", info], ThirtyTwo)
                .and_then(|okm| okm.fill(&mut *bytes))
                .expect("32 bytes are within what HKDF gives");
            bytes
        };
        Self { id, seal: derive(b"seal"), chain: derive(b"chain"), check: *derive(b"check") }
    }

    /// Tells another's key from a damaged file; it stands in the file as it is.
    pub(crate) fn check(&self) -> &[u8; 32] {
        &self.check
    }

    pub(crate) fn first_link(&self) -> Link {
        self.mac(&[&self.id])
    }

    pub(crate) fn next_link(&self, before: &Link, sequence: u64, sealed: &[u8]) -> Link {
        self.mac(&[before, &sequence.to_be_bytes(), sealed])
    }

    pub(crate) fn seal_line(&self, sequence: u64, plain: &[u8]) -> Vec<u8> {
        self.seal(&sequence.to_be_bytes(), plain)
    }

    pub(crate) fn open_line(&self, sequence: u64, sealed: &[u8]) -> Option<Vec<u8>> {
        self.open(&sequence.to_be_bytes(), sealed)
    }

    pub(crate) fn seal_head(&self, sequence: u64, link: &Link) -> Vec<u8> {
        self.seal(b"head", &[&sequence.to_be_bytes()[..], link].concat())
    }

    pub(crate) fn open_head(&self, sealed: &[u8]) -> Option<(u64, Link)> {
        let plain = self.open(b"head", sealed)?;
        let (sequence, link) = plain.split_first_chunk()?;
        Some((u64::from_be_bytes(*sequence), link.try_into().ok()?))
    }

    fn seal(&self, what: &[u8], plain: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE_LEN];
        fill_random(&mut nonce);
        let mut sealed = [&nonce, plain].concat();
        let tag = self
            .aead()
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from([&self.id, what].concat()),
                &mut sealed[NONCE_LEN..],
            )
            .expect("a line is far smaller than AES-GCM's limit");
        sealed.extend_from_slice(tag.as_ref());
        sealed
    }

    fn open(&self, what: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, rest) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut plain = rest.to_vec();
        let length =
            self.aead().open_in_place(nonce, Aad::from([&self.id, what].concat()), &mut plain).ok()?.len();
        plain.truncate(length);
        Some(plain)
    }

    fn aead(&self) -> LessSafeKey {
        LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &*self.seal).expect("the key is 32 bytes"))
    }

    fn mac(&self, parts: &[&[u8]]) -> Link {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &*self.chain);
        let mut context = hmac::Context::with_key(&key);
        for part in parts {
            context.update(part);
        }
        let mut link = [0; 32];
        link.copy_from_slice(context.sign().as_ref());
        link
    }
}

pub(crate) fn make_id() -> LogId {
    let mut id = [0; 16];
    fill_random(&mut id);
    id
}

struct ThirtyTwo;

impl KeyType for ThirtyTwo {
    fn len(&self) -> usize {
        32
    }
}

fn fill_random(bytes: &mut [u8]) {
    SystemRandom::new().fill(bytes).expect("the system has random numbers");
}
