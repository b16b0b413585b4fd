#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::fs;

use tempfile::TempDir;

use super::*;
use crate::{Event, Outcome};

const KEY: [u8; 32] = [7; 32];
const OTHER_KEY: [u8; 32] = [8; 32];

#[test]
fn a_line_is_seen_at_once_and_after_a_restart() {
    let place = Place::new();
    let mut log = place.open().unwrap();
    assert_eq!(log.append(entry("payroll")), 1);
    assert_eq!(log.append(entry("printer")), 2);
    let expected = vec![line(1, "payroll"), line(2, "printer")];
    assert_eq!(log.lines(None, 10).unwrap(), expected);
    log.flush().unwrap();
    assert_eq!(log.lines(None, 10).unwrap(), expected);
    drop(log);
    let mut log = place.open().unwrap();
    assert_eq!(log.lines(None, 10).unwrap(), expected);
    assert_eq!(log.append(entry("invoices")), 3);
}

#[test]
fn what_was_flushed_survives_a_crash_and_what_was_not_does_not() {
    let place = Place::new();
    let mut log = place.open().unwrap();
    log.append(entry("flushed"));
    log.flush().unwrap();
    log.append(entry("not yet"));
    // What is in the files while the log is open is what a crash leaves.
    let crashed = Place::new();
    for file in fs::read_dir(place.path().parent().unwrap()).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), crashed.path().with_file_name(file.file_name())).unwrap();
    }
    let after = crashed.open().unwrap();
    assert_eq!(after.lines(None, 10).unwrap(), [line(1, "flushed")]);
    assert_eq!(after.verify().unwrap(), 1);
}

#[test]
fn dropping_the_log_flushes_it() {
    let place = Place::new();
    place.open().unwrap().append(entry("last"));
    assert_eq!(place.open().unwrap().lines(None, 1).unwrap(), [line(1, "last")]);
}

#[test]
fn flushing_nothing_writes_nothing() {
    let place = Place::new();
    let mut log = place.open().unwrap();
    let before = fs::read(place.path()).unwrap();
    log.flush().unwrap();
    drop(log);
    assert!(fs::read(place.path()).unwrap() == before);
}

#[test]
fn the_last_lines_or_those_after_a_line_are_listed_in_order() {
    let place = Place::new();
    let mut log = place.open().unwrap();
    for number in 1..=6 {
        log.append(entry(&format!("app{number}")));
        if number == 4 {
            log.flush().unwrap();
        }
    }
    let numbers = |after, limit| -> Vec<u64> {
        log.lines(after, limit).unwrap().iter().map(|line| line.sequence).collect()
    };
    assert_eq!(numbers(None, 10), [1, 2, 3, 4, 5, 6]);
    assert_eq!(numbers(None, 3), [4, 5, 6]);
    assert_eq!(numbers(None, 1), [6]);
    assert_eq!(numbers(None, 0), [0; 0]);
    assert_eq!(numbers(None, usize::MAX), [1, 2, 3, 4, 5, 6]);
    assert_eq!(numbers(Some(0), 2), [1, 2]);
    assert_eq!(numbers(Some(3), 2), [4, 5]);
    assert_eq!(numbers(Some(4), 10), [5, 6]);
    assert_eq!(numbers(Some(6), 10), [0; 0]);
    assert_eq!(numbers(Some(u64::MAX), 10), [0; 0]);
}

#[test]
fn the_chain_of_an_untouched_log_is_in_order() {
    let place = Place::with_lines(5);
    let log = place.open().unwrap();
    assert_eq!(log.verify().unwrap(), 5);
    assert_eq!(Place::new().open().unwrap().verify().unwrap(), 0);
}

#[test]
fn each_kind_of_tampering_is_found_at_its_place() {
    for (sql, line) in [
        ("DELETE FROM line WHERE sequence = 1", 2),
        ("DELETE FROM line WHERE sequence = 3", 4),
        ("UPDATE line SET sealed = (SELECT sealed FROM line WHERE sequence = 2) WHERE sequence = 3", 3),
        ("UPDATE line SET sealed = zeroblob(80) WHERE sequence = 2", 2),
        ("UPDATE line SET link = zeroblob(32) WHERE sequence = 4", 4),
        (
            "DELETE FROM line WHERE sequence = 2; UPDATE line SET sequence = sequence - 1 WHERE sequence > 2; \
          INSERT INTO line SELECT 5, sealed, link FROM line WHERE sequence = 4",
            2,
        ),
    ] {
        let place = Place::with_lines(5);
        place.alter(sql);
        let log = place.open().unwrap();
        let found = log.verify();
        assert!(
            matches!(found, Err(Error::Damaged { source: Damage::Line(number), .. }) if number == line),
            "{sql}: {found:?}"
        );
    }
}

