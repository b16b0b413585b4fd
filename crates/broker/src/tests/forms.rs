//! What is known of a form: told to the browser, kept with a login, and where it may be filled.

use lanyard_protocol::browser::{Event, Extra, FormHint, Selectors};

use super::*;

const SSO: &str = "https://sso.example";
const FORMS: &str = "https://forms.example";

/// An app whose password is asked for at another address, and whose form may be in a frame.
const SPREAD: &str = r##","fields":{"username":"#user","next":"#next","submit":"#go"},
    "extras":[{"field":"#company","value":"4711"},{"field":"#branch"}],
    "password_page_url":"https://sso.example/password","frame":"https://forms.example/login""##;

fn spread() -> Organisation {
    acme(SPREAD)
}

fn framed() -> Frame {
    Frame { frame: 3, top_origin: PAYROLL.into(), ..page(FORMS) }
}

fn extra(field: &str, value: &str) -> Extra {
    Extra { field: field.into(), value: value.into() }
}

fn learned() -> Selectors {
    Selectors {
        username: Some("#login".into()),
        current_password: Some("#secret".into()),
        ..Selectors::default()
    }
}

impl Desk {
    fn hint(&self, frame: &Frame) -> Option<Box<FormHint>> {
        self.broker.suggest(&self.browser, frame).unwrap().form
    }

    fn accounts(&self, frame: &Frame) -> Vec<String> {
        let accounts = self.broker.suggest(&self.browser, frame).unwrap().accounts;
        accounts.into_iter().map(|account| account.user_name).collect()
    }

    fn extras(&mut self, app: &str) -> Vec<Extra> {
        let parts = [Part::Extras];
        match self.broker.fill(&self.browser, &page(PAYROLL), app, &FillCause::Gesture {}, &parts) {
            Ok(Response::Fill { extras, user_name: None, password: None, .. }) => extras,
            _ => panic!("not filled, or with more than was asked for"),
        }
    }

    /// Captures, succeeds and saves.
    fn save(&mut self, typed: Typed) -> OfferKind {
        let frame = page(PAYROLL);
        let Ok(Response::Captured { capture }) = self.broker.capture(&self.browser, &frame, typed) else {
            panic!("not captured");
        };
        let Ok(Response::Offer(offer)) = self.broker.capture_ended(&self.browser, &capture, true) else {
            panic!("no offer");
        };
        let save = OfferAnswer::Save { name: "Payroll 2004".into(), auto_submit: true };
        self.broker.answer_offer(&self.browser, &capture, save).unwrap();
        offer.kind
    }
}

#[test]
fn a_page_of_no_app_has_no_hint_and_one_with_an_account_has() {
    let mut desk = Desk::new();
    assert_eq!(desk.hint(&page(PAYROLL)), None);
    desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    assert_eq!(desk.hint(&page(PAYROLL)), Some(Box::default()));
}

#[test]
fn the_organisations_definition_is_told_before_there_is_an_account() {
    let mut desk = Desk::new();
    desk.broker.set_rules(Some(spread()), None);
    let hint = desk.hint(&page(PAYROLL)).unwrap();
    let app = hint.app.unwrap();
    assert_eq!((app.username.as_deref(), app.submit.as_deref()), (Some("#user"), Some("#next, #go")));
    assert_eq!(app.extras, ["#company", "#branch"]);
    assert_eq!((hint.automatic, hint.frames), (false, vec![FORMS.to_owned()]));
}

