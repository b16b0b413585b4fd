//! Logins of several steps, each part of them once, and pages that are filled by themselves.

use lanyard_protocol::credential::Shown;

use super::*;
use crate::flow::{PAUSE, STEP};

const NAME: &[Part] = &[Part::UserName];
const PASSWORD: &[Part] = &[Part::Password];
const CODE: &[Part] = &[Part::OneTimeCode];

/// RFC 6238, appendix B: the key of its test vectors.
const KEY: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/// What a fill released.
struct Released {
    fill: String,
    user_name: Option<String>,
    password: Option<String>,
    one_time_code: Option<String>,
}

impl Desk {
    fn release(
        &mut self,
        frame: &Frame,
        app: &str,
        cause: &FillCause,
        parts: &[Part],
    ) -> Result<Released, Problem> {
        let Response::Fill { fill, user_name, password, one_time_code, .. } =
            self.broker.fill(&self.browser, frame, app, cause, parts)?
        else {
            panic!("not a fill");
        };
        let text = |secret: Option<secrecy::SecretString>| secret.map(|text| text.expose_secret().to_owned());
        Ok(Released { fill, user_name, password: text(password), one_time_code: text(one_time_code) })
    }

    fn step(&mut self, app: &str, cause: &FillCause, parts: &[Part]) -> Result<Released, Problem> {
        self.release(&page(PAYROLL), app, cause, parts)
    }

    fn add_with_code(&mut self) -> String {
        let new = NewApp {
            name: "Payroll 2004".into(),
            login_url: format!("{PAYROLL}/login"),
            user_name: "alice".into(),
            password: "s3cret".into(),
            auto_submit: true,
            one_time_code: Some(Shown(KEY.into())),
            notes: None,
        };
        self.broker.add_app(new).unwrap().0.to_string()
    }
}

fn go_on(released: &Released) -> FillCause {
    FillCause::Continue { fill: released.fill.clone() }
}

#[test]
fn only_what_is_asked_for_is_released() {
    let mut desk = Desk::new();
    let app = desk.add_with_code();
    for (parts, expected) in [
        (NAME, (true, false, false)),
        (PASSWORD, (false, true, false)),
        (CODE, (false, false, true)),
        (&[Part::UserName, Part::Password, Part::OneTimeCode, Part::Extras][..], (true, true, true)),
        (&[Part::Extras][..], (false, false, false)),
    ] {
        let released = desk.step(&app, &FillCause::Gesture {}, parts).unwrap();
        let seen =
            (released.user_name.is_some(), released.password.is_some(), released.one_time_code.is_some());
        assert_eq!(seen, expected, "{parts:?}");
    }
    assert_eq!(code(desk.step(&app, &FillCause::Gesture {}, &[])), Code::Invalid);
}

#[test]
fn a_user_name_is_released_without_opening_the_secret() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    desk.broker.opened_vault().unwrap().dangerous_damage_secret(app.parse().unwrap());
    assert_eq!(code(desk.step(&app, &FillCause::Gesture {}, PASSWORD)), Code::Vault);
    let released = desk.step(&app, &FillCause::Gesture {}, NAME).unwrap();
    assert_eq!(released.user_name.as_deref(), Some("alice"));
}

#[test]
fn a_launch_is_good_for_each_part_once() {
    let mut desk = Desk::new();
    let app = desk.add_with_code();
    let cause = FillCause::Launch { launch: desk.launch(&app) };
    assert_eq!(desk.step(&app, &cause, NAME).unwrap().user_name.as_deref(), Some("alice"));
    assert_eq!(desk.step(&app, &cause, PASSWORD).unwrap().password.as_deref(), Some("s3cret"));
    assert_eq!(code(desk.step(&app, &cause, PASSWORD)), Code::Expired);
    assert_eq!(code(desk.step(&app, &cause, LOGIN)), Code::Expired);
    // The clock of the tests stands at 1,700,000,000 seconds.
    let one_time_code = desk.step(&app, &cause, CODE).unwrap().one_time_code.unwrap();
    assert_eq!((one_time_code.len(), one_time_code.bytes().all(|byte| byte.is_ascii_digit())), (6, true));
    assert_eq!(code(desk.step(&app, &cause, CODE)), Code::Expired);
}

