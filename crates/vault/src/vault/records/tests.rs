//! A sealed part opens as what it was sealed as, and as nothing else.

use proptest::prelude::*;

use super::*;

/// Everything that a part is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    vault: [u8; 16],
    record: [u8; 16],
    revision: u32,
    is_secret: bool,
    compartment: [u8; 32],
}

impl Place {
    fn part(&self) -> Part {
        let (vault, record) = (VaultId::from_bytes(self.vault), RecordId::from_bytes(self.record));
        if self.is_secret {
            Part::secret(vault, record, self.revision)
        } else {
            Part::overview(vault, record, self.revision)
        }
    }

    fn key(&self) -> Key {
        Key::from_slice(&self.compartment).expect("32 bytes")
    }

    fn seal(&self, plain: &[u8]) -> Vec<u8> {
        self.part().seal(&self.key(), plain)
    }

    fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        self.part().open(&self.key(), sealed).ok().map(|plain| plain.to_vec())
    }
}

fn places() -> impl Strategy<Value = Place> {
    any::<([u8; 16], [u8; 16], u32, bool, [u8; 32])>().prop_map(
        |(vault, record, revision, is_secret, compartment)| Place {
            vault,
            record,
            revision,
            is_secret,
            compartment,
        },
    )
}

proptest! {
    #[test]
    fn a_part_opens_in_its_own_place(place in places(), plain: Vec<u8>) {
        prop_assert_eq!(place.open(&place.seal(&plain)), Some(plain));
    }

    /// Each thing alone, however little it differs: the key, the vault, the record, the revision, which part it is.
    #[test]
    fn in_a_place_that_differs_in_one_thing_it_does_not_open(place in places(), plain: Vec<u8>, bit in 0..8_u8, at in 0..16_usize, step in 1..=u32::MAX) {
        let sealed = place.seal(&plain);
        let mut others = [place; 5];
        others[0].vault[at] ^= 1 << bit;
        others[1].record[at] ^= 1 << bit;
        others[2].revision = place.revision.wrapping_add(step);
        others[3].is_secret = !place.is_secret;
        others[4].compartment[2 * at] ^= 1 << bit;
        for other in others {
            prop_assert_ne!(other, place);
            prop_assert_eq!(other.open(&sealed), None, "{:?}", other);
        }
    }

    #[test]
    fn with_a_bit_flipped_cut_off_or_longer_it_does_not_open(place in places(), plain: Vec<u8>, at: prop::sample::Index, bit in 0..8_u8, more in 1..40_usize) {
        let sealed = place.seal(&plain);
        let at = at.index(sealed.len());
        let mut flipped = sealed.clone();
        flipped[at] ^= 1 << bit;
        prop_assert_eq!(place.open(&flipped), None);
        prop_assert_eq!(place.open(&sealed[..at]), None);
        prop_assert_eq!(place.open(&[&sealed[..], &vec![0; more]].concat()), None);
    }

    /// The bytes that a part is bound to are of one length for each kind of part: no two places have the same.
    #[test]
    fn no_two_places_are_bound_alike(one in places(), other in places()) {
        let bound = |place: &Place| (place.vault, place.record, place.revision, place.is_secret);
        prop_assert_eq!(one.part().bound == other.part().bound, bound(&one) == bound(&other));
    }
}
