//! The states of a keychain are told apart, and none of them costs a vault.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

use super::*;

#[test]
fn a_locked_keychain_makes_no_vault_and_opens_none() {
    let place = Place::new();
    place.keychain.set_locked(true);
    assert!(matches!(place.open(), Err(OpenError::Keychain(KeychainError::Locked))));
    assert!(!place.path().exists());
    let (place, _) = Place::with_two_records();
    place.keychain.set_locked(true);
    place.refuses(|error| matches!(error, OpenError::Keychain(KeychainError::Locked)));
    place.keychain.set_locked(false);
    place.unlocked();
}

#[test]
fn an_absent_keychain_makes_no_vault_and_opens_none() {
    let place = Place::new();
    place.keychain.set_absent(true);
    assert!(matches!(place.open(), Err(OpenError::Keychain(KeychainError::Absent))));
    assert!(!place.path().exists());
    let (place, _) = Place::with_two_records();
    place.keychain.set_absent(true);
    place.refuses(|error| matches!(error, OpenError::Keychain(KeychainError::Absent)));
}

#[test]
fn a_keychain_without_the_entry_means_that_the_key_is_lost() {
    let (place, _) = Place::with_two_records();
    place.keychain.forget_all();
    place.refuses(|error| matches!(error, OpenError::KeyLost { path } if *path == place.path()));
    assert!(place.keychain.is_empty(), "no new key is made over an old vault");
}

#[test]
fn another_key_under_the_same_name_means_that_it_is_somebody_elses() {
    for value in [BASE64_STANDARD.encode([7; 32]), BASE64_STANDARD.encode([7; 31]), "no base64".into()] {
        let (place, _) = Place::with_two_records();
        let id = place.open().unwrap().id();
        place.keychain.set(&Item::device_secret(id), &value.into()).unwrap();
        place.refuses(|error| matches!(error, OpenError::Foreign { path } if *path == place.path()));
    }
}

#[test]
fn the_file_of_somebody_else_does_not_open_with_my_keychain() {
    let (theirs, _) = Place::with_two_records();
    let (mine, _) = Place::with_two_records();
    fs::copy(theirs.path(), mine.path()).unwrap();
    mine.refuses(|error| matches!(error, OpenError::KeyLost { .. }));
}

#[test]
fn unlocking_tells_the_same_states_apart() {
    let (place, _) = Place::with_two_records();
    let mut vault = place.open().unwrap();
    let item = Item::device_secret(vault.id());
    let good = place.keychain.get(&item).unwrap().unwrap();
    place.keychain.set_locked(true);
    assert!(matches!(vault.unlock(), Err(UnlockError::Keychain(KeychainError::Locked))));
    place.keychain.set_locked(false);
    place.keychain.set_absent(true);
    assert!(matches!(vault.unlock(), Err(UnlockError::Keychain(KeychainError::Absent))));
    place.keychain.set_absent(false);
    place.keychain.set(&item, &BASE64_STANDARD.encode([7; 32]).into()).unwrap();
    assert!(matches!(vault.unlock(), Err(UnlockError::Foreign)));
    place.keychain.forget_all();
    assert!(matches!(vault.unlock(), Err(UnlockError::KeyLost { .. })));
    assert!(!vault.is_unlocked());
    place.keychain.set(&item, &good).unwrap();
    vault.unlock().unwrap();
}

#[test]
fn a_keychain_that_does_not_keep_the_key_makes_no_vault() {
    let place = Place::new();
    place.keychain.set_drops_writes(true);
    assert!(matches!(place.open(), Err(OpenError::Keychain(KeychainError::Failed(_)))));
    place.keychain.set_drops_writes(false);
    place.keychain.set_refuses_writes(true);
    assert!(matches!(place.open(), Err(OpenError::Keychain(KeychainError::Failed(_)))));
    assert!(!place.path().exists());
}

#[test]
fn two_vaults_share_a_keychain() {
    let (first, [alice, _]) = Place::with_two_records();
    let second = Place { keychain: first.keychain.clone(), ..Place::new() };
    second.unlocked().add(overview("carol"), secret("three")).unwrap();
    assert_eq!(secret_of(&first.unlocked(), alice).unwrap(), "one");
    assert_eq!(second.unlocked().overviews().unwrap().count(), 1);
}

#[test]
fn a_crash_between_saving_and_telling_the_keychain_is_repaired() {
    let (place, _) = Place::with_two_records();
    let before = place.bytes();
    let mut vault = place.unlocked();
    place.keychain.set_refuses_writes(true);
    let id = vault.add(overview("carol"), secret("three")).unwrap();
    drop(vault);
    place.keychain.set_refuses_writes(false);

    let vault = place.unlocked();
    assert_eq!(vault.read_only(), None);
    assert_eq!(secret_of(&vault, id).unwrap(), "three");
    drop(vault);

    // The repair told the keychain, so the state before it counts as old.
    fs::write(place.path(), before).unwrap();
    assert_eq!(place.unlocked().read_only(), Some(ReadOnlyReason::OlderThanKeychain));
}

#[test]
fn an_older_file_can_be_read_and_not_changed_until_it_is_accepted() {
    let (place, [alice, bob]) = Place::with_two_records();
    let older = place.bytes();
    place.unlocked().remove(bob).unwrap();
    fs::write(place.path(), older).unwrap();

    let mut vault = place.unlocked();
    let reason = ReadOnlyReason::OlderThanKeychain;
    assert_eq!(vault.read_only(), Some(reason));
    assert_eq!(secret_of(&vault, alice).unwrap(), "one");
    assert!(
        matches!(vault.add(overview("x"), secret("y")), Err(StoreError::ReadOnly(found)) if found == reason)
    );
    assert!(matches!(
        vault.update(alice, overview("x"), SecretChange::default()),
        Err(StoreError::ReadOnly(_))
    ));
    assert!(matches!(vault.remove(alice), Err(StoreError::ReadOnly(_))));
    assert_eq!(vault.overviews().unwrap().count(), 2);
    vault.service_put("tokens", b"signed in again").unwrap();

    vault.dangerous_accept_older().unwrap();
    assert_eq!(vault.read_only(), None);
    vault.remove(alice).unwrap();
    drop(vault);
    assert_eq!(place.unlocked().read_only(), None);
}

#[test]
fn an_error_has_a_hint_and_names_the_file() {
    let (place, _) = Place::with_two_records();
    place.keychain.forget_all();
    let error = place.open().err().unwrap();
    assert!(error.to_string().contains("vault.db"), "{error}");
    assert!(error.hint().contains("begin a new vault"), "{}", error.hint());
}