#[test]
fn a_line_that_does_not_open_is_reported_where_it_is_listed() {
    let place = Place::with_lines(3);
    place.alter("UPDATE line SET sealed = zeroblob(80) WHERE sequence = 2");
    let log = place.open().unwrap();
    assert!(matches!(log.lines(None, 3), Err(Error::Damaged { source: Damage::Line(2), .. })));
    assert_eq!(log.lines(None, 1).unwrap(), [line(3, "app3")]);
}

#[test]
fn a_cut_off_end_is_found_at_opening() {
    for sql in [
        "DELETE FROM line WHERE sequence = 5",
        "DELETE FROM line",
        "UPDATE log SET head = zeroblob(68)",
        "UPDATE line SET link = zeroblob(32) WHERE sequence = 5",
    ] {
        let place = Place::with_lines(5);
        place.alter(sql);
        place.refuses(|error| matches!(error, Error::Damaged { source: Damage::End, .. }));
    }
}

#[test]
fn a_line_of_another_log_with_the_same_key_is_found() {
    let (place, other) = (Place::with_lines(3), Place::with_lines(3));
    place.alter(&format!(
        "ATTACH '{}' AS other; REPLACE INTO line SELECT * FROM other.line WHERE sequence = 2",
        other.path().display()
    ));
    let found = place.open().unwrap().verify();
    assert!(matches!(found, Err(Error::Damaged { source: Damage::Line(2), .. })), "{found:?}");
}

#[test]
fn a_damaged_file_is_reported_and_left_alone() {
    let place = Place::with_lines(50);
    let whole = fs::read(place.path()).unwrap();
    for length in [0, 1, 100, 4095, 4096, whole.len() - 4096, whole.len() - 1] {
        fs::write(place.path(), &whole[..length]).unwrap();
        place.refuses(|error| matches!(error, Error::Damaged { .. }));
    }
    fs::write(place.path(), "x".repeat(9000)).unwrap();
    place.refuses(|error| matches!(error, Error::Damaged { .. }));
}

#[test]
fn a_database_of_something_else_is_no_log() {
    let place = Place::with_lines(1);
    place.alter("PRAGMA application_id = 1");
    place.refuses(|error| matches!(error, Error::Damaged { source: Damage::NotALog, .. }));
}

#[test]
fn a_write_ahead_log_without_its_file_is_kept() {
    let place = Place::new();
    let stray = place.path().with_file_name("activity.db-wal");
    fs::write(&stray, "lines").unwrap();
    assert!(matches!(place.open(), Err(Error::Damaged { source: Damage::StrayLog, .. })));
    let (log, _) = place.begin_beside(KEY).unwrap();
    assert_eq!(log.lines(None, 9).unwrap(), []);
    assert_eq!(fs::read(place.path().with_file_name("activity-kept-1.db-wal")).unwrap(), b"lines");
}

#[test]
fn a_log_of_another_key_is_foreign() {
    let place = Place::with_lines(2);
    let before = fs::read(place.path()).unwrap();
    let error = Log::open(&place.path(), OTHER_KEY.into()).err().unwrap();
    assert!(matches!(error, Error::Foreign { .. }), "{error:?}");
    assert!(fs::read(place.path()).unwrap() == before);
    assert_eq!(place.open().unwrap().verify().unwrap(), 2);
}

#[test]
fn a_newer_format_is_left_alone() {
    let place = Place::with_lines(2);
    place.alter("PRAGMA user_version = 2");
    place.refuses(|error| matches!(error, Error::Newer { version: 2, .. }));
}

