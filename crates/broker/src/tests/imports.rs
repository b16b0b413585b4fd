//! Logins from other password stores.

use lanyard_protocol::credential::{ImportOutcome, Login, Shown};

use super::*;

fn login(name: &str, url: &str, user_name: &str, password: &str) -> Login {
    Login {
        name: name.into(),
        login_url: url.into(),
        user_name: user_name.into(),
        password: Shown(password.into()),
        one_time_code: None,
        notes: None,
    }
}

fn logins() -> Vec<Login> {
    vec![
        login("Payroll", "https://payroll.example/in", "alice", "one"),
        login("Payroll", "https://payroll.example/", "alice", "one"),
        login("Wiki", "https://wiki.example/", "alice", "two"),
        login("Phone", "android://x@app/", "alice", "three"),
    ]
}

#[test]
fn a_dry_run_says_what_would_be_done_and_does_nothing() {
    let mut desk = Desk::new();
    let outcomes = desk.broker.import(logins(), false, true).unwrap();
    let [
        ImportOutcome::Added {},
        ImportOutcome::Same {},
        ImportOutcome::Added {},
        ImportOutcome::Refused(problem),
    ] = &outcomes[..]
    else {
        panic!("{outcomes:?}");
    };
    assert_eq!(problem.code, Code::Invalid);
    assert_eq!(desk.broker.count(), Some(0));
}

#[test]
fn the_same_file_twice_adds_nothing_more() {
    let mut desk = Desk::new();
    desk.broker.import(logins(), false, false).unwrap();
    assert_eq!(desk.broker.count(), Some(2));
    let again = desk.broker.import(logins(), true, false).unwrap();
    assert!(again[..3].iter().all(|outcome| *outcome == ImportOutcome::Same {}), "{again:?}");
    assert_eq!(desk.broker.count(), Some(2));
}

#[test]
fn another_password_is_kept_out_or_takes_the_place_as_was_asked() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "mine");
    let other = || vec![login("Payroll", "https://payroll.example/", "alice", "theirs")];
    assert_eq!(desk.broker.import(other(), false, false).unwrap(), [ImportOutcome::Kept {}]);
    assert_eq!(desk.password(PAYROLL, &app, &FillCause::Gesture {}), Ok("mine".into()));
    assert_eq!(desk.broker.import(other(), true, false).unwrap(), [ImportOutcome::Replaced {}]);
    assert_eq!(desk.password(PAYROLL, &app, &FillCause::Gesture {}), Ok("theirs".into()));
    assert_eq!(desk.broker.credential(app.parse().unwrap()).unwrap().former_passwords, 1);
}

#[test]
fn a_locked_vault_takes_nothing() {
    let mut desk = Desk::new();
    desk.broker.lock_by_person();
    assert_eq!(code(desk.broker.import(logins(), false, true)), Code::Locked);
}
