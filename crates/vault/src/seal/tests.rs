use proptest::prelude::*;

use super::*;

fn key(bytes: [u8; 32]) -> Key {
    Key::from_slice(&bytes).expect("32 bytes")
}

proptest! {
    #[test]
    fn what_was_sealed_opens(bytes: [u8; 32], bound: Vec<u8>, plain: Vec<u8>) {
        let sealed = key(bytes).seal(&bound, &plain);
        prop_assert_eq!(sealed.len(), plain.len() + 12 + 16);
        prop_assert_eq!(&*key(bytes).open(&bound, &sealed).expect("opens"), &plain);
    }

    #[test]
    fn one_changed_bit_is_refused(bytes: [u8; 32], plain: Vec<u8>, place: prop::sample::Index, bit in 0..8_u8) {
        let mut sealed = key(bytes).seal(b"bound", &plain);
        let place = place.index(sealed.len());
        sealed[place] ^= 1 << bit;
        prop_assert_eq!(key(bytes).open(b"bound", &sealed), Err(NotOurs));
    }

    #[test]
    fn what_is_cut_off_or_longer_is_refused(bytes: [u8; 32], plain: Vec<u8>, place: prop::sample::Index, more in 1..40_usize) {
        let sealed = key(bytes).seal(b"bound", &plain);
        let cut = &sealed[..place.index(sealed.len())];
        prop_assert_eq!(key(bytes).open(b"bound", cut), Err(NotOurs));
        prop_assert_eq!(key(bytes).open(b"bound", &sealed[1..]), Err(NotOurs));
        prop_assert_eq!(key(bytes).open(b"bound", &[&sealed[..], &vec![0; more]].concat()), Err(NotOurs));
    }

    #[test]
    fn other_bound_bytes_are_refused(bytes: [u8; 32], bound: Vec<u8>, other: Vec<u8>) {
        prop_assume!(bound != other);
        let sealed = key(bytes).seal(&bound, b"plain");
        prop_assert_eq!(key(bytes).open(&other, &sealed), Err(NotOurs));
    }

    #[test]
    fn another_key_is_refused(bytes: [u8; 32], other: [u8; 32]) {
        prop_assume!(bytes != other);
        let sealed = key(bytes).seal(b"bound", b"plain");
        prop_assert_eq!(key(other).open(b"bound", &sealed), Err(NotOurs));
    }

    #[test]
    fn anything_can_be_handed_to_open(bytes: [u8; 32], garbage: Vec<u8>) {
        prop_assert_eq!(key(bytes).open(b"bound", &garbage), Err(NotOurs));
    }
}

#[test]
fn sealing_twice_gives_different_bytes() {
    let key = Key::make_random();
    assert_ne!(key.seal(b"", b"plain"), key.seal(b"", b"plain"));
}

#[test]
fn a_wrapped_key_opens_as_itself_and_nothing_shorter_does() {
    let (outer, inner) = (Key::make_random(), Key::make_random());
    let wrapped = outer.wrap(b"what", &inner);
    let opened = outer.unwrap_key(b"what", &wrapped).expect("opens");
    assert_eq!(opened.expose_bytes(), inner.expose_bytes());
    let shorter = outer.seal(b"what", &inner.expose_bytes()[..31]);
    assert_eq!(outer.unwrap_key(b"what", &shorter).err(), Some(NotOurs));
}

#[test]
fn derived_keys_differ_by_salt_and_by_info() {
    let key = Key::make_random();
    let derived = key.derive(b"salt", &[b"info"]);
    assert_eq!(derived.expose_bytes(), key.derive(b"salt", &[b"info"]).expose_bytes());
    assert_ne!(derived.expose_bytes(), key.derive(b"other", &[b"info"]).expose_bytes());
    assert_ne!(derived.expose_bytes(), key.derive(b"salt", &[b"other"]).expose_bytes());
}

/// RFC 5869, appendix A.1, shortened to the 32 bytes that we use.
#[test]
fn derivation_is_hkdf_sha256() {
    let prk = Salt::new(HKDF_SHA256, &(0..=0x0C).collect::<Vec<u8>>()).extract(&[0x0B; 22]);
    let okm = expand(&prk, &[&(0xF0..=0xF9).collect::<Vec<u8>>()]);
    let hex = okm.expose_bytes().map(|byte| format!("{byte:02x}")).concat();
    assert_eq!(hex, "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf");
}

#[test]
fn debug_of_a_key_shows_no_byte() {
    assert_eq!(format!("{:?}", Key::make_random()), "Key");
}
