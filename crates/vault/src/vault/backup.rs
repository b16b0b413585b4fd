//! Backups: copies of the sealed file, each named after the vault and its generation.
//!
//! A backup is sealed as the vault is, with the keys of its time for the slots of its time: what opened the vault then opens
//! the backup. Where a person has to open the vault, backups that the device secret alone opens are not kept.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use std::time::{Duration, SystemTime};

use rusqlite::{Connection, OpenFlags};

use super::Vault;
use crate::file::{self, Trouble};
use crate::{Damage, SlotKind, StoreError, VaultId, private};

/// How many backups of a vault are kept.
pub const BACKUPS_KEPT: usize = 5;

const BETWEEN_BACKUPS: Duration = Duration::from_hours(24);
const FOLDER: &str = "backups";
const UNFINISHED: &str = "unfinished.db";

/// A backup that is complete, on the disk, and was read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Which state of the vault it has.
    pub generation: u64,
    /// The file.
    pub path: PathBuf,
}

impl Vault {
    /// Copies the sealed file into the folder of backups; of this vault's, the last [`BACKUPS_KEPT`] are kept. The vault
    /// has to be unlocked, since its generation is sealed.
    pub fn back_up(&self) -> Result<Backup, StoreError> {
        let generation = self.generation()?;
        let path = self.backup_folder().join(format!("{}{generation}.db", prefix(self.id)));
        self.copy_to(&path, |new, path| fs::rename(new, path))?;
        let old = self.backups().unwrap_or_default().into_iter().skip(BACKUPS_KEPT);
        // One too many is no reason to say that there is none.
        old.for_each(|backup| _ = fs::remove_file(backup.path));
        if !self.has_slot(SlotKind::Device) {
            self.remove_backups_that_the_device_opens();
        }
        Ok(Backup { generation, path })
    }

    /// The same, where something was saved since the last backup and that is a day old. A clock that went back by more than
    /// that makes one as well.
    pub fn back_up_if_due(&self, now: SystemTime) -> Result<Option<Backup>, StoreError> {
        let generation = self.generation()?;
        let backups = self.backups().map_err(|source| StoreError::Io { source })?;
        let due = backups
            .first()
            .is_none_or(|newest| newest.generation < generation && is_a_day_away(&newest.path, now));
        if due { self.back_up().map(Some) } else { Ok(None) }
    }

    /// Copies the sealed file to a place of the person's choice; a file that is there is left alone, and this fails.
    pub fn back_up_to(&self, path: &Path) -> Result<Backup, StoreError> {
        let generation = self.generation()?;
        self.copy_to(path, |new, path| {
            // On another file system it cannot be renamed.
            let mut to = private::create_file(path)?;
            io::copy(&mut fs::File::open(new)?, &mut to).and_then(|_| to.sync_all()).inspect_err(|_| {
                fs::remove_file(path).ok();
            })?;
            fs::remove_file(new)
        })?;
        Ok(Backup { generation, path: path.into() })
    }

