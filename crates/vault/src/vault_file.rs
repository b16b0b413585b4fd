//! The file of an open vault, and the one way to change it.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, Transaction};

use crate::file::{self, Trouble};
use crate::{OpenError, StoreError, private};

/// A vault file that is open, for this process alone.
pub(crate) struct VaultFile {
    path: PathBuf,
    db: Connection,
    /// Whether the log is as this process wrote it, with nothing in it that failed, and its name is safe.
    ready_to_save: Cell<bool>,
}

impl VaultFile {
    /// Makes the connection fit for work, once the key was found to fit. The log is written back before the first save and by
    /// what comes after it: who never saves leaves it as it is.
    pub(crate) fn new(path: PathBuf, db: Connection) -> Result<Self, OpenError> {
        settle(&db).map_err(|error| Trouble::from(error).at(&path))?;
        Ok(Self { path, db, ready_to_save: Cell::new(false) })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// To read it. What changes it is handed the transaction of [`Self::save`].
    pub(crate) fn db(&self) -> &Connection {
        &self.db
    }

    /// Makes all of a change or nothing. It is on the disk when this returns.
    pub(crate) fn save<T>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.prepare_to_save()?;
        let transaction = self.db.unchecked_transaction()?;
        let changed = change(&transaction)?;
        transaction.commit()?;
        self.ready_to_save.set(true);
        Ok(changed)
    }

    /// Comes before saving and not before reading: a vault on a full disk opens. It has something to do before the first
    /// save and after one that failed: until the log is cut off, a power cut can bring back what failed, also after a save
    /// that had nothing to change.
    fn prepare_to_save(&self) -> Result<(), StoreError> {
        if self.ready_to_save.replace(false) {
            return Ok(());
        }
        self.write_back()?;
        // `SQLite` syncs the name of its log as well, and does not look whether that worked.
        private::sync_dir(file::parent(&self.path)).map_err(|source| StoreError::Io { source })
    }

    /// Writes what is in the log back into the file, and begins the log anew: after it a power cut takes back nothing of what
    /// can be read, and brings nothing back. An earlier process may have left more in the log than it could sync.
    fn write_back(&self) -> Result<(), Trouble> {
        // A vault without a log would be saved by a journal, whose removal at the end `SQLite` does not sync.
        let log = File::options().read(true).write(true).open(file::log_of(&self.path));
        let mut log = log.map_err(Trouble::Io)?;
        write_over_itself(&mut log).map_err(Trouble::Io)?;
        if self.begin_log_anew()? {
            return Err(Trouble::Busy);
        }
        // Otherwise the log could come back in a power cut, without what was lost of it, over what is in the file by then.
        log.sync_all().map_err(Trouble::Io)?;
        self.db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
        Ok(())
    }

    /// Writes back what this process saved, so that what a save replaced is in no log. That is tidying, and fails nothing.
    pub(crate) fn tidy(&self) {
        self.begin_log_anew().ok();
    }

    /// Whether something was in the way.
    fn begin_log_anew(&self) -> rusqlite::Result<bool> {
        self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
    }

    /// Closes the file with nothing left in its log, and says where it is.
    pub(crate) fn close(self) -> Result<PathBuf, StoreError> {
        let Self { path, db, .. } = self;
        db.close().map_err(|(_, error)| error)?;
        if file::log_has_content(&path).map_err(|source| StoreError::Io { source })? {
            return Err(StoreError::Io { source: io::Error::other("the log could not be written back") });
        }
        Ok(path)
    }
}

fn settle(db: &Connection) -> rusqlite::Result<()> {
    // To its end, where it is committed: before, nothing says that the disk refused it.
    let mut statement = db.prepare("PRAGMA journal_mode = WAL")?;
    let mut rows = statement.query([])?;
    while rows.next()?.is_some() {}
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update_and_check(None, "secure_delete", "ON", |_| Ok(()))?;
    // Overviews are kept in memory already; caching their sealed form as well would double them.
    db.pragma_update(None, "cache_size", -256)?;
    db.pragma_update(None, "temp_store", "MEMORY")
}

/// Makes all that can be read of the log survive a power cut. After a sync that failed Linux shows what it never wrote, and a
/// later sync succeeds without writing it ("Can Applications Recover from fsync Failures?", USENIX ATC 2020); pages that
/// are copied from such a log into the file would be all that is left of a change. Nobody else writes to the log meanwhile:
/// the connection has the file for itself.
fn write_over_itself(log: &mut File) -> io::Result<()> {
    let mut part = vec![0; 64 << 10];
    let mut at = 0;
    loop {
        log.seek(SeekFrom::Start(at))?;
        let length = log.read(&mut part)?;
        if length == 0 {
            return log.sync_all();
        }
        log.seek(SeekFrom::Start(at))?;
        log.write_all(&part[..length])?;
        at += length as u64;
    }
}
