//! A file that is not what was saved is noticed, and left as it is.

use super::*;

fn is_damaged(error: &OpenError) -> bool {
    matches!(error, OpenError::Damaged { .. })
}

/// The file opens, and unlocking finds this.
#[track_caller]
fn unlock_finds(place: &Place, expected: impl Fn(&Damage) -> bool) {
    let before = place.bytes();
    let mut vault = place.open().unwrap();
    match vault.unlock() {
        Err(UnlockError::Damaged { source }) => assert!(expected(&source), "{source:?}"),
        other => panic!("{other:?}"),
    }
    assert!(!vault.is_unlocked());
    drop(vault);
    assert!(place.bytes() == before, "the file was changed");
}

#[test]
fn a_truncated_file_is_damaged() {
    let (place, _) = Place::with_two_records();
    let whole = place.bytes();
    for length in
        [0, 1, 99, 100, 511, 512, 4095, 4096, 4097, whole.len() / 2, whole.len() - 4096, whole.len() - 1]
    {
        fs::write(place.path(), &whole[..length]).unwrap();
        place.refuses(is_damaged);
    }
    fs::write(place.path(), &whole).unwrap();
    place.unlocked();
}

#[test]
fn a_file_that_is_no_vault_is_damaged() {
    let (place, _) = Place::with_two_records();
    fs::write(place.path(), "x".repeat(8192)).unwrap();
    place.refuses(is_damaged);

    fs::remove_file(place.path()).unwrap();
    place.alter("CREATE TABLE bookmarks (url TEXT)");
    fs::set_permissions(place.path(), fs::metadata(place.dir()).unwrap().permissions()).unwrap();
    place.refuses(|error| matches!(error, OpenError::Damaged { source: Damage::NotAVault, .. }));
}

#[test]
fn a_folder_in_the_place_of_the_file_is_damaged() {
    let place = Place::new();
    drop(place.open().unwrap());
    fs::remove_file(place.path()).unwrap();
    fs::create_dir(place.path()).unwrap();
    assert!(matches!(place.open(), Err(OpenError::Damaged { source: Damage::NotAVault, .. })));
}

#[test]
fn a_log_without_its_file_is_damaged() {
    let place = Place::new();
    let vault = place.unlocked();
    let log = fs::read(place.dir().join("vault.db-wal")).unwrap();
    drop(vault);
    fs::remove_file(place.path()).unwrap();
    fs::write(place.dir().join("vault.db-wal"), [log, vec![1]].concat()).unwrap();
    assert!(matches!(place.open(), Err(OpenError::Damaged { source: Damage::StrayLog, .. })));
    assert!(!place.path().exists());
    place.begin_beside().unwrap();
    assert!(place.dir().join("vault-kept-1.db-wal").exists());
}

#[test]
fn a_newer_format_is_left_alone() {
    let (place, _) = Place::with_two_records();
    place.alter("PRAGMA user_version = 3");
    place.refuses(|error| matches!(error, OpenError::Newer { version: 3, .. }));
    place.alter("PRAGMA user_version = 2");
    place.unlocked();
}

#[test]
fn swapped_overviews_are_noticed() {
    let (place, ids) = Place::with_two_records();
    swap(&place, "overview");
    unlock_finds(&place, |damage| matches!(damage, Damage::Record(id) if ids.contains(id)));
}

#[test]
fn swapped_secrets_are_noticed_when_one_is_opened() {
    let (place, [alice, bob]) = Place::with_two_records();
    swap(&place, "secret");
    let vault = place.unlocked();
    for id in [alice, bob] {
        let found = secret_of(&vault, id);
        assert!(
            matches!(found, Err(StoreError::Damaged { source: Damage::Record(damaged) }) if damaged == id),
            "{found:?}"
        );
    }
}

#[test]
fn whole_rows_under_each_others_id_are_noticed() {
    let (place, ids) = Place::with_two_records();
    place.alter(
        "CREATE TEMP TABLE t AS SELECT id FROM record ORDER BY id;
         UPDATE record SET id = x'00' WHERE id = (SELECT min(id) FROM t);
         UPDATE record SET id = (SELECT min(id) FROM t) WHERE id = (SELECT max(id) FROM t);
         UPDATE record SET id = (SELECT max(id) FROM t) WHERE id = x'00';",
    );
    unlock_finds(&place, |damage| matches!(damage, Damage::Record(id) if ids.contains(id)));
}

