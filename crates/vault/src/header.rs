//! The sealed header: which state of the vault this is, a keyed hash of the set of records in it, and one of its slots.

use zeroize::Zeroizing;

use crate::seal::{Key, NotOurs};
use crate::{RecordId, VaultId};

/// What the header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    /// Grows by one with every change.
    pub(crate) generation: u64,
    pub(crate) set: SetHash,
    /// The keyed hash of the slots, see [`crate::slot::digest`].
    pub(crate) slots: [u8; 32],
}

impl Header {
    /// A vault without records.
    pub(crate) const fn new(slots: [u8; 32]) -> Self {
        Self { generation: 1, set: SetHash::EMPTY, slots }
    }

    pub(crate) fn seal(&self, key: &Key, vault: VaultId) -> Vec<u8> {
        let mut plain = Zeroizing::new([0; 72]);
        plain[..8].copy_from_slice(&self.generation.to_be_bytes());
        for (bytes, limb) in plain[8..40].chunks_exact_mut(8).zip(self.set.0) {
            bytes.copy_from_slice(&limb.to_be_bytes());
        }
        plain[40..].copy_from_slice(&self.slots);
        key.seal(&bound(vault), &*plain)
    }

    pub(crate) fn open(key: &Key, vault: VaultId, sealed: &[u8]) -> Result<Self, NotOurs> {
        let plain = key.open(&bound(vault), sealed)?;
        let (rest, slots) = plain.split_last_chunk().ok_or(NotOurs)?;
        Self::decode(rest, *slots)
    }

    /// Opens the header of format 1, which says nothing of slots.
    pub(crate) fn open_format_1(
        key: &Key,
        vault: VaultId,
        sealed: &[u8],
        slots: [u8; 32],
    ) -> Result<Self, NotOurs> {
        Self::decode(&key.open(&bound(vault), sealed)?, slots)
    }

    fn decode(plain: &[u8], slots: [u8; 32]) -> Result<Self, NotOurs> {
        let (numbers, rest) = plain.as_chunks::<8>();
        let [generation, limbs @ ..] = numbers else { return Err(NotOurs) };
        let limbs: [[u8; 8]; 4] = limbs.try_into().map_err(|_| NotOurs)?;
        if !rest.is_empty() {
            return Err(NotOurs);
        }
        let set = SetHash(limbs.map(u64::from_be_bytes));
        Ok(Self { generation: u64::from_be_bytes(*generation), set, slots })
    }
}

/// The sum, modulo 2^256, of one HMAC for each record: it can be brought up to date without reading the others, and
/// without the key nobody finds another set with the same sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SetHash([u64; 4]);

impl SetHash {
    pub(crate) const EMPTY: Self = Self([0; 4]);

    pub(crate) fn add(&mut self, element: Element) {
        let mut carry = false;
        for (sum, limb) in self.0.iter_mut().zip(element.0) {
            let (partial, first) = sum.overflowing_add(limb);
            let (total, second) = partial.overflowing_add(u64::from(carry));
            *sum = total;
            carry = first || second;
        }
    }

    pub(crate) fn remove(&mut self, element: Element) {
        let mut borrow = false;
        for (sum, limb) in self.0.iter_mut().zip(element.0) {
            let (partial, first) = sum.overflowing_sub(limb);
            let (total, second) = partial.overflowing_sub(u64::from(borrow));
            *sum = total;
            borrow = first || second;
        }
    }
}

/// What one record adds to the set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Element([u64; 4]);

impl Element {
    pub(crate) fn new(set_key: &Key, record: RecordId, revision: u32, secret_revision: u32) -> Self {
        let tag = set_key.hmac(&[record.as_bytes(), &revision.to_be_bytes(), &secret_revision.to_be_bytes()]);
        let mut limbs = [0; 4];
        for (limb, bytes) in limbs.iter_mut().zip(tag.as_chunks::<8>().0) {
            *limb = u64::from_be_bytes(*bytes);
        }
        Self(limbs)
    }
}

fn bound(vault: VaultId) -> Vec<u8> {
    [&vault.as_bytes()[..], b"header"].concat()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hash(elements: impl IntoIterator<Item = [u64; 4]>) -> SetHash {
        let mut set = SetHash::EMPTY;
        elements.into_iter().for_each(|element| set.add(Element(element)));
        set
    }

    proptest! {
        #[test]
        fn the_order_of_records_does_not_matter(mut elements: Vec<[u64; 4]>) {
            let before = hash(elements.clone());
            elements.reverse();
            prop_assert_eq!(before, hash(elements));
        }

        #[test]
        fn removing_undoes_adding(elements: Vec<[u64; 4]>, one: [u64; 4]) {
            let before = hash(elements);
            let mut after = before;
            after.add(Element(one));
            prop_assert_eq!(after == before, one == [0; 4]);
            after.remove(Element(one));
            prop_assert_eq!(after, before);
        }
    }

    #[test]
    fn a_carry_goes_through_all_limbs() {
        let mut set = hash([[u64::MAX; 4], [1, 0, 0, 0]]);
        assert_eq!(set, hash([]));
        set.remove(Element([1, 0, 0, 0]));
        assert_eq!(set, hash([[u64::MAX; 4]]));
    }

    #[test]
    fn a_header_opens_for_its_vault_only() {
        let (key, vault) = (Key::make_random(), VaultId::make_random());
        let header = Header { generation: 7, set: hash([[1, 2, 3, 4]]), slots: [9; 32] };
        let sealed = header.seal(&key, vault);
        assert_eq!(Header::open(&key, vault, &sealed), Ok(header));
        assert_eq!(Header::open(&key, VaultId::make_random(), &sealed), Err(NotOurs));
        assert_eq!(Header::open(&Key::make_random(), vault, &sealed), Err(NotOurs));
    }

    #[test]
    fn a_header_of_another_length_is_refused() {
        let (key, vault) = (Key::make_random(), VaultId::make_random());
        for length in [0, 8, 40, 71, 73, 80] {
            let sealed = key.seal(&bound(vault), &vec![0; length]);
            assert_eq!(Header::open(&key, vault, &sealed), Err(NotOurs), "{length}");
        }
    }
}
