//! Putting a backup in the vault's place.
//!
//! The backup is copied aside and everything in it is opened before anything else changes. What it replaces is kept under
//! the name that is returned.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;

use super::unlock::{read_generation, write_header};
use super::{Report, Vault};
use crate::keychain::Keychain;
use crate::{OpenError, RestoreError, StoreError, UnlockError, VaultId, file, private};

const FOLDER: &str = "restoring";

/// A backup that can take the vault's place: all of it opens.
pub struct Restorable {
    dir: PathBuf,
    /// The copy, in a folder of its own.
    copy: Vault,
    report: Report,
}

impl Restorable {
    /// Reads a backup for the vault in `dir`. One of another vault than `expected` is refused.
    pub fn read(
        dir: &Path,
        backup: &Path,
        keychain: Arc<dyn Keychain>,
        expected: Option<VaultId>,
    ) -> Result<Self, RestoreError> {
        let io = |source| RestoreError::Io { path: dir.into(), source };
        private::ensure_dir(dir).map_err(|error| sort_opening(error, backup))?;
        let folder = dir.join(FOLDER);
        remove_folder(&folder).map_err(io)?;
        private::make_dir(&folder).map_err(io)?;
        let read = copy_aside(dir, backup, &folder)
            .and_then(|()| read_copy(dir, backup, &folder, keychain, expected));
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
        let Self { dir, copy, report } = self;
        let path = dir.join(file::NAME);
        let io = |source| RestoreError::Io { path: path.clone(), source };
        let store = |error: StoreError| sort_storing(error, &path);
        if let Some(current) = current.as_ref().filter(|current| current.id == copy.id) {
            copy.take_service_entries(&current.db).map_err(store)?;
        }
        copy.count_on_from(report.known.ok().flatten()).map_err(store)?;
        let new = copy.path.clone();
        copy.close().map_err(store)?;
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
    /// Service entries are sealed with a key that a vault never changes.
    fn take_service_entries(&self, from: &Connection) -> Result<(), StoreError> {
        let transaction = self.db.unchecked_transaction()?;
        transaction.execute("DELETE FROM service", [])?;
        let mut statement = from.prepare("SELECT name, sealed FROM service")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let entry: (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
            transaction.execute("INSERT INTO service VALUES (?1, ?2)", entry)?;
        }
        transaction.commit()?;
        Ok(())
    }

    /// Makes this the latest state. The keychain is told when the file is in its place, where it is found to be ahead.
    fn count_on_from(&self, known: Option<u64>) -> Result<(), StoreError> {
        let unlocked = self.unlocked.as_deref().ok_or(StoreError::Locked)?;
        let mut header = unlocked.header;
        header.generation = header.generation.max(known.unwrap_or(0)).saturating_add(1);
        write_header(&self.db, &unlocked.header_key, self.id, header)?;
        Ok(())
    }

    /// Closes the file with nothing left in its log.
    fn close(self) -> Result<(), StoreError> {
        let Self { path, db, .. } = self;
        db.close().map_err(|(_, error)| error)?;
        if file::log_has_content(&path).map_err(|source| StoreError::Io { source })? {
            return Err(StoreError::Io { source: io::Error::other("the log could not be written back") });
        }
        Ok(())
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
) -> Result<Restorable, RestoreError> {
    let path = folder.join(file::NAME);
    let opening = |error| sort_opening(error, backup);
    let found = file::find(&path).map_err(opening)?;
    let found = found.ok_or_else(|| RestoreError::NotThere { path: backup.into() })?;
    if expected.is_some_and(|expected| expected != found.id) {
        return Err(RestoreError::AnotherVault { path: backup.into() });
    }
    let mut copy = Vault::open(path, found, keychain).map_err(opening)?;
    // Not unlocked as usual: the keychain is told nothing of a file that may never be in its place.
    copy.unlocked = Some(copy.read_all().map_err(|error| sort_unlocking(error, backup))?);
    let mut report = copy.verify().map_err(|error| sort_storing(error, backup))?;
    if let Some(source) = report.damage.pop() {
        return Err(RestoreError::Damaged { path: backup.into(), source: Box::new(source) });
    }
    report.known = Ok(read_generation(copy.keychain.as_ref(), copy.id).map_err(RestoreError::Keychain)?);
    Ok(Restorable { dir: dir.into(), copy, report })
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

fn sort_unlocking(error: UnlockError, path: &Path) -> RestoreError {
    let path = path.to_owned();
    match error {
        UnlockError::Keychain(cause) => RestoreError::Keychain(cause),
        UnlockError::KeyLost { .. } | UnlockError::Foreign => RestoreError::KeyLost { path },
        UnlockError::Io { source, .. } => RestoreError::Io { path, source },
        UnlockError::Damaged { source } => RestoreError::Damaged { path, source: Box::new(source) },
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
        | StoreError::ReadOnly(_)) => RestoreError::Damaged { path, source: Box::new(damaged) },
    }
}
