//! What opens a vault: added, removed, and never too little.

use super::*;
use crate::{Damage, OrganisationSecret, open_escrow};

fn is_wrong(result: &Result<(), UnlockError>, kind: SlotKind) -> bool {
    matches!(result, Err(UnlockError::Wrong(found)) if *found == kind)
}

type Way<'a> = &'a dyn Fn(&mut Vault) -> Result<(), UnlockError>;

#[test]
fn each_slot_opens_the_vault_and_nothing_else_does() {
    let (place, [alice, _]) = Place::with_two_records();
    let mut vault = place.unlocked();
    let (code, other_code) = (RecoveryCode::make_random(), RecoveryCode::make_random());
    vault.set_recovery_code(&code, now()).unwrap();
    set_pin(&mut vault, "1234");
    let key = vault.add_security_key("Blue key", vec![1, 2], [3; 32], &[4; 32], now()).unwrap();
    drop(vault);

    let mut vault = place.open().unwrap();
    assert_eq!(
        kinds(&vault),
        [SlotKind::Device, SlotKind::Pin, SlotKind::SecurityKey, SlotKind::RecoveryCode]
    );
    assert!(is_wrong(&unlock_with_pin(&mut vault, "1235", now()), SlotKind::Pin));
    assert!(is_wrong(&vault.unlock_with_security_key(key, &[5; 32]), SlotKind::SecurityKey));
    assert!(is_wrong(&vault.unlock_with_recovery_code(&other_code), SlotKind::RecoveryCode));
    assert!(!vault.is_unlocked());
    let ways: [Way<'_>; 4] = [
        &|vault| unlock_with_pin(vault, "1234", now()),
        &|vault| vault.unlock_with_security_key(key, &[4; 32]),
        &|vault| vault.unlock_with_recovery_code(&code),
        &Vault::unlock,
    ];
    for way in ways {
        way(&mut vault).unwrap();
        assert_eq!(secret_of(&vault, alice).unwrap(), "one");
        vault.lock();
    }
}

#[test]
fn a_slot_says_what_it_is_and_when_it_was_made() {
    let (place, _) = Place::with_two_records();
    let mut vault = place.unlocked();
    let id = vault.add_security_key("Blue key", vec![1, 2], [3; 32], &[4; 32], now()).unwrap();
    drop(vault);
    let vault = place.open().unwrap();
    let slot = vault.slots().find(|slot| slot.id == id).unwrap();
    assert_eq!((slot.label.as_str(), slot.made_at), ("Blue key", 1_700_000_000_000));
    let expected = crate::Opener::SecurityKey { credential_id: vec![1, 2], salt: [3; 32] };
    assert_eq!(slot.opener, expected);
}

#[test]
fn another_pin_or_code_takes_the_place_of_the_old_one() {
    let (place, [alice, _], old) = asks_always();
    let mut vault = place.open().unwrap();
    unlock_with_pin(&mut vault, "1234", now()).unwrap();
    let new = RecoveryCode::make_random();
    vault.set_recovery_code(&new, now()).unwrap();
    set_pin(&mut vault, "a longer one");
    drop(vault);

    let mut vault = place.open().unwrap();
    assert_eq!(kinds(&vault), [SlotKind::Pin, SlotKind::RecoveryCode]);
    assert!(is_wrong(&unlock_with_pin(&mut vault, "1234", now()), SlotKind::Pin));
    assert!(is_wrong(&vault.unlock_with_recovery_code(&old), SlotKind::RecoveryCode));
    unlock_with_pin(&mut vault, "a longer one", now()).unwrap();
    vault.lock();
    vault.unlock_with_recovery_code(&new).unwrap();
    assert_eq!(secret_of(&vault, alice).unwrap(), "one");
}

#[test]
fn the_device_s_slot_goes_only_where_a_person_and_paper_are_left() {
    let place = Place::new();
    let mut vault = place.unlocked();
    let refused = |vault: &mut Vault| matches!(vault.always_ask(), Err(StoreError::LastWay));
    assert!(refused(&mut vault), "nothing else");
    set_pin(&mut vault, "1234");
    assert!(refused(&mut vault), "a PIN alone");
    let pin = slot_of(&vault, SlotKind::Pin);
    vault.set_recovery_code(&RecoveryCode::make_random(), now()).unwrap();
    vault.remove_slot(pin).unwrap();
    assert!(refused(&mut vault), "paper alone");
    set_pin(&mut vault, "1234");
    vault.always_ask().unwrap();
    assert_eq!(kinds(&vault), [SlotKind::Pin, SlotKind::RecoveryCode]);
    for kind in kinds(&vault) {
        let id = slot_of(&vault, kind);
        assert!(matches!(vault.remove_slot(id), Err(StoreError::LastWay)), "{kind:?}");
    }
    vault.add_security_key("", vec![1], [3; 32], &[4; 32], now()).unwrap();
    let id = slot_of(&vault, SlotKind::Pin);
    vault.remove_slot(id).unwrap();
    assert!(matches!(vault.remove_slot(id), Err(StoreError::NoSuchSlot)));
    vault.ask_no_more(now()).unwrap();
    vault.ask_no_more(now()).unwrap();
    assert_eq!(kinds(&vault), [SlotKind::Device, SlotKind::SecurityKey, SlotKind::RecoveryCode]);
    drop(vault);
    place.unlocked();
}

