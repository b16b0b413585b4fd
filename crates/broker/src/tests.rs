//! One request, one answer: who gets a secret, who does not, and what the log says of it.

mod activity;
mod changes;
mod credentials;
mod exports;
mod forms;
mod imports;
mod matching;
mod saving;
mod slots;
mod steps;
mod verification;

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use lanyard_catalog::{App, SiteRules};
use lanyard_protocol::browser::{
    FillCause, FillOutcome, Frame, NotFilled, OfferAnswer, OfferKind, Part, Response,
};
use lanyard_protocol::common::{Code, NewApp, Problem, VaultState};
use lanyard_vault::{MemoryKeychain, Vault};
use secrecy::ExposeSecret as _;

use super::*;

const PAYROLL: &str = "https://payroll.example";

/// What a plain login form asks for.
const LOGIN: &[Part] = &[Part::UserName, Part::Password];

#[test]
fn a_launch_fills_its_app_once() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    let launch = desk.launch(&app);
    let cause = FillCause::Launch { launch };
    assert_eq!(desk.password(PAYROLL, &app, &cause), Ok("s3cret".into()));
    assert_eq!(desk.refusal(PAYROLL, &app, &cause), Code::Expired);
}

#[test]
fn a_launch_ends_by_itself() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    let cause = FillCause::Launch { launch: desk.launch(&app) };
    desk.wait(LAUNCH_LIFETIME);
    assert_eq!(desk.refusal(PAYROLL, &app, &cause), Code::Expired);
}

#[test]
fn a_launch_is_for_one_app_and_one_browser() {
    let mut desk = Desk::new();
    let payroll = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    let other = desk.add("Payroll admin", PAYROLL, "root", "s3cret too");
    let cause = FillCause::Launch { launch: desk.launch(&payroll) };
    assert_eq!(desk.refusal(PAYROLL, &other, &cause), Code::Refused);
    let stranger = Browser { profile: "another".into(), ..desk.browser.clone() };
    let refused = desk.broker.fill(&stranger, &page(PAYROLL), &payroll, &cause, LOGIN);
    assert_eq!(code(refused), Code::Refused);
}

#[test]
fn a_gesture_fills_at_the_exact_origin_only() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    let gesture = FillCause::Gesture {};
    assert!(desk.password(PAYROLL, &app, &gesture).is_ok());
    for page in ["https://payroll.example.evil.net", "http://payroll.example", "https://payroll.example:8443"]
    {
        assert_eq!(desk.refusal(page, &app, &gesture), Code::Refused, "{page}");
    }
    assert_eq!(desk.refusal("about:blank", &app, &gesture), Code::Invalid);
}

#[test]
fn a_form_inside_a_foreign_page_gets_nothing_and_is_offered_nothing() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    let framed = Frame { frame: 3, top_origin: "https://evil.example".into(), ..page(PAYROLL) };
    assert_eq!(
        code(desk.broker.fill(&desk.browser, &framed, &app, &FillCause::Gesture {}, LOGIN)),
        Code::Refused
    );
    assert_eq!(desk.broker.suggest(&desk.browser, &framed).unwrap().accounts, []);
}

#[test]
fn a_browser_that_is_not_paired_gets_nothing() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    desk.browser.paired = false;
    assert_eq!(desk.refusal(PAYROLL, &app, &FillCause::Gesture {}), Code::NotPaired);
    assert_eq!(code(desk.broker.suggest(&desk.browser, &page(PAYROLL))), Code::NotPaired);
}

