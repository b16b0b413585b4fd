//! Unlocking: from a slot to the vault key, and from there to the overviews, every one of them verified.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, RandomState};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use rusqlite::{Row, Transaction};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroize;

use super::records::Part;
use super::{
    DeviceSecret, ReadOnlyReason, Vault, bound_to_vault, check_of, compartment_name, device_kek,
    read_device_secret, read_wrapped, wrapping_key,
};
use crate::file::{self, Trouble};
use crate::header::{Element, Header, SetHash};
use crate::keychain::{Item, KeychainError};
use crate::seal::{Key, NotOurs};
use crate::slot::{self, SlotRow};
use crate::{Compartment, Damage, Overview, RecordId, SlotKind, StoreError, UnlockError, VaultId};

/// What exists only while the vault is unlocked.
pub(super) struct Unlocked {
    /// For slots that are added.
    pub(super) vault_key: Key,
    pub(super) header_key: Key,
    pub(super) set_key: Key,
    pub(super) organisation: Key,
    pub(super) personal: Key,
    pub(super) header: Header,
    pub(super) read_only: Option<ReadOnlyReason>,
    records: BTreeMap<RecordId, Entry>,
    /// Pairs of hashed origin and record: no origin is kept twice.
    by_origin: BTreeSet<(u64, RecordId)>,
    hasher: RandomState,
}

/// What is kept of a record in memory.
pub(super) struct Entry {
    pub(super) overview: Overview,
    pub(super) revision: u32,
    pub(super) secret_revision: u32,
}

impl Unlocked {
    pub(super) fn records(&self) -> impl Iterator<Item = (RecordId, &Overview)> {
        self.records.iter().map(|(id, entry)| (*id, &entry.overview))
    }

    pub(super) fn entry(&self, id: RecordId) -> Result<&Entry, StoreError> {
        self.records.get(&id).ok_or(StoreError::NoSuchRecord(id))
    }

    /// An older file is left as it is.
    pub(super) fn may_change(&self) -> Result<(), StoreError> {
        self.read_only.map_or(Ok(()), |reason| Err(StoreError::ReadOnly(reason)))
    }

    pub(super) fn with_origin(&self, origin: &str) -> Vec<RecordId> {
        let hash = self.hasher.hash_one(origin);
        let range = (hash, RecordId::from_bytes([0; 16]))..=(hash, RecordId::from_bytes([0xFF; 16]));
        let same =
            |id: &RecordId| self.records.get(id).is_some_and(|entry| *entry.overview.origin == *origin);
        self.by_origin.range(range).map(|(_, id)| *id).filter(same).collect()
    }

    pub(super) fn compartment_key(&self, compartment: Compartment) -> &Key {
        match compartment {
            Compartment::Organisation => &self.organisation,
            Compartment::Personal => &self.personal,
        }
    }

    pub(super) fn insert(&mut self, id: RecordId, entry: Entry) {
        self.remove(id);
        self.by_origin.insert((self.hasher.hash_one(&*entry.overview.origin), id));
        self.records.insert(id, entry);
    }

    pub(super) fn remove(&mut self, id: RecordId) {
        if let Some(old) = self.records.remove(&id) {
            self.by_origin.remove(&(self.hasher.hash_one(&*old.overview.origin), id));
        }
    }

    /// Takes over what was read. Building the maps in one go fills their nodes, which inserting in order leaves half
    /// empty.
    fn fill(&mut self, records: Vec<(RecordId, Entry)>) {
        let origin = |(id, entry): &(RecordId, Entry)| (self.hasher.hash_one(&*entry.overview.origin), *id);
        self.by_origin = records.iter().map(origin).collect();
        self.records = records.into_iter().collect();
    }

    /// The hash of the records as they were found.
    fn set(&self) -> SetHash {
        let mut set = SetHash::EMPTY;
        for (id, entry) in &self.records {
            set.add(Element::new(&self.set_key, *id, entry.revision, entry.secret_revision));
        }
        set
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.overview.zeroize();
    }
}

impl Vault {
    /// Unlocks with the device secret, where that is enough: reads the keychain, opens every overview, and verifies that
    /// they are the ones that were saved last.
    pub fn unlock(&mut self) -> Result<(), UnlockError> {
        if self.unlocked.is_some() {
            return Ok(());
        }
        let vault_key = self.vault_key_of_device(&self.slots, &self.device_secret()?)?;
        self.unlock_with_key(vault_key)
    }