#[test]
fn a_launch_stays_in_the_tab_that_it_filled_first() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    let cause = FillCause::Launch { launch: desk.launch(&app) };
    desk.step(&app, &cause, NAME).unwrap();
    let elsewhere = Frame { tab: 2, ..page(PAYROLL) };
    assert_eq!(code(desk.release(&elsewhere, &app, &cause, PASSWORD)), Code::Refused);
    desk.step(&app, &cause, PASSWORD).unwrap();
}

#[test]
fn a_fill_goes_on_with_what_was_not_released_yet_by_whichever_step_is_named() {
    let mut desk = Desk::new();
    let app = desk.add_with_code();
    for cause in [FillCause::Gesture {}, FillCause::Launch { launch: desk.launch(&app) }] {
        let first = desk.step(&app, &cause, NAME).unwrap();
        assert_eq!(code(desk.step(&app, &go_on(&first), NAME)), Code::Expired);
        let second = desk.step(&app, &go_on(&first), PASSWORD).unwrap();
        assert_eq!(second.password.as_deref(), Some("s3cret"));
        for step in [&first, &second] {
            assert_eq!(code(desk.step(&app, &go_on(step), PASSWORD)), Code::Expired);
            assert_eq!(code(desk.step(&app, &go_on(step), LOGIN)), Code::Expired);
        }
        assert!(desk.step(&app, &go_on(&first), CODE).unwrap().one_time_code.is_some());
        if matches!(cause, FillCause::Launch { .. }) {
            assert_eq!(code(desk.step(&app, &cause, PASSWORD)), Code::Expired);
        }
    }
}

#[test]
fn a_next_step_is_for_the_same_app_tab_and_browser_and_not_for_long() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    let other = desk.add("Payroll admin", PAYROLL, "root", "s3cret too");
    let first = desk.step(&app, &FillCause::Gesture {}, NAME).unwrap();
    let cause = go_on(&first);
    assert_eq!(code(desk.step(&other, &cause, PASSWORD)), Code::Refused);
    let elsewhere = Frame { tab: 2, ..page(PAYROLL) };
    assert_eq!(code(desk.release(&elsewhere, &app, &cause, PASSWORD)), Code::Refused);
    let evil = page("https://evil.example");
    assert_eq!(code(desk.release(&evil, &app, &cause, PASSWORD)), Code::Refused);
    let stranger = Browser { profile: "another".into(), ..desk.browser.clone() };
    let refused = desk.broker.fill(&stranger, &page(PAYROLL), &app, &cause, PASSWORD);
    assert_eq!(code(refused), Code::Refused);
    let unknown = FillCause::Continue { fill: "0".repeat(32) };
    assert_eq!(code(desk.step(&app, &unknown, PASSWORD)), Code::Expired);
    desk.wait(STEP);
    assert_eq!(code(desk.step(&app, &cause, PASSWORD)), Code::Expired);
}

#[test]
fn a_form_that_was_drawn_anew_is_filled_once_more_and_not_twice() {
    let not_filled = |reason| FillOutcome::NotFilled { reason };
    for (reason, again) in [(NotFilled::FormGone, true), (NotFilled::Covered, false)] {
        let mut desk = Desk::new();
        let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
        let cause = FillCause::Launch { launch: desk.launch(&app) };
        let first = desk.step(&app, &cause, LOGIN).unwrap();
        desk.broker.fill_ended(&desk.browser, &first.fill, &not_filled(reason));
        let second = desk.step(&app, &cause, LOGIN);
        assert_eq!(second.is_ok(), again, "{reason:?}");
        let Ok(second) = second else { continue };
        for fill in [&first.fill, &second.fill] {
            desk.broker.fill_ended(&desk.browser, fill, &not_filled(reason));
            assert_eq!(code(desk.step(&app, &cause, LOGIN)), Code::Expired);
        }
    }
}

#[test]
fn a_lock_ends_what_was_going_on() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    let first = desk.step(&app, &FillCause::Gesture {}, NAME).unwrap();
    desk.broker.lock_by_person();
    assert_eq!(code(desk.step(&app, &go_on(&first), PASSWORD)), Code::Locked);
    desk.broker.unlock().unwrap();
    assert_eq!(code(desk.step(&app, &go_on(&first), PASSWORD)), Code::Expired);
}

