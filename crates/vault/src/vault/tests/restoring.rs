//! Putting a backup in the vault's place.

use super::*;
use crate::{Restorable, RestoreError};

impl Place {
    fn read_backup(&self, backup: &Path, expected: Option<VaultId>) -> Result<Restorable, RestoreError> {
        Restorable::read(&self.dir(), backup, self.keychain(), expected, None)
    }

    fn entries(&self) -> Vec<String> {
        let entries = fs::read_dir(self.dir()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

/// A place whose vault has lost Bob since its backup, and gained a service entry.
fn changed_since_backup() -> (Place, [RecordId; 2], Vault, PathBuf) {
    let (place, ids) = Place::with_two_records();
    let mut vault = place.unlocked();
    let backup = vault.back_up().unwrap().path;
    vault.remove(ids[1]).unwrap();
    vault.service_put("tokens", b"rotated").unwrap();
    (place, ids, vault, backup)
}

#[test]
fn a_backup_takes_the_vault_s_place_and_can_be_changed() {
    let (place, [alice, bob], vault, backup) = changed_since_backup();
    let read = place.read_backup(&backup, Some(vault.id())).unwrap();
    assert_eq!((read.records(), read.is_older()), (2, true));
    let kept = read.put_in_place(Some(vault)).unwrap().unwrap();
    assert_eq!(place.entries(), ["backups", "vault-kept-1.db", "vault.db"]);

    let mut vault = place.unlocked();
    assert_eq!(vault.read_only(), None);
    assert_eq!(secret_of(&vault, bob).unwrap(), "two");
    vault.update(alice, overview("alice"), secret("three").into()).unwrap();
    drop(vault);
    assert_eq!(secret_of(&place.unlocked(), alice).unwrap(), "three");

    fs::copy(kept, place.path()).unwrap();
    assert!(
        matches!(secret_of(&place.unlocked(), bob), Err(StoreError::NoSuchRecord(_))),
        "the old one is whole"
    );
}

#[test]
fn tokens_and_pairings_are_not_rolled_back() {
    let (place, _, vault, backup) = changed_since_backup();
    place.read_backup(&backup, Some(vault.id())).unwrap().put_in_place(Some(vault)).unwrap();
    let vault = place.open().unwrap();
    assert_eq!(vault.service_get("tokens").unwrap().unwrap()[..], b"rotated"[..]);
}

#[test]
fn a_backup_that_is_only_looked_at_changes_nothing() {
    let (place, [_, bob], vault, backup) = changed_since_backup();
    place.read_backup(&backup, Some(vault.id())).unwrap().give_up();
    assert!(!place.dir().join("restoring").exists());
    drop(vault);
    let vault = place.unlocked();
    assert_eq!(vault.read_only(), None);
    assert!(matches!(secret_of(&vault, bob), Err(StoreError::NoSuchRecord(_))));
}

#[test]
fn a_backup_takes_the_place_of_a_damaged_vault_or_of_none() {
    for damage in
        [|path: &Path| fs::write(path, b"nonsense").unwrap(), |path: &Path| fs::remove_file(path).unwrap()]
    {
        let (place, [_, bob], vault, backup) = changed_since_backup();
        drop(vault);
        damage(&place.path());
        place.read_backup(&backup, None).unwrap().put_in_place(None).unwrap();
        let vault = place.unlocked();
        assert_eq!(secret_of(&vault, bob).unwrap(), "two");
        assert_eq!(vault.read_only(), None);
    }
}

#[test]
fn a_backup_of_another_vault_is_refused_unless_that_is_meant() {
    let (place, _, vault, _) = changed_since_backup();
    let (mut other, ids) = Place::with_two_records();
    let backup = other.unlocked().back_up().unwrap().path;
    assert!(matches!(place.read_backup(&backup, None), Err(RestoreError::KeyLost { .. })));
    other.keychain = place.keychain.clone();
    let mut foreign = other.begin_beside().unwrap().0;
    foreign.unlock().unwrap();
    let id = foreign.add(overview("carol"), secret("four")).unwrap();
    let backup = foreign.back_up().unwrap().path;
    let refused = place.read_backup(&backup, Some(vault.id()));
    assert!(matches!(refused, Err(RestoreError::AnotherVault { .. })));
    place.read_backup(&backup, None).unwrap().put_in_place(Some(vault)).unwrap();
    let vault = place.unlocked();
    assert_eq!(secret_of(&vault, id).unwrap(), "four");
    assert!(vault.service_get("tokens").unwrap().is_none(), "another vault's entries do not open");
    assert!(secret_of(&vault, ids[0]).is_err());
}

#[test]
fn what_is_no_whole_backup_is_refused_and_leaves_nothing() {
    let (place, [alice, _], vault, backup) = changed_since_backup();
    let file = place.root.path().join("file.db");
    let refused = |path: &Path| {
        let error = place.read_backup(path, Some(vault.id())).err().expect("it is refused");
        assert!(!place.dir().join("restoring").exists());
        error
    };
    assert!(matches!(refused(&file), RestoreError::NotThere { .. }));
    assert!(matches!(refused(&place.path()), RestoreError::InPlace { .. }));
    for damage in
        ["UPDATE record SET secret = zeroblob(60)", "DELETE FROM record", "PRAGMA application_id = 1"]
    {
        fs::copy(&backup, &file).unwrap();
        Connection::open(&file).unwrap().execute_batch(damage).unwrap();
        assert!(matches!(refused(&file), RestoreError::Damaged { .. }), "{damage}");
    }
    Connection::open(&file)
        .unwrap()
        .execute_batch("PRAGMA application_id = 0x4C4E5944; PRAGMA user_version = 9")
        .unwrap();
    assert!(matches!(refused(&file), RestoreError::Newer { version: 9, .. }));
    assert_eq!(secret_of(&vault, alice).unwrap(), "one");
}
