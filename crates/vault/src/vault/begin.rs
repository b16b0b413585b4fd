//! Making a vault: keychain first, then a complete file, then its name.

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use rusqlite::Transaction;
use secrecy::ExposeSecret;

use super::slots::{new_slot, write_slots};
use super::unlock::header_key;
use super::{
    Compartment, Vault, bound_to_vault, check_of, compartment_name, device_kek, encode_key, wrapping_key,
};
use crate::file;
use crate::header::Header;
use crate::keychain::{Item, Keychain, KeychainError};
use crate::seal::Key;
use crate::slot::{self, Opener, SlotRow};
use crate::{OpenError, UnlockError, VaultId, private};

/// Makes a vault and publishes it as `vault.db` the given way.
pub(super) fn create<T>(
    dir: &Path,
    keychain: &dyn Keychain,
    publish: impl FnOnce(&Path, &Path) -> io::Result<T>,
) -> Result<T, OpenError> {
    let path = dir.join(file::NAME);
    private::sync_dirs_above(dir).map_err(|source| OpenError::Io { path: dir.into(), source })?;
    let id = VaultId::make_random();
    let device = Key::make_random();
    keep_device_secret(keychain, id, &device).map_err(OpenError::Keychain)?;
    let new = file::write_new(dir, |db| write_keys(db, id, &device)).inspect_err(|_| {
        // A key without a vault is of no use; if it cannot be removed, it does no harm either.
        keychain.remove(&Item::device_secret(id)).ok();
    })?;
    // Where this fails, the file may have its name all the same, and then it needs its key.
    publish(&new, &path).map_err(|source| OpenError::Io { path, source })
}

/// Succeeds where nothing can be lost that is not lost already.
pub(super) fn check_that_old_is_lost(dir: &Path, keychain: &Arc<dyn Keychain>) -> Result<(), OpenError> {
    private::ensure_dir(dir)?;
    let path = dir.join(file::NAME);
    let Some(found) = file::find(&path).or_else(lost_is_none)? else { return Ok(()) };
    let Some(mut old) =
        Vault::open(path.clone(), found, Arc::clone(keychain)).map(Some).or_else(lost_is_none)?
    else {
        return Ok(());
    };
    match old.unlock() {
        Err(UnlockError::KeyLost { .. } | UnlockError::Foreign | UnlockError::Damaged { .. }) => Ok(()),
        Ok(())
        | Err(
            UnlockError::NeedsPerson
            | UnlockError::NoSuchWay(_)
            | UnlockError::Wrong(_)
            | UnlockError::Wait { .. },
        ) => Err(OpenError::Usable { path }),
        Err(UnlockError::Keychain(cause)) => Err(OpenError::Keychain(cause)),
        Err(UnlockError::Io { path, source }) => Err(OpenError::Io { path, source }),
    }
}

fn lost_is_none<T>(error: OpenError) -> Result<Option<T>, OpenError> {
    match error {
        OpenError::KeyLost { .. } | OpenError::Foreign { .. } | OpenError::Damaged { .. } => Ok(None),
        other @ (OpenError::Keychain(_)
        | OpenError::Newer { .. }
        | OpenError::Migration { .. }
        | OpenError::NotPrivate { .. }
        | OpenError::InUse { .. }
        | OpenError::Usable { .. }
        | OpenError::Io { .. }) => Err(other),
    }
}

/// Stores the device secret and reads it back: a vault whose key was not kept is lost the moment it is closed.
pub(super) fn keep_device_secret(
    keychain: &dyn Keychain,
    id: VaultId,
    device: &Key,
) -> Result<(), KeychainError> {
    let item = Item::device_secret(id);
    let text = encode_key(device);
    keychain.set(&item, &text)?;
    match keychain.get(&item)? {
        Some(kept) if kept.expose_secret() == text.expose_secret() => Ok(()),
        _ => Err(KeychainError::Failed("it did not keep what was stored in it".into())),
    }
}

fn write_keys(db: &Transaction<'_>, id: VaultId, device: &Key) -> rusqlite::Result<()> {
    let (service, vault) = (Key::make_random(), Key::make_random());
    db.execute("INSERT INTO vault VALUES (?1, ?2)", (id.as_bytes(), check_of(device, id)))?;
    let slot = new_slot(Opener::Device {}, "", SystemTime::now());
    let rows = [SlotRow::make(id, slot.clone(), &device_kek(id, slot.id, device), &vault)];
    write_slots(db, &rows)?;
    insert_wrapped(db, id, "service", &wrapping_key(device, id, "service"), &service)?;
    for compartment in [Compartment::Organisation, Compartment::Personal] {
        let what = compartment_name(compartment);
        insert_wrapped(db, id, what, &wrapping_key(&vault, id, what), &Key::make_random())?;
    }
    let header = Header::new(slot::digest(&vault, id, &rows)).seal(&header_key(&vault, id), id);
    db.execute("INSERT INTO header VALUES (?1)", [header])?;
    Ok(())
}

pub(super) fn insert_wrapped(
    transaction: &Transaction<'_>,
    id: VaultId,
    what: &str,
    wrapping: &Key,
    key: &Key,
) -> rusqlite::Result<()> {
    let wrapped = wrapping.wrap(&bound_to_vault(id, what), key);
    transaction.execute("INSERT INTO wrapped_key VALUES (?1, ?2)", (what, wrapped))?;
    Ok(())
}