    /// Whether [`Self::unlock`] would open the vault; nothing is unlocked.
    pub fn check_device(&self) -> Result<(), UnlockError> {
        self.vault_key_of_device(&self.slots, &self.device_secret()?).map(drop)
    }

    pub(super) fn unlock_with_key(&mut self, vault_key: Key) -> Result<(), UnlockError> {
        let mut unlocked = self.read_with(vault_key, &self.slots)?;
        unlocked.read_only = self.compare_with_keychain(unlocked.header.generation)?;
        self.unlocked = Some(unlocked);
        self.file.db().release_memory().ok();
        Ok(())
    }

    /// Opens every overview, and verifies that they and the slots are the ones that the header says.
    pub(super) fn read_with(&self, vault_key: Key, slots: &[SlotRow]) -> Result<Box<Unlocked>, UnlockError> {
        let slots = slot::digest(&vault_key, self.id, slots);
        let mut unlocked = self.open_header(vault_key)?;
        if unlocked.header.slots != slots {
            return Err(UnlockError::Damaged { source: Damage::Slots });
        }
        self.open_overviews(&mut unlocked)?;
        if unlocked.set() != unlocked.header.set {
            return Err(UnlockError::Damaged { source: Damage::Set });
        }
        Ok(unlocked)
    }

    /// Takes an older file for good, after the person said so: it can be changed again, and the newer state is given up.
    pub fn dangerous_accept_older(&mut self) -> Result<(), StoreError> {
        let unlocked = self.unlocked.as_mut().ok_or(StoreError::Locked)?;
        let Ok(Some(known)) = read_generation(self.keychain.as_ref(), self.id) else { return Ok(()) };
        let mut header = unlocked.header;
        header.generation = header.generation.max(known).saturating_add(1);
        self.file
            .save(|transaction| Ok(write_header(transaction, &unlocked.header_key, self.id, header)?))?;
        unlocked.header = header;
        unlocked.read_only = None;
        self.mirror(header.generation);
        Ok(())
    }

    /// Tells the keychain which state is the last. That it cannot be told fails nothing: the next unlocking repairs it.
    pub(super) fn mirror(&self, generation: u64) {
        let text = SecretString::from(BASE64_STANDARD.encode(generation.to_be_bytes()));
        self.keychain.set(&Item::generation(self.id), &text).ok();
    }

    /// The device secret, if it is this vault's.
    pub(super) fn device_secret(&self) -> Result<Key, UnlockError> {
        let trouble = |error| Trouble::from(error).at_unlock(self.file.path());
        let device =
            match read_device_secret(self.keychain.as_ref(), self.id).map_err(UnlockError::Keychain)? {
                DeviceSecret::None => return Err(UnlockError::KeyLost { path: self.file.path().into() }),
                DeviceSecret::Malformed => return Err(UnlockError::Foreign),
                DeviceSecret::Fits(key) => key,
            };
        let check: Vec<u8> = self
            .file
            .db()
            .query_one("SELECT device_check FROM vault", [], |row| row.get(0))
            .map_err(trouble)?;
        if check_of(&device, self.id)[..] == check[..] { Ok(device) } else { Err(UnlockError::Foreign) }
    }

    /// The slots as the file has them now, also within a change.
    pub(super) fn slots_in_file(&self) -> Result<Vec<SlotRow>, UnlockError> {
        file::read_slots(self.file.db()).map_err(|trouble| trouble.at_unlock(self.file.path()))
    }

    pub(super) fn vault_key_of_device(&self, slots: &[SlotRow], device: &Key) -> Result<Key, UnlockError> {
        let row = slots.iter().find(|row| row.slot.kind() == SlotKind::Device);
        let row = row.ok_or(UnlockError::NeedsPerson)?;
        let private = row.unwrap_private(self.id, &device_kek(self.id, row.slot.id, device));
        self.open_slot(row, &private.map_err(|NotOurs| damaged("vault key"))?)
    }