    /// The backups of this vault, newest first.
    pub fn backups(&self) -> io::Result<Vec<Backup>> {
        let entries = match fs::read_dir(self.backup_folder()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let prefix = prefix(self.id);
        let backup = |path: PathBuf| {
            let name = path.file_name()?.to_str()?;
            let generation = name.strip_prefix(&prefix)?.strip_suffix(".db")?.parse().ok()?;
            Some(Backup { generation, path })
        };
        let mut backups: Vec<_> = entries.flatten().filter_map(|entry| backup(entry.path())).collect();
        backups.sort_by_key(|backup| std::cmp::Reverse(backup.generation));
        Ok(backups)
    }

    /// What a person has to open is not to be read beside it without one.
    fn remove_backups_that_the_device_opens(&self) {
        let of_device = |path: &Path| match file::look(path) {
            Ok((_, rows)) => rows.is_empty() || rows.iter().any(|row| row.slot.kind() == SlotKind::Device),
            Err(_) => false,
        };
        let older = (1..file::FORMAT).map(|format| self.backup_path_of_format(format));
        let all = self.backups().unwrap_or_default().into_iter().map(|backup| backup.path).chain(older);
        all.filter(|path| of_device(path)).for_each(|path| _ = fs::remove_file(path));
    }

    /// Copies a vault of an older format before it is migrated; such a copy is kept.
    pub(super) fn back_up_format(&self, format: u32) -> Result<(), StoreError> {
        self.copy_to(&self.backup_path_of_format(format), |new, path| fs::rename(new, path))
    }

    pub(super) fn backup_path_of_format(&self, format: u32) -> PathBuf {
        self.backup_folder().join(format!("{}format-{format}.db", prefix(self.id)))
    }

    fn generation(&self) -> Result<u64, StoreError> {
        Ok(self.unlocked.as_ref().ok_or(StoreError::Locked)?.header.generation)
    }

    fn backup_folder(&self) -> PathBuf {
        file::parent(self.file.path()).join(FOLDER)
    }

    /// Makes a complete copy, reads it back, and gives it its name the given way.
    fn copy_to(
        &self,
        path: &Path,
        publish: impl FnOnce(&Path, &Path) -> io::Result<()>,
    ) -> Result<(), StoreError> {
        let io = |source| StoreError::Io { source };
        let folder = self.backup_folder();
        private::make_dir(&folder).map_err(io)?;
        let new = folder.join(UNFINISHED);
        file::remove_if_there(&new).map_err(io)?;
        let made = private::create_file(&new).map_err(io).and_then(|file| {
            self.copy_database(&new)?;
            file.sync_all().map_err(io)?;
            self.compare_with_copy(&new)?;
            publish(&new, path).map_err(io)
        });
        if let Err(error) = made {
            fs::remove_file(&new).ok();
            return Err(error);
        }
        // The folder of backups may be new as well.
        private::sync_dir(file::parent(path))
            .and_then(|()| private::sync_dir(file::parent(self.file.path())))
            .map_err(io)
    }

    /// Copies what is saved, and no page that is free: what was removed is not in a backup.
    fn copy_database(&self, to: &Path) -> Result<(), StoreError> {
        let name =
            to.to_str().ok_or_else(|| StoreError::Io { source: io::ErrorKind::InvalidFilename.into() })?;
        self.file.db().execute("VACUUM INTO ?1", [name])?;
        Ok(())
    }

    fn compare_with_copy(&self, path: &Path) -> Result<(), StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let copy = Connection::open_with_flags(path, flags)?;
        check_structure(&copy)?;
        let same = contents(&copy)? == contents(self.file.db())?;
        if same { Ok(()) } else { Err(StoreError::Damaged { source: Damage::Inconsistent }) }
    }
}

/// Has `SQLite` look at every page.
pub(super) fn check_structure(db: &Connection) -> Result<(), StoreError> {
    let found: String = db.query_one("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if found == "ok" { Ok(()) } else { Err(Trouble::Damage(Damage::Inconsistent).into()) }
}

/// What says that two files have the same in them: the header, and how much there is.
fn contents(db: &Connection) -> rusqlite::Result<(Vec<u8>, i64, i64)> {
    let sql =
        "SELECT (SELECT sealed FROM header), (SELECT count(*) FROM record), (SELECT count(*) FROM service)";
    db.query_one(sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

fn is_a_day_away(path: &Path, now: SystemTime) -> bool {
    let made = fs::metadata(path).and_then(|metadata| metadata.modified());
    made.is_ok_and(|made| {
        now.duration_since(made).unwrap_or_else(|ahead| ahead.duration()) >= BETWEEN_BACKUPS
    })
}

fn prefix(vault: VaultId) -> String {
    format!("vault-{}-", &vault.to_string()[..8])
}
