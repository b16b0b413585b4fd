//! Credentials looked at, changed, shown and removed by their person.

use lanyard_protocol::credential::{CredentialChange, Revealed, SecretPart, Shown};

use super::*;

pub(super) fn no_change() -> CredentialChange {
    CredentialChange {
        name: None,
        login_url: None,
        user_name: None,
        password: None,
        one_time_code: None,
        notes: None,
        auto_submit: None,
        verify: None,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "as the fields want it")]
fn shown(text: &str) -> Option<Shown> {
    Some(Shown(text.into()))
}

impl Desk {
    fn reveal(&mut self, app: &str, part: SecretPart, presence: Presence) -> Result<Revealed, Problem> {
        self.broker.reveal(app.parse().unwrap(), part, presence, Exposure::Screen)
    }

    fn last_line(&self) -> (String, String) {
        let (lines, _) = self.broker.activity_before(None, "", 1).unwrap();
        (lines[0].event.clone(), lines[0].outcome.clone())
    }
}

#[test]
fn a_changed_password_is_filled_and_the_old_one_is_kept() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "old");
    let record = app.parse().unwrap();
    desk.broker
        .change_credential(record, CredentialChange { password: shown("new"), ..no_change() })
        .unwrap();
    assert_eq!(desk.password(PAYROLL, &app, &FillCause::Gesture {}), Ok("new".into()));
    assert_eq!(desk.broker.credential(record).unwrap().former_passwords, 1);
    let Revealed::FormerPasswords { passwords } =
        desk.reveal(&app, SecretPart::FormerPasswords, Presence::Window).unwrap()
    else {
        panic!("not a list");
    };
    assert_eq!(passwords[0].password.0.expose_secret(), "old");
}

#[test]
fn another_address_is_another_origin_to_fill() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    let change = CredentialChange { login_url: Some("https://pay.example/in".into()), ..no_change() };
    desk.broker.change_credential(app.parse().unwrap(), change).unwrap();
    assert_eq!(desk.refusal(PAYROLL, &app, &FillCause::Gesture {}), Code::Refused);
    assert!(desk.password("https://pay.example", &app, &FillCause::Gesture {}).is_ok());
}

#[test]
fn a_change_that_makes_no_sense_changes_nothing() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    let record = app.parse().unwrap();
    let before = desk.broker.credential(record).unwrap();
    for change in [
        CredentialChange { name: Some(" ".into()), ..no_change() },
        CredentialChange { login_url: Some("payroll".into()), ..no_change() },
        CredentialChange { password: shown(""), ..no_change() },
        CredentialChange { one_time_code: shown("not base32!"), name: Some("x".into()), ..no_change() },
    ] {
        assert_eq!(code(desk.broker.change_credential(record, change)), Code::Invalid);
    }
    assert_eq!(desk.broker.credential(record).unwrap(), before);
}

#[test]
fn secrets_are_shown_at_the_window_and_after_a_yes_and_to_nobody_else() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    for presence in [Presence::Window, Presence::Agreed] {
        let Revealed::Text(password) = desk.reveal(&app, SecretPart::Password, presence).unwrap() else {
            panic!("not text");
        };
        assert_eq!(password.0.expose_secret(), "s3cret");
        assert_eq!(desk.last_line(), ("revealed".into(), "done".into()));
    }
    assert_eq!(code(desk.reveal(&app, SecretPart::Password, Presence::None)), Code::Declined);
    assert_eq!(desk.last_line(), ("revealed".into(), "refused".into()));
    desk.broker.lock_by_person();
    assert_eq!(code(desk.reveal(&app, SecretPart::Password, Presence::Window)), Code::Locked);
}

#[test]
fn a_one_time_code_comes_from_the_seed_that_was_given() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    assert_eq!(code(desk.reveal(&app, SecretPart::OneTimeCode, Presence::Window)), Code::NotFound);
    let change = CredentialChange { one_time_code: shown("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), ..no_change() };
    desk.broker.change_credential(app.parse().unwrap(), change).unwrap();
    let Revealed::OneTimeCode { code, ends_at, period } =
        desk.reveal(&app, SecretPart::OneTimeCode, Presence::Window).unwrap()
    else {
        panic!("not a code");
    };
    assert_eq!(code.0.expose_secret().len(), 6);
    assert_eq!((ends_at, period), (1_700_000_010_000, 30));
}

#[test]
fn what_was_removed_is_gone() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    desk.broker.remove_credential(app.parse().unwrap()).unwrap();
    assert_eq!(desk.broker.count(), Some(0));
    assert_eq!(desk.last_line(), ("app_removed".into(), "done".into()));
    assert_eq!(code(desk.broker.remove_credential(app.parse().unwrap())), Code::NotFound);
}