#[test]
fn without_a_seed_there_is_no_code_and_the_rest_is_filled() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    assert_eq!(code(desk.step(&app, &FillCause::Gesture {}, CODE)), Code::NotFound);
    let both = desk.step(&app, &FillCause::Gesture {}, &[Part::Password, Part::OneTimeCode]).unwrap();
    assert!(both.password.is_some() && both.one_time_code.is_none());
}

#[test]
fn the_log_says_which_parts_left_where_it_was_not_a_whole_login() {
    let mut desk = Desk::new();
    let app = desk.add_with_code();
    for parts in [LOGIN, NAME, &[Part::Password, Part::OneTimeCode]] {
        desk.step(&app, &FillCause::Gesture {}, parts).unwrap();
    }
    let lines = desk.broker.activity(None, 3).unwrap();
    let reasons: Vec<_> = lines.iter().map(|line| line.reason.as_deref()).collect();
    assert_eq!(reasons, [None, Some("user name alone"), Some("one-time code too")]);
}

#[test]
fn what_the_organisation_wants_filled_by_itself_is_and_nothing_else() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    let arrival = FillCause::Arrival {};
    assert_eq!(code(desk.step(&app, &arrival, LOGIN)), Code::Refused);
    desk.broker.set_rules(Some(acme("")), None);
    assert_eq!(code(desk.step(&app, &arrival, LOGIN)), Code::Refused);
    desk.broker.set_rules(Some(acme(r#","automatic":true"#)), None);
    let framed = Frame { frame: 3, ..page(PAYROLL) };
    assert_eq!(code(desk.release(&framed, &app, &arrival, LOGIN)), Code::Refused);
    assert_eq!(code(desk.release(&page("https://evil.example"), &app, &arrival, LOGIN)), Code::Refused);
    assert_eq!(desk.step(&app, &arrival, LOGIN).unwrap().password.as_deref(), Some("s3cret"));
}

#[test]
fn a_tab_is_not_filled_by_itself_again_within_five_minutes_whatever_filled_it_before() {
    let arrival = FillCause::Arrival {};
    for before in [FillCause::Arrival {}, FillCause::Gesture {}] {
        let mut desk = Desk::new();
        let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
        desk.broker.set_rules(Some(acme(r#","automatic":true"#)), None);
        let first = desk.step(&app, &before, NAME).unwrap();
        assert_eq!(code(desk.step(&app, &arrival, PASSWORD)), Code::Refused);
        // The login goes on all the same, and another tab is another matter.
        desk.step(&app, &go_on(&first), PASSWORD).unwrap();
        desk.release(&Frame { tab: 2, ..page(PAYROLL) }, &app, &arrival, LOGIN).unwrap();
        // Nor does a lock make it forget.
        desk.broker.lock_by_person();
        desk.broker.unlock().unwrap();
        desk.wait(PAUSE.checked_sub(Duration::from_millis(1)).unwrap());
        assert_eq!(code(desk.step(&app, &arrival, LOGIN)), Code::Refused);
        desk.wait(Duration::from_millis(1));
        assert!(desk.step(&app, &arrival, LOGIN).is_ok());
    }
}

#[test]
fn with_several_accounts_nobody_can_know_which_is_wanted() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    desk.add("Payroll 2004", PAYROLL, "bob", "s3cret too");
    desk.broker.set_rules(Some(acme(r#","automatic":true"#)), None);
    assert_eq!(code(desk.step(&app, &FillCause::Arrival {}, LOGIN)), Code::Refused);
}

#[test]
fn a_fill_may_end_well_and_turn_out_to_be_rejected_afterwards() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    let fill = desk.step(&app, &FillCause::Gesture {}, LOGIN).unwrap().fill;
    desk.broker.fill_ended(&desk.browser, &fill, &FillOutcome::Filled { submitted: true });
    let rejected = FillOutcome::NotFilled { reason: NotFilled::Rejected };
    desk.broker.fill_ended(&desk.browser, &fill, &rejected);
    let line = desk.broker.activity(None, 1).unwrap().remove(0);
    assert_eq!(line.reason.as_deref(), Some("the site did not accept it"));
}

#[test]
fn what_a_browser_asks_for_itself_is_filled_like_a_page() {
    let mut desk = Desk::new();
    let app = desk.add("Printer", PAYROLL, "alice", "s3cret");
    let challenged = Frame { document: "auth:4711".into(), ..page(PAYROLL) };
    assert!(desk.release(&challenged, &app, &FillCause::Gesture {}, LOGIN).is_ok());
}
