//! A vault that cannot be opened is kept, and another begun beside it.

use super::*;

/// Begins anew and finds the old bytes under the kept name.
#[track_caller]
fn begins_beside(place: &Place) -> PathBuf {
    let before = place.bytes();
    let (mut vault, kept) = place.begin_beside().unwrap();
    vault.unlock().unwrap();
    assert_eq!(vault.overviews().unwrap().count(), 0);
    assert!(fs::read(&kept).unwrap() == before, "the old file was changed");
    vault.add(overview("alice"), secret("new")).unwrap();
    drop(vault);
    assert_eq!(place.unlocked().overviews().unwrap().count(), 1);
    kept
}

#[test]
fn a_vault_whose_key_is_lost_is_kept() {
    let (place, _) = Place::with_two_records();
    place.keychain.forget_all();
    assert_eq!(begins_beside(&place), place.dir().join("vault-kept-1.db"));
    place.keychain.forget_all();
    assert_eq!(begins_beside(&place), place.dir().join("vault-kept-2.db"));
}

#[test]
fn a_kept_vault_opens_once_its_key_is_back() {
    let (place, [alice, _]) = Place::with_two_records();
    let item = Item::device_secret(place.open().unwrap().id());
    let key = place.keychain.get(&item).unwrap().unwrap();
    place.keychain.forget_all();
    let kept = begins_beside(&place);
    place.keychain.set(&item, &key).unwrap();
    fs::rename(kept, place.path()).unwrap();
    assert_eq!(secret_of(&place.unlocked(), alice).unwrap(), "one");
}

#[test]
fn a_foreign_vault_is_kept() {
    let (place, _) = Place::with_two_records();
    let id = place.open().unwrap().id();
    place.keychain.set(&Item::device_secret(id), &secret("other")).unwrap();
    begins_beside(&place);
}

#[test]
fn a_damaged_vault_is_kept() {
    let (place, _) = Place::with_two_records();
    let whole = place.bytes();
    for length in [0, 100, 4096, whole.len() - 1] {
        fs::write(place.path(), &whole[..length]).unwrap();
        begins_beside(&place);
    }
}

#[test]
fn a_vault_that_opens_and_does_not_unlock_is_kept() {
    let (place, _) = Place::with_two_records();
    place.alter("DELETE FROM record");
    begins_beside(&place);
}

#[test]
fn the_log_of_a_kept_vault_is_kept_with_it() {
    let (place, [alice, _]) = Place::with_two_records();
    let crashed = Place { keychain: place.keychain.clone(), ..Place::new() };
    drop(crashed.open().unwrap());
    let mut vault = place.unlocked();
    let item = Item::device_secret(vault.id());
    vault.update(alice, overview("alice"), secret("in the log").into()).unwrap();
    place.copy_to(&crashed.dir());
    drop(vault);
    let key = place.keychain.get(&item).unwrap().unwrap();
    let (file, log) = (crashed.bytes(), fs::read(crashed.dir().join("vault.db-wal")).unwrap());

    crashed.keychain.forget_all();
    let (fresh, kept) = crashed.begin_beside().unwrap();
    drop(fresh);
    assert!(fs::read(&kept).unwrap() == file);
    let kept_log = crashed.dir().join("vault-kept-1.db-wal");
    assert!(fs::read(&kept_log).unwrap() == log);

    crashed.keychain.set(&item, &key).unwrap();
    fs::rename(kept, crashed.path()).unwrap();
    fs::rename(kept_log, crashed.dir().join("vault.db-wal")).unwrap();
    assert_eq!(secret_of(&crashed.unlocked(), alice).unwrap(), "in the log");
}

/// Beginning anew fails in this way, and everything in the folder is as it was.
#[track_caller]
fn refuses_to_begin(place: &Place, expected: impl Fn(&OpenError) -> bool) {
    let before = place.bytes();
    let error = place.begin_beside().err().expect("nothing is begun");
    assert!(expected(&error), "{error:?}");
    assert!(place.bytes() == before, "the file was changed");
    let kept = fs::read_dir(place.dir())
        .unwrap()
        .filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().contains("kept"));
    assert_eq!(kept.count(), 0);
}

#[test]
fn a_vault_in_order_is_not_replaced() {
    let (place, _) = Place::with_two_records();
    refuses_to_begin(&place, |error| matches!(error, OpenError::Usable { .. }));
}

#[test]
fn a_vault_is_not_replaced_while_its_keychain_cannot_be_asked() {
    let (place, _) = Place::with_two_records();
    place.keychain.set_locked(true);
    refuses_to_begin(&place, |error| matches!(error, OpenError::Keychain(KeychainError::Locked)));
    place.keychain.set_locked(false);
    place.keychain.set_absent(true);
    refuses_to_begin(&place, |error| matches!(error, OpenError::Keychain(KeychainError::Absent)));
}

#[test]
fn a_damaged_vault_is_not_replaced_while_no_new_key_can_be_kept() {
    let (place, _) = Place::with_two_records();
    fs::write(place.path(), "damaged").unwrap();
    place.keychain.set_refuses_writes(true);
    refuses_to_begin(&place, |error| matches!(error, OpenError::Keychain(KeychainError::Failed(_))));
}

#[test]
fn a_newer_vault_is_not_replaced() {
    let (place, _) = Place::with_two_records();
    place.alter("PRAGMA user_version = 9");
    refuses_to_begin(&place, |error| matches!(error, OpenError::Newer { version: 9, .. }));
}

#[test]
fn a_vault_in_use_is_not_replaced() {
    let (place, _) = Place::with_two_records();
    let open = place.open().unwrap();
    refuses_to_begin(&place, |error| matches!(error, OpenError::InUse { .. }));
    drop(open);
}
