//! Putting a backup in the vault's place.
//!
//! The backup is copied aside and everything in it is opened before anything else changes. What it replaces is kept under
//! the name that is returned.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;

use super::recover::{RecoveryKey, keep_if_new};
use super::unlock::{read_generation, write_header};
use super::{DeviceSecret, Report, Vault, check_of, read_device_secret, read_wrapped};
use crate::file::{self, Found};
use crate::keychain::Keychain;
use crate::seal::Key;
use crate::{OpenError, RecoverError, RestoreError, SlotKind, StoreError, UnlockError, VaultId, private};

const FOLDER: &str = "restoring";

/// A backup that can take the vault's place: all of it opens.
pub struct Restorable {
    dir: PathBuf,
    /// The copy, in a folder of its own.
    copy: Vault,
    report: Report,
    /// Where its own was lost.
    new_device: Option<NewDevice>,
}

/// The device secret that opens the copy; the keychain has it when the copy is put in its place.
struct NewDevice {
    secret: Key,
    lost: Vec<SlotKind>,
}

impl Restorable {
    /// Reads a backup for the vault in `dir`. One of another vault than `expected` is refused. With a `key`, the device secret
    /// of the backup is not needed. A PIN opens no backup: guesses at it could not be counted there.
    pub fn read(
        dir: &Path,
        backup: &Path,
        keychain: Arc<dyn Keychain>,
        expected: Option<VaultId>,
        key: Option<&RecoveryKey>,
    ) -> Result<Self, RestoreError> {
        let io = |source| RestoreError::Io { path: dir.into(), source };
        private::ensure_dir(dir).map_err(|error| sort_opening(error, backup))?;
        let folder = dir.join(FOLDER);
        remove_folder(&folder).map_err(io)?;
        private::make_dir(&folder).map_err(io)?;
        let read = copy_aside(dir, backup, &folder)
            .and_then(|()| read_copy(dir, backup, &folder, keychain, expected, key));
        if read.is_err() {
            remove_folder(&folder).ok();
        }
        read
    }

    /// Whose backup it is.
    pub fn vault_id(&self) -> VaultId {
        self.copy.id
    }

    /// Which state of its vault it has.
    pub fn generation(&self) -> u64 {
        self.report.generation
    }

    /// How many records it has.
    pub fn records(&self) -> u32 {
        self.report.organisation + self.report.personal
    }

    /// Whether the keychain knows of a later state, which would be given up.
    pub fn is_older(&self) -> bool {
        matches!(self.report.known, Ok(Some(known)) if known > self.report.generation)
    }

    /// What opened the backup and will not open the vault, since the device secret that it needs is lost.
    pub fn lost(&self) -> &[SlotKind] {
        self.new_device.as_ref().map_or(&[], |new| &new.lost)
    }

    /// Leaves the vault as it is.
    pub fn give_up(self) {
        let Self { dir, copy, .. } = self;
        drop(copy);
        // What is left is removed by the next one.
        remove_folder(&dir.join(FOLDER)).ok();
    }

    /// Takes the place of the vault, which is closed. Its service entries are taken over where it is the same vault: a
    /// browser that was cut off stays cut off. Returns where the vault that was there is kept, if there was one.
    pub fn put_in_place(self, current: Option<Vault>) -> Result<Option<PathBuf>, RestoreError> {
        let Self { dir, copy, report, new_device } = self;
        let path = dir.join(file::NAME);
        let io = |source| RestoreError::Io { path: path.clone(), source };
        let store = |error: StoreError| sort_storing(error, &path);
        if let Some(new) = &new_device {
            keep_if_new(copy.keychain.as_ref(), copy.id, &new.secret).map_err(RestoreError::Keychain)?;
        }
        if let Some(current) = current.as_ref().filter(|current| current.id == copy.id) {
            copy.take_service_entries(current.file.db()).map_err(store)?;
        }
        copy.count_on_from(report.known.ok().flatten()).map_err(store)?;
        let new = copy.file.close().map_err(store)?;
        fs::File::open(&new).and_then(|file| file.sync_all()).map_err(io)?;
        drop(current);
        let _lock = private::lock_dir(&dir).map_err(|error| sort_opening(error, &path))?;
        let kept = if path.exists() {
            Some(file::publish_beside(&new, &path).map_err(io)?)
        } else {
            file::publish(&new, &path).map_err(io)?;
            None
        };
        remove_folder(&dir.join(FOLDER)).ok();
        Ok(kept)
    }
}