    fn open_header(&self, vault_key: Key) -> Result<Box<Unlocked>, UnlockError> {
        let trouble = |error| Trouble::from(error).at_unlock(self.file.path());
        let header_key = header_key(&vault_key, self.id);
        let sealed: Vec<u8> =
            self.file.db().query_one("SELECT sealed FROM header", [], |row| row.get(0)).map_err(trouble)?;
        let header = Header::open(&header_key, self.id, &sealed).map_err(|NotOurs| damaged("header"))?;
        let compartment = |compartment| {
            let what = compartment_name(compartment);
            let wrapped = read_wrapped(self.file.db(), what).map_err(trouble)?;
            wrapping_key(&vault_key, self.id, what)
                .unwrap_key(&bound_to_vault(self.id, what), &wrapped)
                .map_err(|NotOurs| damaged(what))
        };
        Ok(Box::new(Unlocked {
            header_key,
            set_key: set_key(&vault_key, self.id),
            organisation: compartment(Compartment::Organisation)?,
            personal: compartment(Compartment::Personal)?,
            vault_key,
            header,
            read_only: None,
            records: BTreeMap::new(),
            by_origin: BTreeSet::new(),
            hasher: RandomState::new(),
        }))
    }

    fn open_overviews(&self, unlocked: &mut Unlocked) -> Result<(), UnlockError> {
        let trouble = |error| Trouble::from(error).at_unlock(self.file.path());
        let mut statement = self
            .file
            .db()
            .prepare("SELECT id, compartment, revision, secret_revision, overview FROM record")
            .map_err(trouble)?;
        let mut rows = statement.query([]).map_err(trouble)?;
        let mut records = Vec::new();
        while let Some(row) = rows.next().map_err(trouble)? {
            let id = RecordId::from_bytes(row.get(0).map_err(trouble)?);
            let entry = self
                .open_entry(unlocked, id, row)
                .map_err(trouble)?
                .ok_or(UnlockError::Damaged { source: Damage::Record(id) })?;
            records.push((id, entry));
        }
        unlocked.fill(records);
        Ok(())
    }

    /// `None` if the overview does not open.
    fn open_entry(
        &self,
        unlocked: &Unlocked,
        id: RecordId,
        row: &Row<'_>,
    ) -> rusqlite::Result<Option<Entry>> {
        let compartment = match row.get_ref(1)?.as_i64()? {
            0 => Compartment::Organisation,
            1 => Compartment::Personal,
            _ => return Ok(None),
        };
        let (revision, secret_revision) = (row.get(2)?, row.get(3)?);
        let part = Part::overview(self.id, id, revision);
        let Ok(plain) = part.open(unlocked.compartment_key(compartment), row.get_ref(4)?.as_blob()?) else {
            return Ok(None);
        };
        let overview: Option<Overview> = serde_json::from_slice(&plain).ok();
        Ok(overview.filter(|overview| overview.compartment == compartment).map(|overview| Entry {
            overview,
            revision,
            secret_revision,
        }))
    }

    /// The file being ahead is what a crash between saving and mirroring leaves; it is repaired. The file being behind
    /// is an old copy.
    fn compare_with_keychain(&self, generation: u64) -> Result<Option<ReadOnlyReason>, UnlockError> {
        match read_generation(self.keychain.as_ref(), self.id).map_err(UnlockError::Keychain)? {
            Some(known) if known > generation => Ok(Some(ReadOnlyReason::OlderThanKeychain)),
            Some(known) if known == generation => Ok(None),
            Some(_) | None => {
                // A sync that failed leaves a change that can be read and that the next power cut takes back: the keychain
                // hears of nothing that was not written back first. Where it cannot be, the next unlocking repairs it.
                if self.file.save(|_| Ok(())).is_ok() {
                    self.mirror(generation);
                }
                Ok(None)
            }
        }
    }
}

pub(super) fn header_key(vault_key: &Key, id: VaultId) -> Key {
    vault_key.derive(id.as_bytes(), &[b"lanyard/1 header"])
}

pub(super) fn set_key(vault_key: &Key, id: VaultId) -> Key {
    vault_key.derive(id.as_bytes(), &[b"lanyard/1 set hash"])
}

pub(super) fn write_header(
    transaction: &Transaction<'_>,
    key: &Key,
    id: VaultId,
    header: Header,
) -> rusqlite::Result<()> {
    transaction.prepare_cached("UPDATE header SET sealed = ?1")?.execute([header.seal(key, id)])?;
    Ok(())
}

pub(super) fn read_generation(
    keychain: &dyn crate::Keychain,
    id: VaultId,
) -> Result<Option<u64>, KeychainError> {
    let Some(text) = keychain.get(&Item::generation(id))? else { return Ok(None) };
    let bytes = BASE64_STANDARD.decode(text.expose_secret()).ok();
    Ok(bytes.and_then(|bytes| bytes.try_into().ok()).map(u64::from_be_bytes))
}

fn damaged(what: &'static str) -> UnlockError {
    UnlockError::Damaged { source: Damage::Sealed(what) }
}
