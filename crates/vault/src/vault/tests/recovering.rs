//! The device secret is lost, and a recovery code or the organisation leads back.

use super::*;
use crate::{OrganisationSecret, RecoverError, RecoveryKey, Restorable, RestoreError, open_escrow};

impl Place {
    fn recover(&self, key: &RecoveryKey) -> Result<(Vault, Vec<SlotKind>), RecoverError> {
        Vault::recover(&self.dir(), self.keychain(), key).map(|found| (found.vault, found.lost))
    }
}

fn both_are_there(vault: &Vault, [alice, bob]: [RecordId; 2]) {
    assert_eq!(secret_of(vault, alice).unwrap(), "one");
    assert_eq!(secret_of(vault, bob).unwrap(), "two");
    assert_eq!(vault.read_only(), None);
    assert!(vault.verify().unwrap().damage.is_empty());
}

fn with_code() -> (Place, [RecordId; 2], RecoveryKey) {
    let (place, ids) = Place::with_two_records();
    let code = RecoveryCode::make_random();
    place.unlocked().set_recovery_code(&code, now()).unwrap();
    (place, ids, RecoveryKey::Code(code))
}

#[test]
fn a_keyring_that_was_reset_costs_no_credential() {
    let (place, ids, key) = with_code();
    place.keychain.forget_all();
    assert!(matches!(place.open(), Err(OpenError::KeyLost { .. })));
    assert!(Vault::has_recovery_code(&place.dir()));
    let (vault, lost) = place.recover(&key).unwrap();
    both_are_there(&vault, ids);
    assert_eq!(lost, []);
    assert_eq!(vault.service_get("tokens").unwrap(), None, "what the old device secret sealed is gone");
    drop(vault);
    let mut vault = place.unlocked();
    both_are_there(&vault, ids);
    vault.service_put("tokens", b"new").unwrap();
    drop(vault);
    place.keychain.forget_all();
    both_are_there(&place.recover(&key).unwrap().0, ids);
}

#[test]
fn another_s_key_in_the_keyring_is_not_overwritten_and_leads_nowhere_else() {
    let (place, ids, key) = with_code();
    let item = Item::device_secret(place.open().unwrap().id());
    let other = encode_key(&Key::make_random());
    place.keychain.set(&item, &other).unwrap();
    assert!(matches!(place.open(), Err(OpenError::Foreign { .. })));
    both_are_there(&place.recover(&key).unwrap().0, ids);
    let kept = place.keychain.get(&item).unwrap().unwrap();
    assert_eq!(kept.expose_secret(), other.expose_secret());
    both_are_there(&place.unlocked(), ids);
}

#[test]
fn what_needed_the_lost_device_secret_is_gone_and_named() {
    let (place, ids, code) = asks_always();
    let mut vault = place.open().unwrap();
    unlock_with_pin(&mut vault, "1234", now()).unwrap();
    vault.add_security_key("", vec![1], [3; 32], &[4; 32], now()).unwrap();
    drop(vault);
    place.keychain.forget_all();
    let (vault, mut lost) = place.recover(&RecoveryKey::Code(code)).unwrap();
    both_are_there(&vault, ids);
    lost.sort();
    assert_eq!(lost, [SlotKind::Pin, SlotKind::SecurityKey]);
    assert_eq!(kinds(&vault), [SlotKind::Device, SlotKind::RecoveryCode]);
}

#[test]
fn a_wrong_code_or_none_changes_nothing() {
    let (place, _, _) = with_code();
    place.keychain.forget_all();
    let before = place.bytes();
    let wrong = RecoveryKey::Code(RecoveryCode::make_random());
    let found = place.recover(&wrong).err();
    assert!(matches!(found, Some(RecoverError::Unlock(UnlockError::Wrong(SlotKind::RecoveryCode)))));
    assert!(place.bytes() == before);
    assert!(place.keychain.is_empty());

    let (place, _) = Place::with_two_records();
    place.keychain.forget_all();
    assert!(!Vault::has_recovery_code(&place.dir()));
    let found = place.recover(&wrong).err();
    assert!(matches!(found, Some(RecoverError::Unlock(UnlockError::NoSuchWay(SlotKind::RecoveryCode)))));
}

#[test]
fn a_keychain_that_cannot_be_used_is_no_lost_key() {
    let (place, _, key) = with_code();
    let before = place.bytes();
    place.keychain.set_locked(true);
    assert!(matches!(place.recover(&key).err(), Some(RecoverError::Open(OpenError::Keychain(_)))));
    place.keychain.set_locked(false);
    place.keychain.forget_all();
    place.keychain.set_drops_writes(true);
    assert!(matches!(place.recover(&key).err(), Some(RecoverError::Open(OpenError::Keychain(_)))));
    drop(before);
    place.keychain.set_drops_writes(false);
    place.recover(&key).unwrap();
}

