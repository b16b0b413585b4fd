//! Guesses at a PIN are counted before they are tried, and each wrong one makes the next wait.

use super::*;
use crate::Damage;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn wrong(vault: &mut Vault, now: SystemTime) {
    let found = unlock_with_pin(vault, "0000", now);
    assert!(matches!(found, Err(UnlockError::Wrong(SlotKind::Pin))), "{found:?}");
}

#[track_caller]
fn waits(vault: &mut Vault, now: SystemTime, expected: u64) {
    let found = vault.begin_pin_guess(now).err();
    assert!(
        matches!(found, Some(UnlockError::Wait { wait }) if wait == seconds(expected)),
        "{found:?}, not {expected} s"
    );
}

#[test]
fn three_guesses_are_free_and_then_each_waits_longer() {
    let (place, _, _) = asks_always();
    let mut vault = place.open().unwrap();
    for _ in 0..3 {
        wrong(&mut vault, now());
    }
    let mut at = now();
    for wait in [30, 60, 120, 300, 900, 3600, 3600] {
        waits(&mut vault, at, wait);
        waits(&mut vault, at + seconds(wait - 1), 1);
        assert_eq!(vault.pin_wait(at + seconds(wait - 1)).unwrap(), seconds(1));
        at += seconds(wait);
        wrong(&mut vault, at);
    }
    // The right one has to wait as well, and forgets what was before.
    waits(&mut vault, at, 3600);
    unlock_with_pin(&mut vault, "1234", at + seconds(3600)).unwrap();
    vault.lock();
    for _ in 0..3 {
        wrong(&mut vault, at);
    }
}

#[test]
fn a_wait_survives_a_restart() {
    let (place, _, _) = asks_always();
    for _ in 0..3 {
        wrong(&mut place.open().unwrap(), now());
    }
    waits(&mut place.open().unwrap(), now() + seconds(10), 20);
}

#[test]
fn a_process_that_dies_while_it_stretches_has_used_up_its_guess() {
    let (place, _, _) = asks_always();
    for _ in 0..3 {
        let mut vault = place.open().unwrap();
        let guess = vault.begin_pin_guess(now()).unwrap();
        // What is in the files at this instant is what a crash leaves.
        let crashed = Place { keychain: place.keychain.clone(), ..Place::new() };
        drop(crashed.open().unwrap());
        place.copy_to(&crashed.dir());
        drop((guess, vault));
        crashed.copy_to(&place.dir());
    }
    waits(&mut place.open().unwrap(), now(), 30);
}

#[test]
fn a_guess_that_cannot_be_counted_is_not_tried() {
    let (place, _, _) = asks_always();
    let mut vault = place.open().unwrap();
    vault.file.db().execute_batch("PRAGMA query_only = ON").unwrap();
    assert!(matches!(vault.begin_pin_guess(now()).err(), Some(UnlockError::Io { .. })));
}

#[test]
fn a_clock_that_is_set_back_shortens_no_wait() {
    let (place, _, _) = asks_always();
    let mut vault = place.open().unwrap();
    for _ in 0..3 {
        wrong(&mut vault, now());
    }
    let earlier = now() - seconds(1_000_000);
    waits(&mut vault, earlier, 30);
    waits(&mut vault, earlier + seconds(29), 1);
    unlock_with_pin(&mut vault, "1234", earlier + seconds(30)).unwrap();
}

#[test]
fn a_pin_is_checked_without_unlocking_and_counted_the_same_way() {
    let (place, _, _) = asks_always();
    let mut vault = place.open().unwrap();
    let check = |vault: &mut Vault, text: &str, now| {
        let guess = vault.begin_pin_guess(now)?.stretch(&pin(text)).unwrap();
        vault.check_pin(&guess)
    };
    check(&mut vault, "1234", now()).unwrap();
    assert!(!vault.is_unlocked());
    for _ in 0..3 {
        assert!(matches!(check(&mut vault, "9999", now()), Err(UnlockError::Wrong(SlotKind::Pin))));
    }
    waits(&mut vault, now(), 30);
}

#[test]
fn a_count_that_was_changed_or_removed_takes_no_guess() {
    let (place, _, code) = asks_always();
    for sql in [
        "UPDATE attempt SET sealed = zeroblob(40)",
        "DELETE FROM attempt",
        "UPDATE attempt SET slot = zeroblob(16)",
    ] {
        let mut before = place.open().unwrap();
        before.unlock_with_recovery_code(&code).unwrap();
        set_pin(&mut before, "1234");
        drop(before);
        place.alter(sql);
        let mut vault = place.open().unwrap();
        let found = vault.begin_pin_guess(now()).err();
        assert!(matches!(found, Some(UnlockError::Damaged { source: Damage::Attempts })), "{found:?}");
        vault.unlock_with_recovery_code(&code).unwrap();
    }
}

#[test]
fn a_copy_of_the_file_without_the_device_secret_is_no_place_to_guess() {
    let (place, _, _) = asks_always();
    let copied = Place::new();
    drop(copied.open().unwrap());
    place.copy_to(&copied.dir());
    assert!(matches!(copied.open(), Err(OpenError::KeyLost { .. })));
}

#[test]
fn without_a_pin_there_is_nothing_to_guess() {
    let (place, _) = Place::with_two_records();
    let found = place.open().unwrap().begin_pin_guess(now()).err();
    assert!(matches!(found, Some(UnlockError::NoSuchWay(SlotKind::Pin))));
}

#[test]
fn a_stretched_guess_is_of_no_use_for_a_pin_that_was_set_later() {
    let (place, _) = Place::with_two_records();
    let mut vault = place.unlocked();
    set_pin(&mut vault, "1234");
    let guess = vault.begin_pin_guess(now()).unwrap().stretch(&pin("1234")).unwrap();
    set_pin(&mut vault, "1234");
    assert!(matches!(vault.check_pin(&guess), Err(UnlockError::Wrong(SlotKind::Pin))));
}

#[test]
fn who_restores_a_backup_guesses_no_more_often() {
    let (place, _, code) = asks_always();
    let mut vault = place.open().unwrap();
    vault.unlock_with_recovery_code(&code).unwrap();
    let backup = vault.back_up().unwrap().path;
    for _ in 0..3 {
        let guess = vault.begin_pin_guess(now()).unwrap().stretch(&pin("0000")).unwrap();
        vault.check_pin(&guess).unwrap_err();
    }
    let key = crate::RecoveryKey::Code(code);
    let read = crate::Restorable::read(&place.dir(), &backup, place.keychain(), None, Some(&key)).unwrap();
    read.put_in_place(Some(vault)).unwrap();
    waits(&mut place.open().unwrap(), now(), 30);
}