impl Vault {
    /// Takes service entries over with their key, and counts of wrong PINs: who restores guesses no more often. Both vaults have
    /// the same device secret.
    fn take_service_entries(&self, from: &Connection) -> Result<(), StoreError> {
        let service = read_wrapped(from, "service")?;
        self.file.save(|transaction| {
            transaction.execute("UPDATE wrapped_key SET wrapped = ?1 WHERE what = 'service'", [service])?;
            let mut statement = from.prepare("SELECT slot, sealed FROM attempt")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let count: (Vec<u8>, Vec<u8>) = (row.get(0)?, row.get(1)?);
                transaction.execute("UPDATE attempt SET sealed = ?2 WHERE slot = ?1", count)?;
            }
            transaction.execute("DELETE FROM service", [])?;
            let mut statement = from.prepare("SELECT name, sealed FROM service")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let entry: (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
                transaction.execute("INSERT INTO service VALUES (?1, ?2)", entry)?;
            }
            Ok(())
        })
    }

    /// Makes this the latest state. The keychain is told when the file is in its place, where it is found to be ahead.
    fn count_on_from(&self, known: Option<u64>) -> Result<(), StoreError> {
        let unlocked = self.unlocked.as_deref().ok_or(StoreError::Locked)?;
        let mut header = unlocked.header;
        header.generation = header.generation.max(known.unwrap_or(0)).saturating_add(1);
        self.file.save(|transaction| Ok(write_header(transaction, &unlocked.header_key, self.id, header)?))
    }
}

/// Copies the file and its log; neither has to be private, since both are sealed.
fn copy_aside(dir: &Path, backup: &Path, folder: &Path) -> Result<(), RestoreError> {
    let io = |source| RestoreError::Io { path: backup.into(), source };
    if !backup.is_file() {
        return Err(RestoreError::NotThere { path: backup.into() });
    }
    // Closing a second handle of a file that is in use would take the lock from the first.
    let in_use = fs::canonicalize(dir.join(file::NAME)).ok();
    if in_use.is_some_and(|in_use| fs::canonicalize(backup).is_ok_and(|backup| backup == in_use)) {
        return Err(RestoreError::InPlace { path: backup.into() });
    }
    let new = folder.join(file::NAME);
    copy_privately(backup, &new).map_err(io)?;
    if file::log_has_content(backup).map_err(io)? {
        copy_privately(&file::log_of(backup), &file::log_of(&new)).map_err(io)?;
    }
    Ok(())
}

fn read_copy(
    dir: &Path,
    backup: &Path,
    folder: &Path,
    keychain: Arc<dyn Keychain>,
    expected: Option<VaultId>,
    key: Option<&RecoveryKey>,
) -> Result<Restorable, RestoreError> {
    let path = folder.join(file::NAME);
    let opening = |error| sort_opening(error, backup);
    let found = file::find(&path).map_err(opening)?;
    let found = found.ok_or_else(|| RestoreError::NotThere { path: backup.into() })?;
    if expected.is_some_and(|expected| expected != found.id) {
        return Err(RestoreError::AnotherVault { path: backup.into() });
    }
    // Not unlocked as usual: the keychain is told nothing of a file that may never be in its place.
    let (copy, new_device) = match key {
        None => (open_by_device(path, found, keychain, backup)?, None),
        Some(key) => {
            open_by_key(&path, found, keychain, key).map_err(|error| sort_recovering(error, backup))?
        }
    };
    let mut report = copy.verify().map_err(|error| sort_storing(error, backup))?;
    if let Some(source) = report.damage.pop() {
        return Err(RestoreError::Damaged { path: backup.into(), source: Box::new(source) });
    }
    report.known = Ok(read_generation(copy.keychain.as_ref(), copy.id).map_err(RestoreError::Keychain)?);
    Ok(Restorable { dir: dir.into(), copy, report, new_device })
}

