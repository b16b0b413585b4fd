//! Appending and reading lines.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Row};
use zeroize::Zeroizing;

use crate::seal::{Keys, Link};
use crate::{Damage, Entry, Error, Line, Sequence, file};

/// An open activity log. Lines that were not flushed are written when it is dropped.
pub struct Log {
    path: PathBuf,
    db: Connection,
    keys: Keys,
    head: Head,
    pending: Vec<Line>,
}

/// Where the lines on the disk end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Head {
    sequence: Sequence,
    link: Link,
}

impl Log {
    /// Opens the log, or makes an empty one where there is no file. Its end is verified, the rest by [`Log::verify`].
    pub fn open(path: &Path, key: Zeroizing<[u8; 32]>) -> Result<Self, Error> {
        let found = file::open(path, &key)?;
        let (db, keys) = if let Some(found) = found { found } else { file::create(path, &key)? };
        drop(key);
        let head = read_head(&db, &keys, path)?;
        Ok(Self { path: path.into(), db, keys, head, pending: Vec::new() })
    }

    /// Begins an empty log in the place of one that cannot be used. The old file is kept under the name that is
    /// returned. One that another process has open, or that cannot be reached, is left alone.
    pub fn begin_beside(path: &Path, key: Zeroizing<[u8; 32]>) -> Result<(Self, PathBuf), Error> {
        match Self::open(path, key.clone()) {
            Err(error @ (Error::InUse { .. } | Error::Io { .. } | Error::NotPrivate { .. })) => {
                return Err(error);
            }
            Err(Error::Damaged { .. } | Error::Foreign { .. } | Error::Newer { .. }) | Ok(_) => {}
        }
        let kept = file::create_beside(path, &key)?;
        Ok((Self::open(path, key)?, kept))
    }

    /// Appends a line. [`Log::lines`] has it at once, the disk after [`Log::flush`].
    pub fn append(&mut self, entry: Entry) -> Sequence {
        let sequence = self.last_sequence() + 1;
        self.pending.push(Line { sequence, entry });
        sequence
    }

    /// Writes what was appended, in one commit. What cannot be written is kept for the next try.
    pub fn flush(&mut self) -> Result<(), Error> {
        if self.pending.is_empty() {
            return Ok(());
        }
        self.head = self.write_pending().map_err(|error| file::sort(error, &self.path))?;
        self.pending.clear();
        Ok(())
    }

    /// Up to `limit` lines in their order: those that follow line `after`, or else the last ones.
    pub fn lines(&self, after: Option<Sequence>, limit: usize) -> Result<Vec<Line>, Error> {
        let after = after
            .unwrap_or_else(|| self.last_sequence().saturating_sub(u64::try_from(limit).unwrap_or(u64::MAX)));
        let mut lines = self.stored(after, limit)?;
        let missing = limit - lines.len();
        lines.extend(self.pending.iter().filter(|line| line.sequence > after).take(missing).cloned());
        Ok(lines)
    }

    /// Checks that every line on the disk opens and follows the one before it; says how many there are.
    pub fn verify(&self) -> Result<u64, Error> {
        let sort = |error| file::sort(error, &self.path);
        let mut statement =
            self.db.prepare("SELECT sequence, sealed, link FROM line ORDER BY sequence").map_err(sort)?;
        let mut rows = statement.query([]).map_err(sort)?;
        let mut head = Head { sequence: 0, link: self.keys.first_link() };
        while let Some(row) = rows.next().map_err(sort)? {
            head = self.follow(head, row)?;
        }
        if head == self.head { Ok(head.sequence) } else { Err(self.damaged(Damage::End)) }
    }

    fn last_sequence(&self) -> Sequence {
        self.pending.last().map_or(self.head.sequence, |line| line.sequence)
    }

    fn write_pending(&mut self) -> rusqlite::Result<Head> {
        let mut head = self.head;
        let transaction = self.db.transaction()?;
        for Line { sequence, entry } in &self.pending {
            let plain = serde_json::to_vec(entry).expect("an entry is plain strings and numbers");
            let sealed = self.keys.seal_line(*sequence, &plain);
            let link = self.keys.next_link(&head.link, *sequence, &sealed);
            transaction.prepare_cached("INSERT INTO line VALUES (?1, ?2, ?3)")?.execute((
                sequence.cast_signed(),
                sealed,
                link,
            ))?;
            head = Head { sequence: *sequence, link };
        }
        let sealed = self.keys.seal_head(head.sequence, &head.link);
        transaction.execute("UPDATE log SET head = ?1", [sealed])?;
        transaction.commit()?;
        Ok(head)
    }

    fn stored(&self, after: Sequence, limit: usize) -> Result<Vec<Line>, Error> {
        let sort = |error| file::sort(error, &self.path);
        let mut statement = self
            .db
            .prepare_cached(
                "SELECT sequence, sealed FROM line WHERE sequence > ?1 ORDER BY sequence LIMIT ?2",
            )
            .map_err(sort)?;
        let bounds = (i64::try_from(after).unwrap_or(i64::MAX), i64::try_from(limit).unwrap_or(i64::MAX));
        let mut rows = statement.query(bounds).map_err(sort)?;
        let mut lines = Vec::new();
        while let Some(row) = rows.next().map_err(sort)? {
            lines.push(self.open_line(row)?);
        }
        Ok(lines)
    }

    fn open_line(&self, row: &Row<'_>) -> Result<Line, Error> {
        let sort = |error| file::sort(error, &self.path);
        let sequence = row.get::<_, i64>(0).map_err(sort)?.cast_unsigned();
        let sealed: Vec<u8> = row.get(1).map_err(sort)?;
        self.keys
            .open_line(sequence, &sealed)
            .and_then(|plain| serde_json::from_slice(&plain).ok())
            .map(|entry| Line { sequence, entry })
            .ok_or_else(|| self.damaged(Damage::Line(sequence)))
    }

    fn follow(&self, before: Head, row: &Row<'_>) -> Result<Head, Error> {
        let sort = |error| file::sort(error, &self.path);
        let sequence = self.open_line(row)?.sequence;
        let sealed: Vec<u8> = row.get(1).map_err(sort)?;
        let stored: Vec<u8> = row.get(2).map_err(sort)?;
        let link = self.keys.next_link(&before.link, sequence, &sealed);
        if sequence != before.sequence + 1 || stored != link {
            return Err(self.damaged(Damage::Line(sequence)));
        }
        Ok(Head { sequence, link })
    }

    fn damaged(&self, source: Damage) -> Error {
        Error::Damaged { path: self.path.clone(), source }
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        self.flush().ok();
    }
}

/// Reads the head and looks whether the last line is the one it is at.
fn read_head(db: &Connection, keys: &Keys, path: &Path) -> Result<Head, Error> {
    let sort = |error| file::sort(error, path);
    let sealed: Vec<u8> = db.query_one("SELECT head FROM log", [], |row| row.get(0)).map_err(sort)?;
    let last: Option<(i64, Vec<u8>)> = db
        .query_row("SELECT sequence, link FROM line ORDER BY sequence DESC LIMIT 1", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()
        .map_err(sort)?;
    let (last_sequence, last_link) =
        last.map_or_else(|| (0, keys.first_link().to_vec()), |(number, link)| (number.cast_unsigned(), link));
    match keys.open_head(&sealed) {
        Some((sequence, link)) if sequence == last_sequence && link[..] == last_link[..] => {
            Ok(Head { sequence, link })
        }
        _ => Err(Error::Damaged { path: path.into(), source: Damage::End }),
    }
}

#[cfg(test)]
mod tests;