#[test]
fn a_record_that_was_rolled_back_is_noticed() {
    let (place, [alice, _]) = Place::with_two_records();
    let older = place.root.path().join("older.db");
    fs::copy(place.path(), &older).unwrap();
    place.unlocked().update(alice, overview("alice"), secret("changed").into()).unwrap();
    place.alter(&format!(
        "ATTACH '{}' AS older; REPLACE INTO record SELECT * FROM older.record",
        older.display()
    ));
    unlock_finds(&place, |damage| matches!(damage, Damage::Set));
}

#[test]
fn a_secret_alone_that_was_rolled_back_is_noticed() {
    let (place, [alice, _]) = Place::with_two_records();
    let older = place.root.path().join("older.db");
    fs::copy(place.path(), &older).unwrap();
    place.unlocked().update(alice, overview("alice"), secret("changed").into()).unwrap();
    let attach = format!("ATTACH '{}' AS older;", older.display());
    place.alter(&format!(
        "{attach} UPDATE record SET secret = (SELECT secret FROM older.record o WHERE o.id = record.id)"
    ));
    assert!(matches!(secret_of(&place.unlocked(), alice), Err(StoreError::Damaged { .. })));
    place.alter(&format!(
        "{attach} UPDATE record SET secret_revision = (SELECT secret_revision FROM older.record o WHERE o.id = record.id)"
    ));
    unlock_finds(&place, |damage| matches!(damage, Damage::Set));
}

#[test]
fn a_dropped_record_is_noticed() {
    let (place, _) = Place::with_two_records();
    place.alter("DELETE FROM record WHERE id = (SELECT min(id) FROM record)");
    unlock_finds(&place, |damage| matches!(damage, Damage::Set));
}

#[test]
fn a_record_that_was_put_back_is_noticed() {
    let (place, [alice, _]) = Place::with_two_records();
    let older = place.root.path().join("older.db");
    fs::copy(place.path(), &older).unwrap();
    place.unlocked().remove(alice).unwrap();
    place.alter(&format!(
        "ATTACH '{}' AS older; REPLACE INTO record SELECT * FROM older.record",
        older.display()
    ));
    unlock_finds(&place, |damage| matches!(damage, Damage::Set));
}

#[test]
fn a_record_in_the_other_compartment_is_noticed() {
    let (place, ids) = Place::with_two_records();
    place.alter("UPDATE record SET compartment = 0");
    unlock_finds(&place, |damage| matches!(damage, Damage::Record(id) if ids.contains(id)));
}

#[test]
fn an_altered_header_or_key_is_noticed() {
    for (sql, part) in [
        ("UPDATE header SET sealed = zeroblob(100)", "header"),
        ("UPDATE slot SET wrapped_private = zeroblob(60)", "vault key"),
        ("UPDATE slot SET sealed = zeroblob(80)", "vault key"),
        ("UPDATE slot SET public_key = zeroblob(32)", "vault key"),
        ("UPDATE slot SET id = zeroblob(16)", "vault key"),
        ("UPDATE wrapped_key SET wrapped = zeroblob(60) WHERE what LIKE '%personal'", "compartment personal"),
    ] {
        let (place, _) = Place::with_two_records();
        place.alter(sql);
        unlock_finds(&place, |damage| matches!(damage, Damage::Sealed(found) if *found == part));
    }
    let (place, _) = Place::with_two_records();
    place.alter("UPDATE wrapped_key SET wrapped = zeroblob(60) WHERE what = 'service'");
    place.refuses(|error| matches!(error, OpenError::Damaged { source: Damage::Sealed("service key"), .. }));
}

#[test]
fn a_missing_table_is_noticed() {
    let (place, _) = Place::with_two_records();
    place.alter("DROP TABLE record");
    unlock_finds(&place, |damage| matches!(damage, Damage::Database(_)));
}

#[test]
fn a_service_entry_under_another_name_is_noticed() {
    let (place, _) = Place::with_two_records();
    place.alter("UPDATE service SET name = 'pairings'");
    let vault = place.open().unwrap();
    assert!(matches!(vault.service_get("pairings"), Err(StoreError::Damaged { .. })));
    assert_eq!(vault.service_get("tokens").unwrap(), None);
}

fn swap(place: &Place, column: &str) {
    place.alter(&format!(
        "CREATE TEMP TABLE t AS SELECT id, {column} AS part FROM record;
         UPDATE record SET {column} = (SELECT part FROM t WHERE t.id <> record.id);"
    ));
}