#[test]
fn a_log_that_is_open_elsewhere_is_in_use() {
    let place = Place::with_lines(2);
    let first = place.open().unwrap();
    place.refuses(|error| matches!(error, Error::InUse { .. }));
    assert!(matches!(place.begin_beside(KEY), Err(Error::InUse { .. })));
    drop(first);
    place.open().unwrap();
}

#[test]
fn a_new_log_is_begun_beside_a_damaged_or_foreign_one() {
    let place = Place::with_lines(2);
    let foreign = fs::read(place.path()).unwrap();
    let (mut log, kept) = place.begin_beside(OTHER_KEY).unwrap();
    assert_eq!(kept, place.path().with_file_name("activity-kept-1.db"));
    assert!(fs::read(&kept).unwrap() == foreign);
    assert_eq!(log.append(entry("new")), 1);
    drop(log);
    assert_eq!(Log::open(&place.path(), OTHER_KEY.into()).unwrap().lines(None, 9).unwrap(), [line(1, "new")]);
    assert_eq!(Log::open(&kept, KEY.into()).unwrap().verify().unwrap(), 2);

    fs::write(place.path(), "damaged").unwrap();
    let (log, kept) = place.begin_beside(KEY).unwrap();
    assert_eq!(kept, place.path().with_file_name("activity-kept-2.db"));
    assert_eq!(fs::read(&kept).unwrap(), b"damaged");
    assert_eq!(log.lines(None, 9).unwrap(), []);
}

#[test]
fn nothing_that_was_logged_stands_in_the_files() {
    let place = Place::new();
    let mut log = place.open().unwrap();
    let marked = Entry {
        account: Some("MARK".into()),
        app: Some("MARK".into()),
        record: Some("MARK".into()),
        origin: Some("https://MARK.test".into()),
        browser: Some("MARK".into()),
        reason: Some("MARK".into()),
        ..entry("MARK")
    };
    log.append(marked);
    log.flush().unwrap();
    let log_file = fs::read(place.path().with_file_name("activity.db-wal")).unwrap();
    assert!(log_file.len() > 4096 && !contains(&log_file, b"MARK"));
    drop(log);
    assert!(!contains(&fs::read(place.path()).unwrap(), b"MARK"));
}

#[cfg(unix)]
#[test]
fn the_file_is_the_persons_alone() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let place = Place::with_lines(1);
    assert_eq!(fs::metadata(place.path()).unwrap().mode() & 0o777, 0o600);
    fs::set_permissions(place.path(), fs::Permissions::from_mode(0o640)).unwrap();
    place.refuses(|error| matches!(error, Error::NotPrivate { .. }));
}

/// A folder with, perhaps, a log in it.
struct Place {
    root: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { root: TempDir::new().unwrap() }
    }

    fn with_lines(count: u64) -> Self {
        let place = Self::new();
        let mut log = place.open().unwrap();
        for number in 1..=count {
            log.append(entry(&format!("app{number}")));
        }
        drop(log);
        place
    }

    fn path(&self) -> PathBuf {
        self.root.path().join("activity.db")
    }

    fn open(&self) -> Result<Log, Error> {
        Log::open(&self.path(), KEY.into())
    }

    fn begin_beside(&self, key: [u8; 32]) -> Result<(Log, PathBuf), Error> {
        Log::begin_beside(&self.path(), key.into())
    }

    /// Changes the closed file behind the log's back.
    fn alter(&self, sql: &str) {
        Connection::open(self.path()).unwrap().execute_batch(sql).unwrap();
    }

    /// Opening fails in this way, and the file is as it was.
    #[track_caller]
    fn refuses(&self, expected: impl Fn(&Error) -> bool) {
        let before = fs::read(self.path()).unwrap();
        let error = self.open().err().expect("the log does not open");
        assert!(expected(&error), "{error:?}");
        assert!(fs::read(self.path()).unwrap() == before, "the file was changed");
    }
}

fn entry(app: &str) -> Entry {
    Entry {
        at: 1_700_000_000_000,
        event: Event::Filled,
        account: Some("alice".into()),
        app: Some(app.into()),
        record: None,
        origin: Some("https://payroll.test".into()),
        browser: None,
        outcome: Outcome::Done,
        reason: None,
    }
}

fn line(sequence: u64, app: &str) -> Line {
    Line { sequence, entry: entry(app) }
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