#[test]
fn without_the_device_s_slot_a_person_is_needed_and_everything_else_works() {
    let (place, [alice, _], code) = asks_always();
    let mut vault = place.open().unwrap();
    assert!(matches!(vault.unlock(), Err(UnlockError::NeedsPerson)));
    assert!(!vault.is_unlocked());
    assert_eq!(&*vault.service_get("tokens").unwrap().unwrap(), b"refresh");
    unlock_with_pin(&mut vault, "1234", now()).unwrap();
    vault.update(alice, overview("alice"), secret("changed").into()).unwrap();
    vault.rekey().unwrap();
    assert!(vault.verify().unwrap().damage.is_empty());
    drop(vault);
    let mut vault = place.open().unwrap();
    vault.unlock_with_recovery_code(&code).unwrap();
    assert_eq!(vault.read_only(), None);
    assert_eq!(secret_of(&vault, alice).unwrap(), "changed");
    drop(vault);
    assert!(matches!(place.begin_beside(), Err(OpenError::Usable { .. })), "such a vault is not lost");
}

#[test]
fn no_backup_that_the_device_alone_opens_stays_beside_a_vault_that_asks() {
    let (place, _) = Place::with_two_records();
    let mut vault = place.unlocked();
    let old = vault.back_up().unwrap().path;
    vault.set_recovery_code(&RecoveryCode::make_random(), now()).unwrap();
    set_pin(&mut vault, "1234");
    vault.always_ask().unwrap();
    assert!(!old.exists());
    let backups = vault.backups().unwrap();
    assert_eq!(backups.len(), 1);
    drop(vault);
    let read = crate::Restorable::read(&place.dir(), &backups[0].path, place.keychain(), None, None);
    assert!(matches!(read, Err(crate::RestoreError::NeedsCode { .. })));
}

#[test]
fn what_was_removed_opens_nothing_even_when_its_row_is_put_back() {
    let (place, _) = Place::with_two_records();
    let mut vault = place.unlocked();
    let code = RecoveryCode::make_random();
    vault.set_recovery_code(&code, now()).unwrap();
    let older = place.root.path().join("older.db");
    vault.back_up_to(&older).unwrap();
    let id = slot_of(&vault, SlotKind::RecoveryCode);
    vault.remove_slot(id).unwrap();
    drop(vault);
    place.alter(&format!(
        "ATTACH '{}' AS older; INSERT OR IGNORE INTO slot SELECT * FROM older.slot",
        older.display()
    ));
    let mut vault = place.open().unwrap();
    let unlocked = vault.unlock_with_recovery_code(&code);
    assert!(matches!(unlocked, Err(UnlockError::Damaged { .. })), "its vault key is another");
    let unlocked = vault.unlock();
    assert!(matches!(unlocked, Err(UnlockError::Damaged { source: Damage::Slots })), "{unlocked:?}");
}

#[test]
fn a_slot_that_was_dropped_or_changed_is_noticed() {
    let about = |from: &str, to: &str| {
        format!("UPDATE slot SET about = CAST(replace(CAST(about AS TEXT), '{from}', '{to}') AS BLOB)")
    };
    for sql in [
        "DELETE FROM slot",
        &about("\"label\":\"\"", "\"label\":\"x\""),
        &about("\"made_at\":1", "\"made_at\":2"),
        "UPDATE slot SET public_key = zeroblob(32)",
        "UPDATE slot SET wrapped_private = zeroblob(60)",
        "UPDATE slot SET wrapped_private = NULL",
        "UPDATE slot SET sealed = zeroblob(80)",
        "UPDATE slot SET id = zeroblob(16)",
    ] {
        let (place, _) = Place::with_two_records();
        place.unlocked().set_recovery_code(&RecoveryCode::make_random(), now()).unwrap();
        let sql = format!("{sql} WHERE CAST(about AS TEXT) LIKE '%recovery-code%'");
        assert_eq!(Connection::open(place.path()).unwrap().execute(&sql, []).unwrap(), 1, "{sql}");
        let unlocked = place.open().unwrap().unlock();
        assert!(
            matches!(unlocked, Err(UnlockError::Damaged { source: Damage::Slots })),
            "{sql}: {unlocked:?}"
        );
    }
}

