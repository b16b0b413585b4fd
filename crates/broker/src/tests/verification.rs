//! Apps that want a security key or the PIN before they are filled, and keys that have to confirm.

use lanyard_protocol::credential::{CredentialChange, SecretPart};

use super::credentials::no_change;
use super::*;

const GESTURE: FillCause = FillCause::Gesture {};

impl Desk {
    fn add_with_key(&mut self) -> String {
        let app = self.add("Payroll 2004", PAYROLL, "alice", "s3cret");
        let change = CredentialChange { verify: Some(true), ..no_change() };
        self.broker.change_credential(app.parse().unwrap(), change).unwrap();
        app
    }

    fn use_key(&mut self, app: &str) {
        let (record, name) = self.broker.begin_verification(&self.browser, app).unwrap();
        assert_eq!(name, "Payroll 2004");
        self.broker.end_verification(record, true);
    }

    fn remember(&mut self, remember: Remember) {
        self.broker.set_key_rules(KeyRules { required: false, remember });
    }
}

#[test]
fn an_app_that_wants_a_key_is_filled_after_it_was_used_and_for_as_long_as_that_holds() {
    for (remember, minutes) in [(Remember::FiveMinutes, 5), (Remember::Hour, 60)] {
        let mut desk = Desk::new();
        desk.remember(remember);
        let app = desk.add_with_key();
        assert_eq!(desk.refusal(PAYROLL, &app, &GESTURE), Code::NotVerified);
        let (events, _) = desk.broker.activity_before(None, "", 1).unwrap();
        assert_eq!(events[0].reason.as_deref(), Some("neither security key nor PIN shown"));
        desk.use_key(&app);
        assert!(desk.password(PAYROLL, &app, &GESTURE).is_ok());
        desk.wait(Duration::from_mins(minutes));
        assert!(desk.password(PAYROLL, &app, &GESTURE).is_ok());
        desk.wait(Duration::from_secs(1));
        assert_eq!(desk.refusal(PAYROLL, &app, &GESTURE), Code::NotVerified);
    }
}

#[test]
fn a_key_that_was_used_counts_for_one_app() {
    let mut desk = Desk::new();
    let (app, other) = (desk.add_with_key(), desk.add_with_key());
    desk.use_key(&app);
    assert!(desk.password(PAYROLL, &app, &GESTURE).is_ok());
    assert_eq!(desk.refusal(PAYROLL, &other, &GESTURE), Code::NotVerified);
}

#[test]
fn a_lock_forgets_that_a_key_was_used_and_that_one_was_asked_for() {
    let mut desk = Desk::new();
    desk.remember(Remember::UntilLocked);
    let app = desk.add_with_key();
    desk.use_key(&app);
    desk.wait(Duration::from_hours(24));
    assert!(desk.password(PAYROLL, &app, &GESTURE).is_ok());
    let (record, _) = desk.broker.begin_verification(&desk.browser, &app).unwrap();
    desk.broker.lock("for a test");
    desk.broker.unlock().unwrap();
    assert_eq!(desk.refusal(PAYROLL, &app, &GESTURE), Code::NotVerified);
    desk.broker.end_verification(record, true);
    assert_eq!(desk.refusal(PAYROLL, &app, &GESTURE), Code::NotVerified);
}

#[test]
fn a_key_that_was_not_used_or_not_asked_for_counts_for_nothing() {
    let mut desk = Desk::new();
    let app = desk.add_with_key();
    let (record, _) = desk.broker.begin_verification(&desk.browser, &app).unwrap();
    desk.broker.end_verification(record, false);
    assert_eq!(desk.refusal(PAYROLL, &app, &GESTURE), Code::NotVerified);
    desk.broker.end_verification(record, true);
    assert_eq!(desk.refusal(PAYROLL, &app, &GESTURE), Code::NotVerified);
}

#[test]
fn only_a_browser_that_may_fill_may_ask_for_a_key() {
    let mut desk = Desk::new();
    let app = desk.add_with_key();
    assert_eq!(code(desk.broker.begin_verification(&desk.browser, "nothing")), Code::NotFound);
    desk.browser.paired = false;
    assert_eq!(code(desk.broker.begin_verification(&desk.browser, &app)), Code::NotPaired);
    desk.browser.paired = true;
    desk.broker.lock("for a test");
    assert_eq!(code(desk.broker.begin_verification(&desk.browser, &app)), Code::Locked);
}

#[test]
fn a_launch_that_waits_for_a_key_is_not_used_up() {
    let mut desk = Desk::new();
    let app = desk.add_with_key();
    let cause = FillCause::Launch { launch: desk.launch(&app) };
    assert_eq!(desk.refusal(PAYROLL, &app, &cause), Code::NotVerified);
    desk.use_key(&app);
    assert!(desk.password(PAYROLL, &app, &cause).is_ok());
}

#[test]
fn the_organisation_wants_a_key_whatever_the_person_says() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    let seen = |desk: &Desk| {
        let view = desk.broker.credential(app.parse().unwrap()).unwrap();
        (view.verify, view.verify_forced)
    };
    assert_eq!(seen(&desk), (false, false));
    desk.broker.set_rules(Some(acme(r#","verify":true"#)), None);
    assert_eq!(seen(&desk), (true, true));
    let change = CredentialChange { verify: Some(false), ..no_change() };
    desk.broker.change_credential(app.parse().unwrap(), change).unwrap();
    assert_eq!(seen(&desk), (true, true));
    assert_eq!(desk.refusal(PAYROLL, &app, &GESTURE), Code::NotVerified);
}

#[test]
fn where_a_key_is_required_the_window_alone_shows_nothing() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    desk.broker.set_key_rules(KeyRules { required: true, remember: Remember::Hour });
    let record = app.parse().unwrap();
    for presence in [Presence::Window, Presence::Agreed] {
        let shown = desk.broker.reveal(record, SecretPart::Password, presence, Exposure::Screen);
        assert_eq!(code(shown), Code::NotVerified, "{presence:?}");
        assert_eq!(code(desk.broker.export(&[record], presence)), Code::NotVerified);
        assert_eq!(code(desk.broker.check_presence(presence)), Code::NotVerified);
    }
    assert_eq!(code(desk.broker.check_presence(Presence::None)), Code::Declined);
    assert!(desk.broker.reveal(record, SecretPart::Password, Presence::Key, Exposure::Screen).is_ok());
    assert!(desk.broker.check_presence(Presence::Key).is_ok());
}
