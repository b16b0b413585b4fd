//! What a vault does while nothing is wrong.

use super::*;
use crate::{Extra, Form, Selectors};

#[test]
fn what_was_saved_is_there_after_it_was_closed() {
    let (place, [alice, bob]) = Place::with_two_records();
    let vault = place.unlocked();
    assert_eq!(vault.overviews().unwrap().count(), 2);
    assert_eq!(vault.overview(alice).unwrap(), &overview("alice"));
    assert_eq!(secret_of(&vault, alice).unwrap(), "one");
    assert_eq!(secret_of(&vault, bob).unwrap(), "two");
    assert_eq!(&*vault.service_get("tokens").unwrap().unwrap(), b"refresh");
    assert_eq!(kinds(&vault), [SlotKind::Device]);
    assert_eq!(vault.read_only(), None);
}

#[test]
fn a_locked_vault_hides_records_and_keeps_service_entries() {
    let (place, [alice, _]) = Place::with_two_records();
    let mut vault = place.unlocked();
    vault.lock();
    assert!(!vault.is_unlocked());
    assert!(matches!(vault.overviews().err(), Some(StoreError::Locked)));
    assert!(matches!(vault.overview(alice), Err(StoreError::Locked)));
    assert!(matches!(vault.by_origin("https://payroll.test"), Err(StoreError::Locked)));
    assert!(matches!(secret_of(&vault, alice), Err(StoreError::Locked)));
    assert!(matches!(vault.add(overview("carol"), secret("x")), Err(StoreError::Locked)));
    assert!(matches!(
        vault.update(alice, overview("alice"), SecretChange::default()),
        Err(StoreError::Locked)
    ));
    assert!(matches!(vault.remove(alice), Err(StoreError::Locked)));
    vault.service_put("tokens", b"newer").unwrap();
    assert_eq!(&*vault.service_get("tokens").unwrap().unwrap(), b"newer");
    vault.unlock().unwrap();
    assert_eq!(secret_of(&vault, alice).unwrap(), "one");
}

#[test]
fn a_vault_that_was_just_opened_is_locked() {
    let (place, _) = Place::with_two_records();
    assert!(!place.open().unwrap().is_unlocked());
}

#[test]
fn an_update_without_a_secret_keeps_the_secret() {
    let (place, [alice, bob]) = Place::with_two_records();
    let mut vault = place.unlocked();
    let changed = Overview { title: "Payroll 2005".into(), ..overview("alice") };
    vault.update(alice, changed.clone(), SecretChange::default()).unwrap();
    vault.update(bob, overview("bob"), secret("three").into()).unwrap();
    drop(vault);
    let vault = place.unlocked();
    assert_eq!(vault.overview(alice).unwrap(), &changed);
    assert_eq!(secret_of(&vault, alice).unwrap(), "one");
    assert_eq!(secret_of(&vault, bob).unwrap(), "three");
}

#[test]
fn a_record_can_change_compartments() {
    let (place, [alice, _]) = Place::with_two_records();
    let mut vault = place.unlocked();
    let changed = Overview { compartment: Compartment::Organisation, ..overview("alice") };
    vault.update(alice, changed.clone(), SecretChange::default()).unwrap();
    drop(vault);
    let vault = place.unlocked();
    assert_eq!(vault.overview(alice).unwrap(), &changed);
    assert_eq!(secret_of(&vault, alice).unwrap(), "one");
}

#[test]
fn a_removed_record_is_gone() {
    let (place, [alice, bob]) = Place::with_two_records();
    let mut vault = place.unlocked();
    vault.remove(alice).unwrap();
    for _ in 0..2 {
        assert!(matches!(vault.overview(alice), Err(StoreError::NoSuchRecord(id)) if id == alice));
        assert!(matches!(secret_of(&vault, alice), Err(StoreError::NoSuchRecord(id)) if id == alice));
        assert!(matches!(
            vault.update(alice, overview("x"), SecretChange::default()),
            Err(StoreError::NoSuchRecord(_))
        ));
        assert!(matches!(vault.remove(alice), Err(StoreError::NoSuchRecord(_))));
        assert_eq!(vault.by_origin("https://payroll.test").unwrap(), [bob]);
        drop(vault);
        vault = place.unlocked();
    }
}