#[test]
fn a_paired_browser_that_asks_for_site_after_site_is_stopped_for_a_while() {
    let mut desk = Desk::new();
    let site = |number: usize| format!("https://site-{number}.example");
    let apps: Vec<_> = (0..=lanyard_policy::MOST_SITES)
        .map(|number| desk.add("App", &site(number), "alice", "s3cret"))
        .collect();
    let gesture = FillCause::Gesture {};
    let (last, first) = apps.split_last().unwrap();
    for (number, app) in first.iter().enumerate() {
        assert!(desk.password(&site(number), app, &gesture).is_ok());
    }
    let last_site = site(first.len());
    assert_eq!(desk.refusal(&last_site, last, &gesture), Code::Busy);
    let launch = FillCause::Launch { launch: desk.launch(last) };
    assert!(desk.password(&last_site, last, &launch).is_ok(), "the person opened it from Lanyard");
    assert!(desk.password(&site(0), &first[0], &gesture).is_ok());
    let other = Browser { profile: "another".into(), ..desk.browser.clone() };
    assert!(desk.broker.fill(&other, &page(&last_site), last, &gesture, LOGIN).is_ok());
    desk.wait(Duration::from_mins(1));
    assert!(desk.password(&last_site, last, &gesture).is_ok());
}

#[test]
fn locked_means_nothing_is_filled_suggested_or_kept() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    desk.broker.lock_by_person();
    assert_eq!(desk.refusal(PAYROLL, &app, &FillCause::Gesture {}), Code::Locked);
    assert_eq!(code(desk.broker.suggest(&desk.browser, &page(PAYROLL))), Code::Locked);
    assert_eq!(code(desk.capture("bob", "new")), Code::Locked);
    desk.broker.unlock().unwrap();
    assert!(desk.password(PAYROLL, &app, &FillCause::Gesture {}).is_ok());
}

#[test]
fn what_a_person_locked_stays_locked_at_the_next_start() {
    let mut desk = Desk::new();
    desk.broker.lock_by_person();
    desk.broker.unlock_again().unwrap();
    assert!(!desk.broker.is_unlocked());
    desk.broker.unlock().unwrap();
    desk.broker.lock("for another reason");
    desk.broker.unlock_again().unwrap();
    assert!(desk.broker.is_unlocked());
}

#[test]
fn nobody_signed_in_means_no_unlock() {
    let mut desk = Desk::new();
    desk.broker.lock("signed out");
    desk.broker.set_account(None);
    assert_eq!(code(desk.broker.unlock()), Code::SignedOut);
}

#[test]
fn a_login_that_succeeded_is_offered_and_saved() {
    let mut desk = Desk::new();
    let capture = desk.captured("alice", "typed");
    let Ok(Response::Offer(offer)) = desk.broker.capture_ended(&desk.browser, &capture, true) else {
        panic!("no offer");
    };
    assert_eq!(
        (offer.kind, offer.user_name.as_str(), offer.origin.as_str()),
        (OfferKind::Save, "alice", PAYROLL)
    );
    let save = OfferAnswer::Save { name: "Payroll 2004".into(), auto_submit: true };
    assert!(desk.broker.answer_offer(&desk.browser, &capture, save).unwrap().is_some());
    let app = desk.broker.find_app("payroll 2004").unwrap().to_string();
    assert_eq!(desk.password(PAYROLL, &app, &FillCause::Gesture {}), Ok("typed".into()));
}

#[test]
fn a_login_that_failed_is_forgotten() {
    let mut desk = Desk::new();
    let capture = desk.captured("alice", "wrong");
    desk.broker.capture_ended(&desk.browser, &capture, false).unwrap();
    assert_eq!(code(desk.broker.capture_ended(&desk.browser, &capture, true)), Code::Expired);
    assert_eq!(desk.broker.count(), Some(0));
}

#[test]
fn nothing_is_saved_before_the_login_succeeded_or_without_a_yes() {
    let mut desk = Desk::new();
    let capture = desk.captured("alice", "typed");
    let save = || OfferAnswer::Save { name: "Payroll".into(), auto_submit: false };
    assert_eq!(code(desk.broker.answer_offer(&desk.browser, &capture, save())), Code::Expired);
    desk.broker.capture_ended(&desk.browser, &capture, true).unwrap();
    desk.broker.answer_offer(&desk.browser, &capture, OfferAnswer::NotNow {}).unwrap();
    assert_eq!(code(desk.broker.answer_offer(&desk.browser, &capture, save())), Code::Expired);
    assert_eq!(desk.broker.count(), Some(0));
}