#[test]
fn what_cannot_be_read_as_a_slot_is_damage_and_nothing_is_written() {
    for sql in [
        "UPDATE slot SET about = x'00'",
        "UPDATE slot SET id = x'00'",
        "UPDATE slot SET public_key = x'00'",
        "DROP TABLE slot",
    ] {
        let (place, _) = Place::with_two_records();
        place.alter(sql);
        place.refuses(|error| matches!(error, OpenError::Damaged { .. }));
    }
}

#[test]
fn new_keys_need_no_pin_and_no_code() {
    let (place, [alice, _], code) = asks_always();
    let mut vault = place.open().unwrap();
    unlock_with_pin(&mut vault, "1234", now()).unwrap();
    vault.rekey().unwrap();
    vault.lock();
    unlock_with_pin(&mut vault, "1234", now()).unwrap();
    vault.lock();
    vault.unlock_with_recovery_code(&code).unwrap();
    assert_eq!(secret_of(&vault, alice).unwrap(), "one");
}

#[test]
fn slots_are_changed_while_the_vault_is_unlocked_and_can_be_changed() {
    let (place, [_, bob]) = Place::with_two_records();
    let older = place.bytes();
    let mut vault = place.unlocked();
    vault.remove(bob).unwrap();
    vault.lock();
    let code = RecoveryCode::make_random();
    assert!(matches!(vault.set_recovery_code(&code, now()), Err(StoreError::Locked)));
    drop(vault);
    fs::write(place.path(), older).unwrap();
    let mut vault = place.unlocked();
    assert!(matches!(vault.set_recovery_code(&code, now()), Err(StoreError::ReadOnly(_))));
    let device = slot_of(&vault, SlotKind::Device);
    assert!(matches!(vault.remove_slot(device), Err(StoreError::LastWay)));
    assert_eq!(kinds(&vault), [SlotKind::Device]);
}

#[test]
fn an_older_file_with_its_slots_is_noticed() {
    let (place, _) = Place::with_two_records();
    let mut vault = place.unlocked();
    vault.set_recovery_code(&RecoveryCode::make_random(), now()).unwrap();
    drop(vault);
    let older = place.bytes();
    let mut vault = place.unlocked();
    let id = slot_of(&vault, SlotKind::RecoveryCode);
    vault.remove_slot(id).unwrap();
    drop(vault);
    fs::write(place.path(), older).unwrap();
    assert_eq!(place.unlocked().read_only(), Some(ReadOnlyReason::OlderThanKeychain));
}

#[test]
fn the_organisation_opens_what_was_sealed_to_its_key_and_nobody_else_does() {
    let (place, _) = Place::with_two_records();
    let organisation = OrganisationSecret::make_random();
    let mut vault = place.unlocked();
    let backup = vault.back_up_to(&place.root.path().join("before.db")).unwrap().path;
    let none = open_escrow(&backup, &organisation);
    assert!(matches!(none, Err(crate::EscrowError::None)));
    assert!(vault.set_escrow(&organisation.public_key(), &[], false, now()).unwrap());
    assert!(!vault.set_escrow(&organisation.public_key(), &[], false, now()).unwrap(), "the same again");
    vault.rekey().unwrap();
    let backup = vault.back_up_to(&place.root.path().join("a b%20.db")).unwrap().path;
    open_escrow(&backup, &organisation).unwrap();
    let other = open_escrow(&backup, &OrganisationSecret::make_random());
    let fingerprint = organisation.public_key().fingerprint();
    assert!(matches!(other, Err(crate::EscrowError::AnotherKey(found)) if found == fingerprint));
}

#[test]
fn another_escrow_key_is_taken_when_it_is_signed_or_confirmed() {
    let place = Place::new();
    let mut vault = place.unlocked();
    let [first, second, third] = [(); 3].map(|()| OrganisationSecret::make_random());
    vault.set_escrow(&first.public_key(), &[], false, now()).unwrap();
    let signed = first.endorse(&second.public_key());
    let refused = vault.set_escrow(&third.public_key(), &signed, false, now());
    assert!(matches!(refused, Err(StoreError::NotEndorsed)));
    assert_eq!(vault.escrow_key(), Some(&first.public_key()));
    assert!(vault.set_escrow(&second.public_key(), &signed, false, now()).unwrap());
    assert!(matches!(vault.set_escrow(&third.public_key(), &[], false, now()), Err(StoreError::NotEndorsed)));
    assert!(vault.set_escrow(&third.public_key(), &[], true, now()).unwrap());
    assert_eq!(kinds(&vault), [SlotKind::Device, SlotKind::Escrow]);
    let backup = vault.back_up().unwrap().path;
    open_escrow(&backup, &third).unwrap();
    assert!(open_escrow(&backup, &first).is_err());
}