#[test]
fn a_hint_is_automatic_for_a_single_account_alone() {
    let mut desk = Desk::new();
    desk.broker.set_rules(Some(acme(r#","automatic":true"#)), None);
    let automatic = |desk: &Desk| desk.hint(&page(PAYROLL)).unwrap().automatic;
    assert!(!automatic(&desk));
    desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    assert!(automatic(&desk));
    desk.add("Payroll 2004", PAYROLL, "bob", "s3cret");
    assert!(!automatic(&desk));
}

#[test]
fn a_launch_tells_what_is_known_of_the_form() {
    let mut desk = Desk::new();
    desk.broker.set_rules(Some(spread()), None);
    let record = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret").parse().unwrap();
    let launch = desk.broker.launch(record, Some(&desk.browser), true).unwrap();
    assert_eq!(launch.form, desk.hint(&page(PAYROLL)));
    desk.broker.launch(record, None, false).unwrap();
    assert_eq!(desk.broker.claim_launches(&desk.browser)[0].form, launch.form);
}

#[test]
fn what_a_login_asked_for_besides_is_saved_told_and_filled_again() {
    let mut desk = Desk::new();
    let extras = vec![extra("#company", "4711"), extra("#branch", "Nord")];
    let kind = desk.save(Typed { extras, learned: Some(learned()), ..typed("alice", "s3cret") });
    assert_eq!(kind, OfferKind::Save);
    assert_eq!(desk.hint(&page(PAYROLL)).unwrap().learned, Some(learned()));
    let app = desk.broker.find_app("payroll 2004").unwrap().to_string();
    assert_eq!(desk.extras(&app), [extra("#company", "4711"), extra("#branch", "Nord")]);
}

#[test]
fn the_same_again_is_no_offer_and_another_value_is() {
    let mut desk = Desk::new();
    let typed = |value: &str| Typed { extras: vec![extra("#company", value)], ..typed("alice", "s3cret") };
    desk.save(typed("4711"));
    let again = desk.broker.capture(&desk.browser, &page(PAYROLL), typed("4711"));
    assert!(matches!(again, Ok(Response::Unchanged {})));
    assert_eq!(desk.save(typed("4712")), OfferKind::Update);
    let app = desk.broker.find_app("payroll 2004").unwrap().to_string();
    assert_eq!(desk.extras(&app), [extra("#company", "4712")]);
    assert_eq!(desk.broker.count(), Some(1));
}

#[test]
fn an_update_refreshes_what_was_learned_and_keeps_the_rest() {
    let mut desk = Desk::new();
    let extras = vec![extra("#company", "4711")];
    desk.save(Typed { extras, learned: Some(learned()), ..typed("alice", "old") });
    let moved = Selectors { username: Some("#login2".into()), ..Selectors::default() };
    desk.save(Typed { learned: Some(moved), ..typed("alice", "new") });
    let known = desk.hint(&page(PAYROLL)).unwrap().learned.unwrap();
    assert_eq!(known, Selectors { username: Some("#login2".into()), ..learned() });
    let app = desk.broker.find_app("payroll 2004").unwrap().to_string();
    assert_eq!(desk.extras(&app), [extra("#company", "4711")]);
}

#[test]
fn what_everybody_has_comes_before_what_a_person_typed() {
    let mut desk = Desk::new();
    let extras = vec![extra("#company", "typed"), extra("#branch", "Nord")];
    desk.save(Typed { extras, ..typed("alice", "s3cret") });
    desk.broker.set_rules(Some(spread()), None);
    let app = desk.broker.find_app("payroll 2004").unwrap().to_string();
    assert_eq!(desk.extras(&app), [extra("#company", "4711"), extra("#branch", "Nord")]);
}

#[test]
fn a_form_that_was_saved_is_there_after_a_lock() {
    let mut desk = Desk::new();
    let extras = vec![extra("#company", "4711")];
    desk.save(Typed { extras, learned: Some(learned()), ..typed("alice", "s3cret") });
    desk.broker.lock_by_person();
    desk.broker.unlock().unwrap();
    assert_eq!(desk.hint(&page(PAYROLL)).unwrap().learned, Some(learned()));
}

#[test]
fn a_named_frame_and_a_further_page_are_about_the_apps_accounts() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    let gesture = FillCause::Gesture {};
    for place in [framed(), page(SSO)] {
        assert_eq!(desk.accounts(&place), [] as [&str; 0]);
        assert_eq!(code(desk.broker.fill(&desk.browser, &place, &app, &gesture, LOGIN)), Code::Refused);
    }
    desk.broker.set_rules(Some(spread()), None);
    for place in [framed(), page(SSO)] {
        assert_eq!(desk.accounts(&place), ["alice"]);
        assert!(desk.hint(&place).unwrap().app.is_some());
        assert!(desk.broker.fill(&desk.browser, &place, &app, &gesture, LOGIN).is_ok());
    }
    // The frame's address by itself, or in a page of somebody else, is nothing.
    let elsewhere = Frame { top_origin: "https://evil.example".into(), ..framed() };
    for place in [page(FORMS), elsewhere] {
        assert_eq!(desk.accounts(&place), [] as [&str; 0]);
        assert_eq!(code(desk.broker.fill(&desk.browser, &place, &app, &gesture, LOGIN)), Code::Refused);
    }
}

#[test]
fn an_account_of_a_page_itself_comes_before_that_of_an_app_that_names_it() {
    let mut desk = Desk::new();
    desk.broker.set_rules(Some(spread()), None);
    desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    desk.add("Single sign-on", SSO, "alice@sso", "s3cret");
    assert_eq!(desk.accounts(&page(SSO)), ["alice@sso"]);
}

#[test]
fn a_login_in_a_named_frame_is_saved_for_the_app_and_its_page() {
    let mut desk = Desk::new();
    desk.broker.set_rules(Some(spread()), None);
    let login = || Typed { login_url: format!("{FORMS}/login"), ..typed("alice", "s3cret") };
    let foreign = Frame { top_origin: "https://evil.example".into(), ..framed() };
    assert_eq!(code(desk.broker.capture(&desk.browser, &foreign, login())), Code::Refused);
    let Ok(Response::Captured { capture }) = desk.broker.capture(&desk.browser, &framed(), login()) else {
        panic!("not captured");
    };
    desk.broker.capture_ended(&desk.browser, &capture, true).unwrap();
    let save = OfferAnswer::Save { name: "Payroll 2004".into(), auto_submit: true };
    desk.broker.answer_offer(&desk.browser, &capture, save).unwrap();
    let app = desk.broker.apps("", 1).unwrap().apps.remove(0);
    assert_eq!((app.origin.as_str(), app.login_url), (PAYROLL, format!("{PAYROLL}/login")));
}

#[test]
fn digests_recognise_the_organisations_apps_before_there_is_an_account() {
    let count = |desk: &Desk| match &desk.broker.origin_events()[..] {
        [Event::Origins { digests, .. }] => digests.len() / 12,
        _ => panic!("one part"),
    };
    let mut desk = Desk::new();
    desk.broker.set_rules(Some(spread()), None);
    assert_eq!(count(&desk), 3);
    desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    assert_eq!(count(&desk), 3);
}

#[test]
fn the_account_used_last_comes_first_also_after_a_lock() {
    let mut desk = Desk::new();
    let apps = ["carol", "alice", "bob"].map(|user| desk.add("Payroll 2004", PAYROLL, user, "s3cret"));
    assert_eq!(desk.accounts(&page(PAYROLL)), ["alice", "bob", "carol"]);
    desk.password(PAYROLL, &apps[2], &FillCause::Gesture {}).unwrap();
    desk.password(PAYROLL, &apps[0], &FillCause::Gesture {}).unwrap();
    assert_eq!(desk.accounts(&page(PAYROLL)), ["carol", "bob", "alice"]);
    desk.broker.lock_by_person();
    desk.broker.unlock().unwrap();
    assert_eq!(desk.accounts(&page(PAYROLL)), ["carol", "bob", "alice"]);
}

#[test]
fn a_password_is_made_by_the_field_the_organisation_or_by_default() {
    let mut desk = Desk::new();
    let made = |desk: &Desk, origin: &str, rules: Option<&str>| {
        let password = desk.broker.generate(&desk.browser, &page(origin), rules).unwrap();
        password.expose_secret().to_owned()
    };
    let digits = |password: &str| password.bytes().all(|byte| byte.is_ascii_digit());
    assert_eq!(made(&desk, PAYROLL, None).len(), 20);
    let sites = r#"{"acme.example":{"password-rules":"required: digit; maxlength: 9;"}}"#;
    let (password_rules, _) = SiteRules::parse(serde_json::from_str(sites).unwrap());
    let organisation = acme(r#","password_rules":"required: digit; maxlength: 8;""#);
    desk.broker.set_rules(Some(Organisation { password_rules, ..organisation }), None);
    for (origin, rules, length) in [
        (PAYROLL, None, 8),
        ("https://wiki.acme.example", None, 9),
        (PAYROLL, Some("required: digit; maxlength: 7;"), 7),
        (PAYROLL, Some("required: ???"), 8),
    ] {
        let password = made(&desk, origin, rules);
        assert!(password.len() == length && digits(&password), "{origin} {rules:?}: {password}");
    }
    assert_eq!(made(&desk, "https://elsewhere.example", Some("minlength: 9999;")).len(), 20);
}

#[test]
fn no_password_is_made_while_locked_or_for_a_frame_in_a_foreign_page() {
    let mut desk = Desk::new();
    let framed = Frame { top_origin: "https://evil.example".into(), ..page(PAYROLL) };
    assert_eq!(code(desk.broker.generate(&desk.browser, &framed, None)), Code::Refused);
    desk.broker.lock_by_person();
    assert_eq!(code(desk.broker.generate(&desk.browser, &page(PAYROLL), None)), Code::Locked);
}