#[test]
fn a_capture_belongs_to_its_browser_and_ends_by_itself() {
    let mut desk = Desk::new();
    let capture = desk.captured("alice", "typed");
    let stranger = Browser { profile: "another".into(), ..desk.browser.clone() };
    assert_eq!(code(desk.broker.capture_ended(&stranger, &capture, true)), Code::Expired);
    desk.wait(CAPTURE_LIFETIME);
    assert_eq!(code(desk.broker.capture_ended(&desk.browser, &capture, true)), Code::Expired);
}

#[test]
fn what_is_saved_already_is_not_offered_and_a_new_password_is_an_update() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "old");
    assert!(matches!(desk.capture("alice", "old"), Ok(Response::Unchanged {})));
    let capture = desk.captured("alice", "new");
    let Ok(Response::Offer(offer)) = desk.broker.capture_ended(&desk.browser, &capture, true) else {
        panic!("no offer");
    };
    assert_eq!((offer.kind, offer.name.as_str()), (OfferKind::Update, "Payroll 2004"));
    let save = OfferAnswer::Save { name: "Payroll 2004".into(), auto_submit: true };
    desk.broker.answer_offer(&desk.browser, &capture, save).unwrap();
    assert_eq!(desk.password(PAYROLL, &app, &FillCause::Gesture {}), Ok("new".into()));
    assert_eq!(desk.broker.count(), Some(1));
}

#[test]
fn an_update_keeps_what_the_person_did_not_change() {
    let mut desk = Desk::new();
    let new = NewApp {
        name: "Payroll 2004".into(),
        login_url: format!("{PAYROLL}/login?company=7"),
        user_name: "alice".into(),
        password: "old".into(),
        auto_submit: false,
        one_time_code: None,
        notes: None,
    };
    let app = desk.broker.add_app(new).unwrap().0;
    let capture = desk.captured("alice", "new");
    let Ok(Response::Offer(offer)) = desk.broker.capture_ended(&desk.browser, &capture, true) else {
        panic!("no offer");
    };
    assert!(!offer.auto_submit);
    let save = OfferAnswer::Save { name: offer.name, auto_submit: offer.auto_submit };
    desk.broker.answer_offer(&desk.browser, &capture, save).unwrap();
    assert_eq!(desk.broker.login_url(app).unwrap(), format!("{PAYROLL}/login?company=7"));
}

#[test]
fn what_was_typed_is_not_offered_after_its_time() {
    let mut desk = Desk::new();
    let capture = desk.captured("alice", "typed");
    desk.broker.capture_ended(&desk.browser, &capture, true).unwrap();
    desk.wait(CAPTURE_LIFETIME);
    assert_eq!(code(desk.broker.offer(&desk.browser, &capture)), Code::Expired);
}

#[test]
fn every_refusal_is_a_line() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    desk.refusal("about:blank", &app, &FillCause::Gesture {});
    desk.broker.lock_by_person();
    assert!(desk.capture("alice", "typed").is_err());
    assert!(desk.broker.launch(app.parse().unwrap(), None, false).is_err());
    desk.broker.set_account(None);
    assert!(desk.broker.unlock().is_err());
    let lines = desk.broker.activity(None, 10).unwrap();
    let refused = lines.iter().filter(|line| line.outcome == "refused").map(|line| line.event.as_str());
    assert_eq!(refused.collect::<Vec<_>>(), ["fill_refused", "captured", "launched", "unlocked"]);
}

#[test]
fn a_capture_in_a_foreign_page_is_refused() {
    let mut desk = Desk::new();
    let framed = Frame { top_origin: "https://evil.example".into(), ..page(PAYROLL) };
    let refused = desk.broker.capture(&desk.browser, &framed, typed("alice", "typed"));
    assert_eq!(code(refused), Code::Refused);
}