fn open_by_device(
    path: PathBuf,
    found: Found,
    keychain: Arc<dyn Keychain>,
    backup: &Path,
) -> Result<Vault, RestoreError> {
    let mut copy = Vault::open(path, found, keychain).map_err(|error| sort_opening(error, backup))?;
    let read = copy.device_secret().and_then(|device| {
        let vault_key = copy.vault_key_of_device(&copy.slots, &device)?;
        copy.read_with(vault_key, &copy.slots)
    });
    copy.unlocked = Some(read.map_err(|error| sort_unlocking(error, backup))?);
    Ok(copy)
}

/// Where the keychain has the device secret after all, the copy stays as it is.
fn open_by_key(
    path: &Path,
    found: Found,
    keychain: Arc<dyn Keychain>,
    key: &RecoveryKey,
) -> Result<(Vault, Option<NewDevice>), RecoverError> {
    let device = read_device_secret(keychain.as_ref(), found.id).map_err(OpenError::Keychain)?;
    let secret = match device {
        DeviceSecret::Fits(device) if check_of(&device, found.id)[..] == found.device_check[..] => {
            let mut copy = Vault::open(path.into(), found, keychain)?;
            let vault_key = key.vault_key(copy.id, &copy.slots)?;
            copy.unlocked = Some(copy.read_with(vault_key, &copy.slots)?);
            return Ok((copy, None));
        }
        DeviceSecret::Fits(device) => device,
        DeviceSecret::None | DeviceSecret::Malformed => Key::make_random(),
    };
    let mut copy = Vault::open_without_device(path, found, keychain, key)?;
    let lost = copy.adopt(&secret)?;
    Ok((copy, Some(NewDevice { secret, lost })))
}

fn copy_privately(from: &Path, to: &Path) -> io::Result<()> {
    let mut copy = private::create_file(to)?;
    io::copy(&mut fs::File::open(from)?, &mut copy)?;
    copy.sync_all()
}

fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

fn sort_opening(error: OpenError, path: &Path) -> RestoreError {
    let path = path.to_owned();
    match error {
        OpenError::Keychain(cause) => RestoreError::Keychain(cause),
        OpenError::KeyLost { .. } | OpenError::Foreign { .. } => RestoreError::KeyLost { path },
        OpenError::Newer { version, .. } => RestoreError::Newer { path, version },
        OpenError::Io { source, .. } => RestoreError::Io { path, source },
        damaged @ (OpenError::Damaged { .. }
        | OpenError::Migration { .. }
        | OpenError::NotPrivate { .. }
        | OpenError::InUse { .. }
        | OpenError::Usable { .. }) => RestoreError::Damaged { path, source: Box::new(damaged) },
    }
}

fn sort_recovering(error: RecoverError, path: &Path) -> RestoreError {
    match error {
        RecoverError::Open(error) => sort_opening(error, path),
        RecoverError::Unlock(error) => sort_unlocking(error, path),
        RecoverError::Store(error) => sort_storing(error, path),
    }
}

fn sort_unlocking(error: UnlockError, path: &Path) -> RestoreError {
    let path = path.to_owned();
    match error {
        UnlockError::Keychain(cause) => RestoreError::Keychain(cause),
        UnlockError::KeyLost { .. } | UnlockError::Foreign => RestoreError::KeyLost { path },
        UnlockError::Io { source, .. } => RestoreError::Io { path, source },
        UnlockError::Damaged { source } => RestoreError::Damaged { path, source: Box::new(source) },
        UnlockError::NeedsPerson => RestoreError::NeedsCode { path },
        UnlockError::NoSuchWay(_) | UnlockError::Wrong(_) | UnlockError::Wait { .. } => {
            RestoreError::WrongCode { path }
        }
    }
}

fn sort_storing(error: StoreError, path: &Path) -> RestoreError {
    let path = path.to_owned();
    match error {
        StoreError::Keychain(cause) => RestoreError::Keychain(cause),
        StoreError::Io { source } => RestoreError::Io { path, source },
        damaged @ (StoreError::Damaged { .. }
        | StoreError::Locked
        | StoreError::NoSuchRecord(_)
        | StoreError::NoSuchSlot
        | StoreError::LastWay
        | StoreError::NotEndorsed
        | StoreError::ReadOnly(_)) => RestoreError::Damaged { path, source: Box::new(damaged) },
    }
}
