//! Vaults that earlier Lanyards wrote.

use super::*;

/// `format-1/vault.db` was written by a Lanyard of format 1, with a device secret of 32 bytes 0x07 each. It has two records and a
/// service entry, as [`Place::with_two_records`].
fn format_1() -> Place {
    let place = Place::new();
    drop(place.open().unwrap());
    fs::write(place.path(), include_bytes!("format-1/vault.db")).unwrap();
    let id: [u8; 16] = Connection::open(place.path())
        .unwrap()
        .query_one("SELECT id FROM vault", [], |row| row.get(0))
        .unwrap();
    let device = encode_key(&Key::from_slice(&[7; 32]).unwrap());
    place.keychain.set(&Item::device_secret(VaultId::from_bytes(id)), &device).unwrap();
    place
}

fn passwords(vault: &Vault) -> Vec<String> {
    let ids: Vec<_> = vault.overviews().unwrap().map(|(id, _)| id).collect();
    let mut found: Vec<_> = ids.into_iter().map(|id| secret_of(vault, id).unwrap()).collect();
    found.sort();
    found
}

#[test]
fn a_vault_of_format_1_is_opened_and_has_slots() {
    let place = format_1();
    let mut vault = place.unlocked();
    assert_eq!(passwords(&vault), ["one", "two"]);
    assert_eq!(&*vault.service_get("tokens").unwrap().unwrap(), b"refresh");
    assert_eq!(kinds(&vault), [SlotKind::Device]);
    assert!(vault.verify().unwrap().damage.is_empty());
    let code = RecoveryCode::make_random();
    vault.set_recovery_code(&code, now()).unwrap();
    assert!(vault.backup_path_of_format(1).exists());
    drop(vault);
    place.keychain.forget_all();
    let recovered = Vault::recover(&place.dir(), place.keychain(), &crate::RecoveryKey::Code(code)).unwrap();
    assert_eq!(passwords(&recovered.vault), ["one", "two"]);
}

#[test]
fn a_vault_of_format_1_whose_key_is_lost_is_left_as_it_is() {
    let place = format_1();
    place.keychain.forget_all();
    place.refuses(|error| matches!(error, OpenError::KeyLost { .. }));
    assert!(!Vault::has_recovery_code(&place.dir()));
}

#[test]
fn a_vault_of_format_1_that_was_altered_is_not_migrated() {
    let place = format_1();
    place.alter("DELETE FROM record WHERE id = (SELECT min(id) FROM record)");
    assert!(matches!(place.open(), Err(OpenError::Migration { version: 1, .. })));
    let format: i64 = Connection::open(place.path())
        .unwrap()
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(format, 1);
}