#[test]
fn fills_and_refusals_are_lines_without_values() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    desk.password(PAYROLL, &app, &FillCause::Gesture {}).unwrap();
    desk.refusal("https://evil.example", &app, &FillCause::Gesture {});
    let lines = desk.broker.activity(None, 10).unwrap();
    let told: Vec<_> = lines.iter().map(|line| (line.event.as_str(), line.outcome.as_str())).collect();
    assert_eq!(
        told,
        [("unlocked", "done"), ("app_added", "done"), ("filled", "done"), ("fill_refused", "refused")]
    );
    assert_eq!(lines[3].origin.as_deref(), Some("https://evil.example"));
    assert_eq!(lines[3].reason.as_deref(), Some("another address than the app's"));
    assert!(!format!("{lines:?}").contains("s3cret"));
}

#[test]
fn a_fill_that_the_page_did_not_take_is_a_line_too() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    let released = desk.broker.fill(&desk.browser, &page(PAYROLL), &app, &FillCause::Gesture {}, LOGIN);
    let Ok(Response::Fill { fill, .. }) = released else { panic!("not filled") };
    let outcome = FillOutcome::NotFilled { reason: NotFilled::FormGone };
    desk.broker.fill_ended(&desk.browser, &fill, &outcome);
    desk.broker.fill_ended(&desk.browser, &fill, &outcome);
    let lines = desk.broker.activity(None, 10).unwrap();
    assert_eq!(lines.iter().filter(|line| line.outcome == "failed").count(), 1);
}

#[test]
fn refusals_are_written_while_locked_too() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    desk.broker.lock_by_person();
    desk.refusal(PAYROLL, &app, &FillCause::Gesture {});
    let line = desk.broker.activity(None, 1).unwrap().remove(0);
    assert_eq!((line.event.as_str(), line.reason.as_deref()), ("fill_refused", Some("locked")));
}

#[test]
fn a_launch_without_a_browser_waits_for_the_first_paired_one() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    let record = app.parse().unwrap();
    desk.broker.launch(record, None, false).unwrap();
    let unpaired = Browser { paired: false, ..desk.browser.clone() };
    assert_eq!(desk.broker.claim_launches(&unpaired), []);
    let claimed = desk.broker.claim_launches(&desk.browser);
    assert_eq!(claimed.len(), 1);
    assert_eq!(desk.broker.claim_launches(&desk.browser), []);
    let cause = FillCause::Launch { launch: claimed[0].launch.clone() };
    assert!(desk.password(PAYROLL, &app, &cause).is_ok());
}

#[test]
fn recent_apps_come_first_and_survive_a_lock() {
    let mut desk = Desk::new();
    desk.add("Archive", "https://archive.example", "alice", "1");
    let payroll = desk.add("Payroll 2004", PAYROLL, "alice", "2");
    desk.password(PAYROLL, &payroll, &FillCause::Gesture {}).unwrap();
    for _ in 0..2 {
        let found = desk.broker.apps("", 10).unwrap();
        let names: Vec<_> = found.apps.iter().map(|app| app.name.as_str()).collect();
        assert_eq!((names, found.recent), (vec!["Payroll 2004", "Archive"], 1));
        desk.broker.lock_by_person();
        assert_eq!(desk.broker.recent_apps(), []);
        desk.broker.unlock().unwrap();
    }
}

#[test]
fn a_search_looks_at_hosts_and_not_at_what_every_address_has() {
    let mut desk = Desk::new();
    desk.add("Archive", "https://vault.example:8443", "alice", "1");
    desk.add("Payroll 2004", "https://pay.example", "bob", "2");
    let count = |query: &str| desk.broker.apps(query, 10).unwrap().total;
    assert_eq!((count("VAULT.example:8"), count("bob"), count("2004")), (1, 1, 1));
    assert_eq!((count("https"), count("://")), (0, 0));
}