#[test]
fn records_are_found_by_their_exact_origin() {
    let (place, [alice, bob]) = Place::with_two_records();
    let mut vault = place.unlocked();
    let mut both = vec![alice, bob];
    both.sort();
    assert_eq!(vault.by_origin("https://payroll.test").unwrap(), both);
    for other in [
        "http://payroll.test",
        "https://payroll.test:444",
        "https://www.payroll.test",
        "https://payroll.tes",
        "",
    ] {
        assert_eq!(vault.by_origin(other).unwrap(), [], "{other}");
    }
    let moved = Overview { origin: "https://pay.test".into(), ..overview("bob") };
    vault.update(bob, moved, SecretChange::default()).unwrap();
    assert_eq!(vault.by_origin("https://payroll.test").unwrap(), [alice]);
    assert_eq!(vault.by_origin("https://pay.test").unwrap(), [bob]);
}

#[test]
fn a_former_password_is_kept_and_the_overview_says_what_there_is() {
    let (place, [alice, _]) = Place::with_two_records();
    let mut vault = place.unlocked();
    let change = SecretChange {
        password: Some(secret("two")),
        one_time_code: Some(Some(secret("JBSWY3DPEHPK3PXP"))),
        notes: None,
    };
    vault.update(alice, overview("alice"), change).unwrap();
    drop(vault);
    let mut vault = place.unlocked();
    let holds = Holds { one_time_code: true, notes: false, former: 1 };
    assert_eq!(vault.overview(alice).unwrap().holds, holds);
    let kept = vault.expose_secret(permit(alice)).unwrap();
    assert_eq!(kept.former[0].password.expose_secret(), "one");
    assert_eq!(kept.former[0].until, overview("alice").changed_at);
    let change = SecretChange { one_time_code: Some(None), ..SecretChange::default() };
    vault.update(alice, overview("alice"), change).unwrap();
    assert!(!vault.overview(alice).unwrap().holds.one_time_code);
    vault.update(alice, overview("alice"), SecretChange::default()).unwrap();
    assert_eq!(vault.overview(alice).unwrap().holds.former, 1);
}

#[test]
fn many_records_are_added_at_once() {
    let place = Place::new();
    let mut vault = place.unlocked();
    let records = (0..300)
        .map(|number| (overview(&format!("user{number}")), Secret::from(secret(&format!("pass{number}")))));
    let ids = vault.add_many(records.collect()).unwrap();
    drop(vault);
    let vault = place.unlocked();
    assert_eq!(vault.overviews().unwrap().count(), 300);
    assert_eq!(vault.overview(ids[299]).unwrap(), &overview("user299"));
    assert_eq!(secret_of(&vault, ids[299]).unwrap(), "pass299");
}

#[test]
fn a_service_entry_is_replaced_and_removed() {
    let place = Place::new();
    let mut vault = place.open().unwrap();
    assert_eq!(vault.service_get("tokens").unwrap(), None);
    vault.service_put("tokens", b"one").unwrap();
    vault.service_put("tokens", b"two").unwrap();
    vault.service_put("other", b"").unwrap();
    assert_eq!(&*vault.service_get("tokens").unwrap().unwrap(), b"two");
    assert_eq!(&*vault.service_get("other").unwrap().unwrap(), b"");
    vault.service_remove("tokens").unwrap();
    vault.service_remove("tokens").unwrap();
    assert_eq!(vault.service_get("tokens").unwrap(), None);
}

