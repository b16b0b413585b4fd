//! Backups, looking at everything, new keys, and bringing an older format up to date.

use std::time::{Duration, SystemTime};

use rusqlite::Connection;

use super::*;
use crate::file::FORMAT;
use crate::vault::migrate::{self, Step};
use crate::{BACKUPS_KEPT, Damage, Report};

/// Puts a backup where the vault was.
fn put_back(place: &Place, backup: &Path) {
    fs::copy(backup, place.path()).unwrap();
    fs::remove_file(place.dir().join("vault.db-wal")).ok();
}

fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn whole(vault: &Vault) -> Report {
    let report = vault.verify().unwrap();
    assert!(report.damage.is_empty(), "{:?}", report.damage);
    report
}

#[test]
fn a_backup_has_what_the_vault_had_and_is_private() {
    let (place, [alice, bob]) = Place::with_two_records();
    let mut vault = place.unlocked();
    let backup = vault.back_up().unwrap();
    assert_eq!((mode(&backup.path), mode(backup.path.parent().unwrap())), (0o600, 0o700));
    vault.remove(bob).unwrap();
    drop(vault);

    put_back(&place, &backup.path);
    let vault = place.unlocked();
    assert_eq!(secret_of(&vault, alice).unwrap(), "one");
    assert_eq!(secret_of(&vault, bob).unwrap(), "two");
    assert_eq!(vault.service_get("tokens").unwrap().unwrap()[..], b"refresh"[..]);
    assert_eq!(vault.read_only(), Some(ReadOnlyReason::OlderThanKeychain));
}

#[test]
fn a_backup_is_not_made_of_a_locked_vault() {
    let (place, _) = Place::with_two_records();
    assert!(matches!(place.open().unwrap().back_up(), Err(StoreError::Locked)));
}

#[test]
fn the_last_backups_are_kept_and_the_same_state_is_kept_once() {
    let (place, [alice, _]) = Place::with_two_records();
    let mut vault = place.unlocked();
    for number in 0..BACKUPS_KEPT + 3 {
        vault.update(alice, overview("alice"), secret(&number.to_string()).into()).unwrap();
        vault.back_up().unwrap();
        vault.back_up().unwrap();
    }
    let backups = vault.backups().unwrap();
    assert_eq!(backups.len(), BACKUPS_KEPT);
    assert!(backups.is_sorted_by(|newer, older| newer.generation == older.generation + 1));
    let left = fs::read_dir(place.dir().join("backups")).unwrap().count();
    assert_eq!(left, BACKUPS_KEPT, "nothing unfinished is left");
}

#[test]
fn a_change_is_backed_up_once_a_day_however_the_clock_jumps() {
    let (place, [alice, _]) = Place::with_two_records();
    let mut vault = place.unlocked();
    let now = SystemTime::now();
    let hours = |hours: u64| Duration::from_secs(hours * 3600);
    let change = |vault: &mut Vault| vault.update(alice, overview("alice"), secret("x").into()).unwrap();
    let made = |vault: &Vault, at: SystemTime| vault.back_up_if_due(at).unwrap().is_some();

    assert!(made(&vault, now), "the first");
    assert!(!made(&vault, now + hours(100)), "nothing was saved since");
    change(&mut vault);
    assert!(!made(&vault, now + hours(23)));
    assert!(!made(&vault, now - hours(23)));
    assert!(made(&vault, now + hours(25)));
    change(&mut vault);
    assert!(made(&vault, now - hours(1000)), "a clock that went far back stops no backup");
}

#[test]
fn a_backup_elsewhere_takes_no_file_s_place() {
    let (place, _) = Place::with_two_records();
    let vault = place.unlocked();
    let file = place.root.path().join("elsewhere.db");
    vault.back_up_to(&file).unwrap();
    assert_eq!(mode(&file), 0o600);
    let before = fs::read(&file).unwrap();
    let again = vault.back_up_to(&file);
    assert!(
        matches!(again, Err(StoreError::Io { source }) if source.kind() == std::io::ErrorKind::AlreadyExists)
    );
    assert_eq!(fs::read(&file).unwrap(), before);
    assert_eq!(vault.backups().unwrap(), []);
}

#[test]
fn what_was_removed_is_not_in_a_backup() {
    let (place, [_, bob]) = Place::with_two_records();
    let mut vault = place.unlocked();
    vault.remove(bob).unwrap();
    let backup = fs::read(vault.back_up().unwrap().path).unwrap();
    assert!(!backup.windows(16).any(|window| window == bob.as_bytes()));
}

#[test]
fn everything_in_a_whole_vault_opens() {
    let (place, _) = Place::with_two_records();
    let report = whole(&place.unlocked());
    assert_eq!((report.organisation, report.personal, report.service), (0, 2, 1));
    assert_eq!(report.known.unwrap(), Some(report.generation));
}