#[test]
fn a_crash_after_the_keychain_was_told_is_led_out_of_by_the_same_code() {
    let (place, ids, key) = with_code();
    place.keychain.forget_all();
    let crashed = place.bytes();
    drop(place.recover(&key).unwrap());
    let told = place.keychain.len();
    fs::write(place.path(), crashed).unwrap();
    assert!(matches!(place.open(), Err(OpenError::Foreign { .. })));
    let (vault, _) = place.recover(&key).unwrap();
    assert_eq!(secret_of(&vault, ids[0]).unwrap(), "one");
    drop(vault);
    assert_eq!(place.keychain.len(), told);
    assert_eq!(secret_of(&place.unlocked(), ids[1]).unwrap(), "two");
}

#[test]
fn with_its_device_secret_the_vault_is_unlocked_and_nothing_is_lost() {
    let (place, ids, code) = asks_always();
    let (vault, lost) = place.recover(&RecoveryKey::Code(code)).unwrap();
    both_are_there(&vault, ids);
    assert_eq!((lost, kinds(&vault)), (vec![], vec![SlotKind::Pin, SlotKind::RecoveryCode]));
    assert_eq!(&*vault.service_get("tokens").unwrap().unwrap(), b"refresh");
}

#[test]
fn a_backup_and_the_code_make_a_working_vault_on_a_new_computer() {
    let (place, ids, key) = with_code();
    let backup = place.root.path().join("stick.db");
    place.unlocked().back_up_to(&backup).unwrap();
    let new = Place::new();
    let read = Restorable::read(&new.dir(), &backup, new.keychain(), None, Some(&key)).unwrap();
    assert_eq!(read.records(), 2);
    assert!(new.keychain.is_empty(), "nothing is kept of what is only looked at");
    read.put_in_place(None).unwrap();
    let mut vault = new.unlocked();
    both_are_there(&vault, ids);
    vault.remove(ids[0]).unwrap();
    drop(vault);
    new.keychain.forget_all();
    let (vault, _) = new.recover(&key).unwrap();
    assert_eq!(secret_of(&vault, ids[1]).unwrap(), "two", "the code goes on");
    both_are_there(&place.unlocked(), ids);
}

#[test]
fn a_backup_from_before_the_keyring_was_reset_takes_the_place_of_the_vault_after_it() {
    let (place, ids, key) = with_code();
    let backup = place.unlocked().back_up().unwrap().path;
    place.keychain.forget_all();
    let (mut vault, _) = place.recover(&key).unwrap();
    vault.service_put("tokens", b"new").unwrap();
    vault.remove(ids[0]).unwrap();
    let without = Restorable::read(&place.dir(), &backup, place.keychain(), None, None);
    assert!(matches!(without, Err(RestoreError::KeyLost { .. })));
    let read = Restorable::read(&place.dir(), &backup, place.keychain(), None, Some(&key)).unwrap();
    let kept = read.put_in_place(Some(vault)).unwrap().unwrap();
    let vault = place.unlocked();
    both_are_there(&vault, ids);
    assert_eq!(&*vault.service_get("tokens").unwrap().unwrap(), b"new");
    drop(vault);
    fs::copy(kept, place.path()).unwrap();
    assert_eq!(secret_of(&place.unlocked(), ids[1]).unwrap(), "two", "the one that was replaced opens");
}

#[test]
fn a_backup_opens_with_the_code_of_its_time_only() {
    let (place, _, key) = with_code();
    let backup = place.unlocked().back_up().unwrap().path;
    let newer = RecoveryCode::make_random();
    place.unlocked().set_recovery_code(&newer, now()).unwrap();
    let newer = RecoveryKey::Code(newer);
    let read = |key| Restorable::read(&place.dir(), &backup, place.keychain(), None, Some(key));
    assert!(matches!(read(&newer), Err(RestoreError::WrongCode { .. })));
    read(&key).unwrap().give_up();
}

#[test]
fn what_the_organisation_opened_leads_back_with_its_words() {
    let (place, ids) = Place::with_two_records();
    let organisation = OrganisationSecret::make_random();
    let mut vault = place.unlocked();
    vault.set_escrow(&organisation.public_key(), &[], false, now()).unwrap();
    let backup = place.root.path().join("stick.db");
    vault.back_up_to(&backup).unwrap();
    drop(vault);
    let (opening, words) = open_escrow(&backup, &organisation).unwrap();

    place.keychain.forget_all();
    let wrong = RecoveryKey::Escrow(opening.clone(), RecoveryCode::make_random());
    assert!(matches!(
        place.recover(&wrong).err(),
        Some(RecoverError::Unlock(UnlockError::Wrong(SlotKind::Escrow)))
    ));
    let right = RecoveryKey::Escrow(opening, words);
    both_are_there(&place.recover(&right).unwrap().0, ids);

    let new = Place::new();
    let read = Restorable::read(&new.dir(), &backup, new.keychain(), None, Some(&right)).unwrap();
    read.put_in_place(None).unwrap();
    let vault = new.unlocked();
    both_are_there(&vault, ids);
    assert_eq!(kinds(&vault), [SlotKind::Device, SlotKind::Escrow]);

    let (other, _) = Place::with_two_records();
    assert!(other.recover(&right).is_err(), "it is of one vault");
}
