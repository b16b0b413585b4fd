//! The vault file: a `SQLite` database that is complete before it gets its name.
//!
//! Looking at a file changes none of its bytes: until its key was found to fit, nothing is written and no log is
//! written back.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, ffi};

use crate::slot::SlotRow;
use crate::{Damage, OpenError, SlotId, StoreError, UnlockError, VaultId, private};

pub(crate) const NAME: &str = "vault.db";
const NEW_NAME: &str = "vault.db.new";
/// "LNYD", which `file` and backup programs can tell a vault by.
const APPLICATION_ID: u32 = 0x4C4E_5944;
/// The format that is written.
pub(crate) const FORMAT: u32 = 2;
const PAGE: u64 = 4096;

const SCHEMA: &str = "
    CREATE TABLE vault (id BLOB NOT NULL, device_check BLOB NOT NULL) STRICT;
    CREATE TABLE wrapped_key (what TEXT PRIMARY KEY, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE header (sealed BLOB NOT NULL) STRICT;
    CREATE TABLE service (name TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE record (
        id BLOB PRIMARY KEY,
        compartment INTEGER NOT NULL,
        revision INTEGER NOT NULL,
        secret_revision INTEGER NOT NULL,
        overview BLOB NOT NULL,
        secret BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
";

/// The tables of format 2 that format 1 had not.
pub(crate) const SLOT_TABLES: &str = "
    CREATE TABLE slot (
        id BLOB PRIMARY KEY,
        about BLOB NOT NULL,
        public_key BLOB NOT NULL,
        wrapped_private BLOB,
        sealed BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE attempt (slot BLOB PRIMARY KEY, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;
";

/// A file that looks like a vault; its key was not tried yet.
pub(crate) struct Found {
    pub(crate) db: Connection,
    pub(crate) format: u32,
    pub(crate) id: VaultId,
    pub(crate) device_check: Vec<u8>,
}

/// Looks at the file; `None` if there is none.
pub(crate) fn find(path: &Path) -> Result<Option<Found>, OpenError> {
    let io = |source| OpenError::Io { path: path.into(), source };
    let damaged = |source| OpenError::Damaged { path: path.into(), source };
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return if log_has_content(path).map_err(io)? {
                Err(damaged(Damage::StrayLog))
            } else {
                Ok(None)
            };
        }
        Err(error) => return Err(io(error)),
    };
    if !metadata.is_file() {
        return Err(damaged(Damage::NotAVault));
    }
    private::check_file(path, &metadata)?;
    if metadata.len() == 0 {
        return Err(damaged(Damage::Empty));
    }
    // `SQLite` takes what is missing of the last page for zeros. A power cut may leave such a page as well, but then
    // with a log that has all of it.
    if metadata.len() % PAGE != 0 && !log_has_content(path).map_err(io)? {
        return Err(damaged(Damage::CutOff));
    }
    let db = connect(path).map_err(|error| Trouble::from(error).at(path))?;
    let (application, format) = read_stamps(&db).map_err(|error| Trouble::from(error).at(path))?;
    if application != APPLICATION_ID || format == 0 {
        return Err(damaged(Damage::NotAVault));
    }
    if format > FORMAT {
        return Err(OpenError::Newer { path: path.into(), version: format });
    }
    let (id, device_check) = db
        .query_one("SELECT id, device_check FROM vault", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .map_err(|error| Trouble::from(error).at(path))?;
    Ok(Some(Found { db, format, id: VaultId::from_bytes(id), device_check }))
}

/// Reads whose vault a file is and what opens it, without its key. The file may be anywhere and of anybody, and is only read.
pub(crate) fn look(path: &Path) -> Result<(VaultId, Vec<SlotRow>), OpenError> {
    let damaged = |source| OpenError::Damaged { path: path.into(), source };
    fs::metadata(path).map_err(|source| OpenError::Io { path: path.into(), source })?;
    let flags =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let trouble = |error| Trouble::from(error).at(path);
    let db = Connection::open_with_flags(immutable_uri(path), flags).map_err(trouble)?;
    let (application, format) = read_stamps(&db).map_err(trouble)?;
    match format {
        _ if application != APPLICATION_ID || format == 0 => return Err(damaged(Damage::NotAVault)),
        1 => return Ok((read_id(&db).map_err(trouble)?, Vec::new())),
        FORMAT => {}
        version => return Err(OpenError::Newer { path: path.into(), version }),
    }
    let rows = read_slots(&db).map_err(|error| error.at(path))?;
    Ok((read_id(&db).map_err(trouble)?, rows))
}

fn read_id(db: &Connection) -> rusqlite::Result<VaultId> {
    db.query_one("SELECT id FROM vault", [], |row| row.get(0)).map(VaultId::from_bytes)
}

/// A name for which `SQLite` makes no file beside.
fn immutable_uri(path: &Path) -> String {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {
                uri.push(char::from(*byte));
            }
            other => write!(uri, "%{other:02X}").expect("a string takes everything"),
        }
    }
    uri + "?immutable=1"
}

/// The slots, in the order of their ids.
pub(crate) fn read_slots(db: &Connection) -> Result<Vec<SlotRow>, Trouble> {
    let mut statement =
        db.prepare("SELECT id, about, public_key, wrapped_private, sealed FROM slot ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut slots = Vec::new();
    while let Some(row) = rows.next()? {
        let id = SlotId::from_bytes(row.get(0)?);
        let slot = SlotRow::parse(
            id,
            row.get_ref(1)?.as_blob().unwrap_or_default(),
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
        );
        slots.push(slot.ok_or(Trouble::Damage(Damage::Slots))?);
    }
    Ok(slots)
}

/// Writes a complete vault under a temporary name.
pub(crate) fn write_new(
    dir: &Path,
    write_keys: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()>,
) -> Result<PathBuf, OpenError> {
    let path = dir.join(NEW_NAME);
    let io = |source| OpenError::Io { path: path.clone(), source };
    for leftover in [path.clone(), dir.join(format!("{NEW_NAME}-journal"))] {
        remove_if_there(&leftover).map_err(io)?;
    }
    let file = private::create_file(&path).map_err(io)?;
    connect(&path)
        .and_then(|db| write_tables(db, write_keys))
        .map_err(|error| Trouble::from(error).at(&path))?;
    file.sync_all().map_err(io)?;
    Ok(path)
}

fn write_tables(
    db: Connection,
    write_keys: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    // It is synced once, when it is complete; what is not complete is made anew.
    db.pragma_update(None, "synchronous", "OFF")?;
    db.pragma_update(None, "page_size", PAGE.cast_signed())?;
    let transaction = db.unchecked_transaction()?;
    transaction.execute_batch(SCHEMA)?;
    transaction.execute_batch(SLOT_TABLES)?;
    write_keys(&transaction)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", FORMAT)?;
    transaction.commit()?;
    db.close().map_err(|(_, error)| error)
}

/// Gives a complete vault its name. A file that has the name already is left alone, and this fails.
pub(crate) fn publish(new: &Path, path: &Path) -> io::Result<()> {
    // A link fails where the name is taken; renaming, for file systems without links, would replace what has it.
    match fs::hard_link(new, path) {
        Ok(()) => fs::remove_file(new)?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
        Err(_) if fs::exists(path)? => return Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => fs::rename(new, path)?,
    }
    private::sync_dir(parent(path))
}

/// Gives a complete vault the name of one that cannot be opened, which is kept under the name that is returned.
pub(crate) fn publish_beside(new: &Path, path: &Path) -> io::Result<PathBuf> {
    let dir = parent(path);
    let kept = free_name(dir)?;
    // The old file has both names until the new one takes the first in one step; its log is kept before it is removed,
    // because a log without its file would be read into the new one.
    link_if_there(path, &kept)?;
    link_if_there(&log_of(path), &log_of(&kept))?;
    private::sync_dir(dir)?;
    for name in ["-wal", "-shm"] {
        remove_if_there(&with_suffix(path, name))?;
    }
    fs::rename(new, path)?;
    private::sync_dir(dir)?;
    Ok(kept)
}

/// What an error of the database means for its caller.
pub(crate) enum Trouble {
    Busy,
    Io(io::Error),
    Damage(Damage),
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        let Some(cause) = error.sqlite_error() else { return Self::Damage(Damage::Database(error)) };
        if matches!(cause.code, ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) {
            return Self::Busy;
        }
        let of_the_disk = matches!(
            cause.code,
            ErrorCode::SystemIoFailure
                | ErrorCode::DiskFull
                | ErrorCode::CannotOpen
                | ErrorCode::PermissionDenied
                | ErrorCode::ReadOnly
                | ErrorCode::OutOfMemory
        );
        if of_the_disk && cause.extended_code != ffi::SQLITE_IOERR_SHORT_READ {
            return Self::Io(io::Error::other(error));
        }
        Self::Damage(Damage::Database(error))
    }
}

impl Trouble {
    pub(crate) fn at(self, path: &Path) -> OpenError {
        let path = path.into();
        match self {
            Self::Busy => OpenError::InUse { path },
            Self::Io(source) => OpenError::Io { path, source },
            Self::Damage(source) => OpenError::Damaged { path, source },
        }
    }

    pub(crate) fn at_unlock(self, path: &Path) -> UnlockError {
        match self {
            Self::Busy => UnlockError::Io { path: path.into(), source: busy() },
            Self::Io(source) => UnlockError::Io { path: path.into(), source },
            Self::Damage(source) => UnlockError::Damaged { source },
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Trouble::from(error).into()
    }
}

impl From<Trouble> for StoreError {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Busy => Self::Io { source: busy() },
            Trouble::Io(source) => Self::Io { source },
            Trouble::Damage(source) => Self::Damaged { source },
        }
    }
}

fn busy() -> io::Error {
    io::Error::new(io::ErrorKind::WouldBlock, "another process is using the file")
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    db.busy_timeout(Duration::from_millis(250))?;
    // One process at a time: what is in memory would not follow changes of another.
    db.pragma_update_and_check(None, "locking_mode", "EXCLUSIVE", |_| Ok(()))?;
    Ok(db)
}

fn read_stamps(db: &Connection) -> rusqlite::Result<(u32, u32)> {
    let stamp = |name| db.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    Ok((stamp("application_id")?.cast_unsigned(), stamp("user_version")?.cast_unsigned()))
}

pub(crate) fn log_has_content(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(log_of(path)) {
        Ok(metadata) => Ok(metadata.len() > 0),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

pub(crate) fn log_of(path: &Path) -> PathBuf {
    with_suffix(path, "-wal")
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn free_name(dir: &Path) -> io::Result<PathBuf> {
    for number in 1_u32.. {
        let path = dir.join(format!("vault-kept-{number}.db"));
        if !fs::exists(&path)? && !fs::exists(log_of(&path))? {
            return Ok(path);
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn link_if_there(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

pub(crate) fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

pub(crate) fn parent(path: &Path) -> &Path {
    path.parent().expect("a vault file is in a folder")
}