#[test]
fn service_keys_are_the_same_after_a_restart_and_differ_by_purpose() {
    let place = Place::new();
    let vault = place.open().unwrap();
    let key = vault.derive_service_key("audit");
    assert_ne!(key, vault.derive_service_key("other"));
    drop(vault);
    assert_eq!(key, place.open().unwrap().derive_service_key("audit"));
    assert_ne!(key, Place::new().open().unwrap().derive_service_key("audit"));
}

#[test]
fn what_was_saved_survives_a_crash_right_after() {
    let place = Place::new();
    let mut vault = place.unlocked();
    let id = vault.add(overview("alice"), secret("one")).unwrap();
    vault.service_put("tokens", b"refresh").unwrap();
    // What is in the files while the vault is open is what a crash leaves.
    let after = TempDir::new().unwrap();
    fs::create_dir(after.path().join("data")).unwrap();
    let crashed = Place { root: after, keychain: place.keychain.clone() };
    make_private(&crashed.dir(), 0o700);
    place.copy_to(&crashed.dir());
    let vault = crashed.unlocked();
    assert_eq!(secret_of(&vault, id).unwrap(), "one");
    assert_eq!(&*vault.service_get("tokens").unwrap().unwrap(), b"refresh");
}

#[test]
fn nothing_that_was_saved_stands_in_the_files() {
    let place = Place::new();
    let mut vault = place.unlocked();
    let marked = Overview {
        title: "MARK-title".into(),
        user_name: "MARK-user".into(),
        origin: "https://MARK-origin.test".into(),
        login_url: "https://MARK-origin.test/MARK-path".into(),
        form: Some(Box::new(Form {
            extras: vec![Extra { field: "#MARK-field".into(), value: "MARK-value".into() }],
            selectors: Selectors { username: Some("#MARK-user".into()), ..Selectors::default() },
        })),
        ..overview("alice")
    };
    let id = vault.add(marked.clone(), secret("MARK-password")).unwrap();
    vault.update(id, marked, secret("MARK-other").into()).unwrap();
    vault.service_put("plain-name", b"MARK-token").unwrap();
    let log = fs::read(place.dir().join("vault.db-wal")).unwrap();
    assert!(contains(&log, b"plain-name"), "the log is looked at while it has the content");
    assert!(!contains(&log, b"MARK"));
    drop(vault);
    let file = place.bytes();
    assert!(contains(&file, b"plain-name"));
    assert!(!contains(&file, b"MARK"));
}

#[cfg(unix)]
#[test]
fn folder_file_and_log_are_the_persons_alone() {
    use std::os::unix::fs::MetadataExt;
    let place = Place::new();
    let mut vault = place.open().unwrap();
    vault.service_put("x", b"y").unwrap();
    let mode = |path: PathBuf| fs::metadata(path).unwrap().mode() & 0o777;
    assert_eq!(mode(place.dir()), 0o700);
    assert_eq!(mode(place.path()), 0o600);
    assert_eq!(mode(place.dir().join("vault.db-wal")), 0o600);
}

#[cfg(unix)]
#[test]
fn a_file_or_folder_that_others_can_look_into_is_refused() {
    for mode in [0o604, 0o620, 0o660] {
        let (place, _) = Place::with_two_records();
        make_private(&place.path(), mode);
        place.refuses(|error| matches!(error, OpenError::NotPrivate { path } if *path == place.path()));
        make_private(&place.path(), 0o600);
        make_private(&place.dir(), mode | 0o100);
        place.refuses(|error| matches!(error, OpenError::NotPrivate { path } if *path == place.dir()));
        make_private(&place.dir(), 0o700);
        place.open().unwrap();
    }
}

#[test]
fn a_vault_that_is_open_elsewhere_is_in_use() {
    let (place, _) = Place::with_two_records();
    let first = place.open().unwrap();
    place.refuses(|error| matches!(error, OpenError::InUse { .. }));
    drop(first);
    place.open().unwrap();
}

#[test]
fn a_vault_can_be_handed_to_another_thread() {
    fn is_send<T: Send>() {}
    is_send::<Vault>();
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(unix)]
fn make_private(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}
