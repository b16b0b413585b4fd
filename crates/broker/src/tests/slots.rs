//! What opens the vault, as a person uses it.

use lanyard_protocol::slots::SlotKind as Kind;
use lanyard_vault::{NewPin, Pin, RecoveryCode};

use super::*;

fn pin(text: &str) -> Pin {
    Pin::parse(text.into()).unwrap()
}

/// A desk whose vault asks for the PIN 1234 every time, locked.
fn asks_always() -> (Desk, RecoveryCode) {
    let mut desk = Desk::new();
    let code = RecoveryCode::make_random();
    desk.broker.set_recovery_code(&code).unwrap();
    desk.broker.set_pin(&NewPin::stretch(&pin("1234")).unwrap()).unwrap();
    desk.broker.always_ask(true).unwrap();
    desk.broker.lock("for a test");
    (desk, code)
}

fn guess(desk: &mut Desk, text: &str) -> Result<(), Problem> {
    let stretched = desk.broker.begin_pin_guess()?.stretch(&pin(text)).unwrap();
    desk.broker.unlock_with_pin(&stretched)
}

#[test]
fn a_vault_that_always_asks_is_opened_by_its_pin_and_not_by_itself() {
    let (mut desk, _) = asks_always();
    desk.broker.unlock_again().unwrap();
    assert!(!desk.broker.is_unlocked(), "a start opens nothing and is no failure");
    assert_eq!(code(desk.broker.unlock()), Code::Refused);
    assert_eq!(code(guess(&mut desk, "4321")), Code::Refused);
    guess(&mut desk, "1234").unwrap();
    assert!(desk.broker.is_unlocked());
}

#[test]
fn who_has_to_wait_is_told_until_when() {
    let (mut desk, words) = asks_always();
    assert_eq!(desk.broker.ways_in().pin_waits_until, None);
    for _ in 0..3 {
        assert_eq!(code(guess(&mut desk, "4321")), Code::Refused);
    }
    let until = desk.broker.ways_in().pin_waits_until.unwrap();
    let problem = guess(&mut desk, "1234").unwrap_err();
    assert!(problem.message.contains("30 seconds"), "{}", problem.message);
    desk.wait(Duration::from_secs(30));
    assert_eq!(desk.broker.ways_in().pin_waits_until, None);
    assert_eq!(until, desk.broker.clock.unix_ms());
    guess(&mut desk, "1234").unwrap();
    desk.broker.lock("for a test");
    desk.broker.unlock_with_recovery_code(&words).unwrap();
}

#[test]
fn a_security_key_opens_the_vault_until_it_is_removed_and_the_last_way_stays() {
    let mut desk = Desk::new();
    let (blue, spare) = ([1, 2], [3, 4]);
    desk.broker.set_recovery_code(&RecoveryCode::make_random()).unwrap();
    desk.broker.add_key_slot("Blue key", &blue, [9; 32], &[5; 32]).unwrap();
    desk.broker.add_key_slot("Spare key", &spare, [9; 32], &[6; 32]).unwrap();
    let labels: Vec<_> = desk.broker.slots().into_iter().map(|slot| slot.label).collect();
    assert!(labels.contains(&"Blue key".to_owned()) && labels.contains(&"Spare key".to_owned()));
    desk.broker.always_ask(true).unwrap();
    desk.broker.lock("for a test");
    assert_eq!(code(desk.broker.unlock()), Code::Refused);
    assert_eq!(code(desk.broker.unlock_with_security_key(&spare, &[5; 32])), Code::Refused);
    assert_eq!(code(desk.broker.remove_key_slot(&blue)), Code::Locked);
    desk.broker.unlock_with_security_key(&blue, &[5; 32]).unwrap();
    desk.broker.remove_key_slot(&blue).unwrap();
    assert_eq!(code(desk.broker.remove_key_slot(&spare)), Code::Refused, "nobody is locked out");
    desk.broker.lock("for a test");
    assert!(desk.broker.unlock_with_security_key(&blue, &[5; 32]).is_err());
    desk.broker.unlock_with_security_key(&spare, &[6; 32]).unwrap();
}

#[test]
fn nobody_signed_in_means_that_no_pin_is_tried() {
    let (mut desk, words) = asks_always();
    desk.broker.set_account(None);
    for _ in 0..5 {
        assert_eq!(code(guess(&mut desk, "4321")), Code::SignedOut);
    }
    assert_eq!(code(desk.broker.unlock_with_recovery_code(&words)), Code::SignedOut);
    desk.broker.set_account(Some("alice".into()));
    guess(&mut desk, "1234").unwrap();
}

#[test]
fn slots_are_listed_and_changed_with_a_line_each() {
    let (mut desk, _) = asks_always();
    guess(&mut desk, "1234").unwrap();
    let kinds: Vec<_> = desk.broker.slots().iter().map(|slot| slot.kind).collect();
    assert_eq!(kinds, [Kind::Pin, Kind::RecoveryCode]);
    let pin = desk.broker.slots()[0].slot.clone();
    assert_eq!(code(desk.broker.remove_slot(&pin)), Code::Refused);
    assert_eq!(code(desk.broker.remove_slot("no id")), Code::NotFound);
    desk.broker.always_ask(false).unwrap();
    desk.broker.remove_slot(&pin).unwrap();
    let lines = desk.broker.activity(None, 50).unwrap();
    let changed = |outcome| {
        lines.iter().filter(|line| line.event == "slots_changed" && line.outcome == outcome).count()
    };
    assert_eq!((changed("done"), changed("failed")), (5, 1));
}