#[test]
fn the_digests_recognise_an_origin_and_tell_nothing_while_locked() {
    let mut desk = Desk::new();
    desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    let [lanyard_protocol::browser::Event::Origins { digests, part: 0, .. }] =
        &desk.broker.origin_events()[..]
    else {
        panic!("one part");
    };
    assert_eq!(digests.len(), 12);
    let lanyard_protocol::browser::Event::Origins { digests: again, .. } = desk.broker.origin_event(PAYROLL)
    else {
        panic!("origins");
    };
    assert_eq!(*digests, again);
    desk.broker.lock_by_person();
    assert!(desk.broker.origin_events().is_empty());
}

const HOUR: Duration = Duration::from_hours(1);

#[test]
fn after_a_time_without_use_it_is_locked_whether_or_not_a_timer_has_fired() {
    let mut desk = Desk::new();
    let app = desk.add("Payroll 2004", PAYROLL, "alice", "s3cret");
    desk.broker.set_idle_limit(Some(HOUR));
    desk.wait(Duration::from_secs(59 * 60 + 59));
    assert_eq!(desk.password(PAYROLL, &app, &FillCause::Gesture {}).unwrap(), "s3cret");
    // As after a night asleep: no timer, and the first that comes is a request.
    desk.wait(Duration::from_secs(1));
    assert!(!desk.broker.is_unlocked() && desk.broker.vault_state(false) == VaultState::Locked {});
    assert_eq!(code(desk.broker.suggest(&desk.browser, &page(PAYROLL))), Code::Locked);
    assert_eq!(code(desk.broker.apps("", 10)), Code::Locked);
    assert_eq!(code(desk.broker.find_app("Payroll 2004")), Code::Locked);
    assert_eq!((desk.broker.count(), desk.broker.recent_apps().len()), (None, 0));
    assert!(desk.broker.origin_events().is_empty());
    assert_eq!(desk.refusal(PAYROLL, &app, &FillCause::Gesture {}), Code::Locked);
    assert_eq!(code(desk.broker.back_up(None)), Code::Locked);
    assert_eq!(code(desk.broker.rekey()), Code::Locked);
}

#[test]
fn what_a_person_does_begins_the_time_anew_but_opens_nothing_whose_time_is_up() {
    let mut desk = Desk::new();
    desk.broker.set_idle_limit(Some(HOUR));
    for _ in 0..3 {
        desk.wait(HOUR / 2);
        desk.broker.used_by_person();
        assert_eq!(desk.broker.idle_left(), Some(HOUR));
    }
    desk.wait(HOUR);
    desk.broker.used_by_person();
    assert!(desk.broker.lock_if_idle() && !desk.broker.lock_if_idle());
    assert_eq!(desk.broker.idle_left(), None);
    let (lines, _) = desk.broker.activity_before(None, "", 1).unwrap();
    let locked = lines.last().unwrap();
    assert_eq!((&*locked.event, locked.reason.as_deref()), ("locked", Some("nobody used it for 60 minutes")));
    desk.broker.unlock().unwrap();
    assert_eq!(desk.broker.idle_left(), Some(HOUR));
}

#[test]
fn without_a_limit_it_stays_open() {
    let mut desk = Desk::new();
    desk.wait(1000 * HOUR);
    assert!(!desk.broker.lock_if_idle() && desk.broker.is_unlocked());
    desk.broker.set_idle_limit(Some(HOUR));
    assert!(desk.broker.lock_if_idle());
}

/// An engine with an open vault, a person and a paired browser.
struct Desk {
    broker: Broker,
    browser: Browser,
    now: Rc<Cell<Duration>>,
    keychain: Arc<MemoryKeychain>,
    folder: tempfile::TempDir,
}

/// How long the computer runs when a test begins.
const START: Duration = Duration::from_secs(1000);

struct TestClock(Rc<Cell<Duration>>);