#[test]
fn each_damage_is_found_and_named() {
    let (place, [alice, bob]) = Place::with_two_records();
    let found = |sql: &str| {
        let vault = place.unlocked();
        vault.file.db().execute_batch("SAVEPOINT damage").unwrap();
        vault.file.db().execute_batch(sql).unwrap();
        let damage = vault.verify().unwrap().damage;
        vault.file.db().execute_batch("ROLLBACK TO damage; RELEASE damage").unwrap();
        damage
    };
    let secret = found(&format!("UPDATE record SET secret = zeroblob(60) WHERE hex(id) = upper('{alice}')"));
    assert!(matches!(secret[..], [Damage::Record(id)] if id == alice), "{secret:?}");
    let gone = found(&format!("DELETE FROM record WHERE hex(id) = upper('{bob}')"));
    assert!(matches!(gone[..], [Damage::Set]), "{gone:?}");
    let service = found("UPDATE service SET sealed = zeroblob(40)");
    assert!(matches!(service[..], [Damage::Sealed("service entry")]), "{service:?}");
    whole(&place.unlocked());
}

#[test]
fn new_keys_keep_every_record_and_old_backups_stay_readable() {
    let (place, [alice, bob]) = Place::with_two_records();
    let mut vault = place.unlocked();
    let backup = vault.back_up().unwrap();
    let sealed = |vault: &Vault| -> Vec<Vec<u8>> {
        let sql = "SELECT secret FROM record UNION ALL SELECT overview FROM record UNION ALL \
                   SELECT sealed FROM slot UNION ALL SELECT wrapped FROM wrapped_key WHERE what <> 'service'";
        let mut statement = vault.file.db().prepare(sql).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let before = sealed(&vault);
    vault.rekey().unwrap();
    assert!(sealed(&vault).iter().all(|new| !before.contains(new)), "all of it is sealed anew");
    assert_eq!(secret_of(&vault, alice).unwrap(), "one");
    vault.update(bob, overview("bob"), secret("three").into()).unwrap();
    drop(vault);

    let vault = place.unlocked();
    assert_eq!(vault.read_only(), None);
    assert_eq!(secret_of(&vault, bob).unwrap(), "three");
    assert_eq!(whole(&vault).personal, 2);
    drop(vault);

    put_back(&place, &backup.path);
    assert_eq!(secret_of(&place.unlocked(), bob).unwrap(), "two");
}

#[test]
fn new_keys_that_cannot_be_made_change_nothing() {
    let (place, [alice, bob]) = Place::with_two_records();
    let mut vault = place.unlocked();
    vault
        .file
        .db()
        .execute("UPDATE record SET secret = zeroblob(60) WHERE id = ?1", [bob.as_bytes()])
        .unwrap();
    assert!(matches!(vault.rekey(), Err(StoreError::Damaged { source: Damage::Record(id) }) if id == bob));
    assert_eq!(secret_of(&vault, alice).unwrap(), "one");
    vault.update(alice, overview("alice"), secret("four").into()).unwrap();
    drop(vault);
    assert_eq!(secret_of(&place.unlocked(), alice).unwrap(), "four");
}

/// Opens the vault as a later Lanyard would, that has this step more.
fn migrated(place: &Place, step: Step) -> Result<Vault, OpenError> {
    let found = file::find(&place.path())?.unwrap();
    let steps = [migrate::STEPS, &[step]].concat();
    Vault::open_migrating(place.path(), found, place.keychain(), &steps)
}

fn format_of(path: &Path) -> u32 {
    Connection::open(path).unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

#[test]
fn an_older_format_is_copied_and_brought_up_to_date() {
    let (place, [alice, _]) = Place::with_two_records();
    let step: Step = |_, transaction| Ok(transaction.execute_batch("ALTER TABLE slot ADD COLUMN hint BLOB")?);
    let mut vault = migrated(&place, step).unwrap();
    vault.unlock().unwrap();
    assert_eq!(secret_of(&vault, alice).unwrap(), "one");
    let copy = vault.backup_path_of_format(FORMAT);
    drop(vault);
    assert_eq!((format_of(&place.path()), format_of(&copy)), (FORMAT + 1, FORMAT));
    assert!(matches!(place.open(), Err(OpenError::Newer { version, .. }) if version == FORMAT + 1));

    put_back(&place, &copy);
    assert_eq!(secret_of(&place.unlocked(), alice).unwrap(), "one");
}

#[test]
fn a_migration_that_loses_something_is_not_kept() {
    let steps: [Step; 2] = [
        |_, transaction| Ok(transaction.execute_batch("DELETE FROM record WHERE rowid_of_nothing = 1")?),
        |_, transaction| Ok(transaction.execute_batch("DELETE FROM record")?),
    ];
    for step in steps {
        let (place, [alice, _]) = Place::with_two_records();
        assert!(matches!(migrated(&place, step), Err(OpenError::Migration { version: FORMAT, .. })));
        assert_eq!(format_of(&place.path()), FORMAT);
        assert_eq!(secret_of(&place.unlocked(), alice).unwrap(), "one");
    }
}

#[test]
fn without_a_copy_nothing_is_migrated() {
    let (place, _) = Place::with_two_records();
    fs::write(place.dir().join("backups"), b"no folder").unwrap();
    let opened = migrated(&place, |_, transaction| Ok(transaction.execute_batch("DROP TABLE slot")?));
    assert!(matches!(opened, Err(OpenError::Migration { version: FORMAT, .. })));
    place.unlocked();
}
