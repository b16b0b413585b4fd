//! The log file: a `SQLite` database that is the person's alone, and complete before it gets its name.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, ffi};

use crate::seal::{Keys, LogId, make_id};
use crate::{Damage, Error};

/// "LNYA", which `file` and backup programs can tell a log by.
const APPLICATION_ID: u32 = 0x4C4E_5941;
const FORMAT: u32 = 1;
const PAGE: u64 = 4096;

const SCHEMA: &str = "
    CREATE TABLE log (id BLOB NOT NULL, key_check BLOB NOT NULL, head BLOB NOT NULL) STRICT;
    CREATE TABLE line (sequence INTEGER PRIMARY KEY, sealed BLOB NOT NULL, link BLOB NOT NULL) STRICT;
";

/// Opens a log whose key fits; `None` if there is none.
pub(crate) fn open(path: &Path, key: &[u8; 32]) -> Result<Option<(Connection, Keys)>, Error> {
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound && !log_has_content(path) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(Error::Damaged { path: path.into(), source: Damage::StrayLog });
        }
        Err(source) => return Err(Error::Io { path: path.into(), source }),
    };
    let not_a_log = || Error::Damaged { path: path.into(), source: Damage::NotALog };
    if !metadata.is_file() || metadata.len() == 0 {
        return Err(not_a_log());
    }
    if !is_private(&metadata) {
        return Err(Error::NotPrivate { path: path.into() });
    }
    let sort = |error| sort(error, path);
    // `SQLite` takes what is missing of the last page for zeros. A power cut may leave such a page as well, but then
    // with a write-ahead log that has all of it.
    if metadata.len() % PAGE != 0 && !log_has_content(path) {
        return Err(Error::Damaged { path: path.into(), source: Damage::CutOff });
    }
    let db = connect(path).map_err(sort)?;
    let (application, format) = read_stamps(&db).map_err(sort)?;
    if application != APPLICATION_ID || format == 0 {
        return Err(not_a_log());
    }
    if format > FORMAT {
        return Err(Error::Newer { path: path.into(), version: format });
    }
    let (id, key_check): (LogId, Vec<u8>) = db
        .query_one("SELECT id, key_check FROM log", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .map_err(sort)?;
    let keys = Keys::derive(key, id);
    if keys.check()[..] != key_check[..] {
        return Err(Error::Foreign { path: path.into() });
    }
    settle(&db).map_err(sort)?;
    Ok(Some((db, keys)))
}

/// Makes an empty log; a file that has the name already is left alone, and this fails.
pub(crate) fn create(path: &Path, key: &[u8; 32]) -> Result<(Connection, Keys), Error> {
    let new = write_new(path, key)?;
    let io = |source| Error::Io { path: path.into(), source };
    publish(&new, path).map_err(io)?;
    open(path, key)?.ok_or_else(|| io(io::ErrorKind::NotFound.into()))
}

/// Gives an empty log the name of one that cannot be used, which is kept under the name that is returned.
pub(crate) fn create_beside(path: &Path, key: &[u8; 32]) -> Result<PathBuf, Error> {
    let new = write_new(path, key)?;
    replace_and_keep(&new, path).map_err(|source| Error::Io { path: path.into(), source })
}

/// What an error of the database means for the caller.
pub(crate) fn sort(error: rusqlite::Error, path: &Path) -> Error {
    let path = path.into();
    let Some(cause) = error.sqlite_error() else {
        return Error::Damaged { path, source: Damage::Database(error) };
    };
    if matches!(cause.code, ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) {
        return Error::InUse { path };
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
        return Error::Io { path, source: io::Error::other(error) };
    }
    Error::Damaged { path, source: Damage::Database(error) }
}