impl Clock for TestClock {
    fn since_boot(&self) -> Duration {
        self.0.get()
    }

    fn unix_ms(&self) -> u64 {
        let waited = self.0.get().saturating_sub(START);
        1_700_000_000_000 + u64::try_from(waited.as_millis()).unwrap()
    }
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keychain = Arc::new(MemoryKeychain::new());
        let vault = Vault::open_or_create(&folder.path().join("vault"), keychain.clone()).unwrap();
        let log = Log::open(&folder.path().join("activity.db"), vault.derive_service_key("audit")).unwrap();
        let now = Rc::new(Cell::new(START));
        let problem = Problem::new(Code::Vault, "none", "none");
        let mut broker = Broker::new(Box::new(TestClock(now.clone())), problem);
        broker.use_vault(vault, Some(log));
        broker.set_account(Some("Alice".into()));
        broker.unlock().unwrap();
        let browser = Browser { name: "Chromium".into(), profile: "p".into(), paired: true };
        Self { broker, browser, now, keychain, folder }
    }

    /// Leaves the files and the keychain.
    fn close(self) -> (tempfile::TempDir, Arc<MemoryKeychain>) {
        (self.folder, self.keychain)
    }

    fn add(&mut self, name: &str, origin: &str, user_name: &str, password: &str) -> String {
        let new = NewApp {
            name: name.into(),
            login_url: format!("{origin}/login"),
            user_name: user_name.into(),
            password: password.into(),
            auto_submit: true,
            one_time_code: None,
            notes: None,
        };
        self.broker.add_app(new).unwrap().0.to_string()
    }

    fn launch(&mut self, app: &str) -> String {
        self.broker.launch(app.parse().unwrap(), Some(&self.browser), true).unwrap().launch
    }

    fn password(&mut self, origin: &str, app: &str, cause: &FillCause) -> Result<String, Problem> {
        let Response::Fill { password, .. } =
            self.broker.fill(&self.browser, &page(origin), app, cause, LOGIN)?
        else {
            panic!("not a fill");
        };
        Ok(password.expect("it was asked for").expose_secret().to_owned())
    }

    fn refusal(&mut self, origin: &str, app: &str, cause: &FillCause) -> Code {
        self.password(origin, app, cause).expect_err("refused").code
    }

    fn capture(&mut self, user_name: &str, password: &str) -> Result<Response, Problem> {
        self.broker.capture(&self.browser, &page(PAYROLL), typed(user_name, password))
    }

    fn captured(&mut self, user_name: &str, password: &str) -> String {
        match self.capture(user_name, password) {
            Ok(Response::Captured { capture }) => capture,
            _ => panic!("not captured"),
        }
    }

    fn wait(&self, time: Duration) {
        self.now.set(self.now.get() + time);
    }
}

fn page(origin: &str) -> Frame {
    Frame { tab: 1, frame: 0, document: "d".into(), frame_origin: origin.into(), top_origin: origin.into() }
}

fn typed(user_name: &str, password: &str) -> Typed {
    Typed {
        user_name: user_name.into(),
        password: password.into(),
        former_password: None,
        extras: Vec::new(),
        learned: None,
        title: "Payroll".into(),
        login_url: format!("{PAYROLL}/login"),
    }
}

/// What an organisation named Acme says of its one app, in the words of its file.
fn acme(app: &str) -> Organisation {
    let app = format!(r#"{{"name":"Payroll 2004","login_url":"{PAYROLL}/login"{app}}}"#);
    let (app, _) = App::parse(serde_json::from_str(&app).unwrap()).unwrap();
    Organisation {
        name: "Acme".into(),
        apps: vec![app],
        password_rules: SiteRules::default(),
        saving_elsewhere: true,
        field_icon: true,
        apps_exportable: false,
    }
}

fn code<T>(result: Result<T, Problem>) -> Code {
    match result {
        Ok(_) => panic!("not refused"),
        Err(problem) => problem.code,
    }
}