fn write_new(path: &Path, key: &[u8; 32]) -> Result<PathBuf, Error> {
    let new = with_suffix(path, ".new");
    let io = |source| Error::Io { path: new.clone(), source };
    make_dir(parent(path)).map_err(io)?;
    for leftover in [new.clone(), with_suffix(&new, "-journal")] {
        remove_if_there(&leftover).map_err(io)?;
    }
    let file = create_private(&new).map_err(io)?;
    let keys_id = make_id();
    let keys = Keys::derive(key, keys_id);
    let db = connect(&new).map_err(|error| sort(error, &new))?;
    db.pragma_update(None, "page_size", PAGE.cast_signed())
        .and_then(|()| db.execute_batch(SCHEMA))
        .and_then(|()| {
            let head = keys.seal_head(0, &keys.first_link());
            db.execute("INSERT INTO log VALUES (?1, ?2, ?3)", (keys_id, keys.check(), head))
        })
        .and_then(|_| db.pragma_update(None, "application_id", APPLICATION_ID))
        .and_then(|()| db.pragma_update(None, "user_version", FORMAT))
        .and_then(|()| db.close().map_err(|(_, error)| error))
        .map_err(|error| sort(error, &new))?;
    file.sync_all().map_err(io)?;
    Ok(new)
}

fn publish(new: &Path, path: &Path) -> io::Result<()> {
    // A link fails where the name is taken; renaming, for file systems without links, would replace what has it.
    match fs::hard_link(new, path) {
        Ok(()) => fs::remove_file(new)?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
        Err(_) if fs::exists(path)? => return Err(io::ErrorKind::AlreadyExists.into()),
        Err(_) => fs::rename(new, path)?,
    }
    sync_parent(path)
}

fn replace_and_keep(new: &Path, path: &Path) -> io::Result<PathBuf> {
    let kept = free_name(path)?;
    // The old file has both names until the new one takes the first in one step; its write-ahead log is kept first,
    // because one without its file would be read into the new file.
    link_if_there(path, &kept)?;
    link_if_there(&with_suffix(path, "-wal"), &with_suffix(&kept, "-wal"))?;
    sync_parent(path)?;
    for suffix in ["-wal", "-shm"] {
        remove_if_there(&with_suffix(path, suffix))?;
    }
    fs::rename(new, path)?;
    sync_parent(path)?;
    Ok(kept)
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    // Until the key was found to fit, looking at a file changes none of its bytes.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    db.busy_timeout(Duration::from_millis(250))?;
    db.pragma_update_and_check(None, "locking_mode", "EXCLUSIVE", |_| Ok(()))?;
    Ok(db)
}

fn settle(db: &Connection) -> rusqlite::Result<()> {
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "cache_size", -128)
}

fn read_stamps(db: &Connection) -> rusqlite::Result<(u32, u32)> {
    let stamp = |name| db.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    Ok((stamp("application_id")?.cast_unsigned(), stamp("user_version")?.cast_unsigned()))
}

fn log_has_content(path: &Path) -> bool {
    fs::symlink_metadata(with_suffix(path, "-wal")).is_ok_and(|log| log.len() > 0)
}

fn create_private(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn make_dir(dir: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

fn sync_parent(path: &Path) -> io::Result<()> {
    // Elsewhere folders cannot be opened as files, and the file system does it.
    if cfg!(unix) { fs::File::open(parent(path))?.sync_all() } else { Ok(()) }
}

#[cfg(unix)]
fn is_private(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.uid() == rustix::process::geteuid().as_raw() && metadata.mode() & 0o077 == 0
}

#[cfg(not(unix))]
fn is_private(_: &fs::Metadata) -> bool {
    // The profile folder is private by the access control list it inherits.
    true
}

fn free_name(path: &Path) -> io::Result<PathBuf> {
    let stem = path.file_stem().unwrap_or_default().display();
    for number in 1_u32.. {
        let kept = path.with_file_name(format!("{stem}-kept-{number}.db"));
        if !fs::exists(&kept)? && !fs::exists(with_suffix(&kept, "-wal"))? {
            return Ok(kept);
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

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => dir,
        _ => Path::new("."),
    }
}
