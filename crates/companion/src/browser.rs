//! Browsers: what their extensions ask, and who is connected.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use lanyard_broker::{Broker, Browser, Event as Activity, Outcome, Suggested, Typed};
use lanyard_protocol::browser::{Event, Launch, Request, Response, Saving, State};
use lanyard_protocol::common::{AccountView, Code, NewApp, Problem, VaultState};
use lanyard_protocol::envelope::Envelope;
use lanyard_protocol::terminal::WaitingBrowser;
use lanyard_protocol::window::{Page, QuestionSubject};
use lanyard_protocol::{SECURITY_KEYS, VERSIONS};
use tokio::task::AbortHandle;

use crate::connection::{Inbox, Outbox, PeerError, open};
use crate::core::Core;
use crate::pairing::{Pairing, Pairings, short};
use crate::{problem, question, security_key};

/// The message version that speaks of forms.
pub(crate) const FORMS: u16 = 3;

/// The message version that says where saving is offered.
const SAVING: u16 = 2;

/// A browser may ask to be paired this often within [`ASK_WINDOW`].
const MOST_ASKED: usize = 3;
const ASK_WINDOW: Duration = Duration::from_mins(2);

/// Browsers that have said hello.
#[derive(Default)]
pub(crate) struct Browsers {
    connected: RefCell<Vec<Connected>>,
    next: Cell<u64>,
    asked: RefCell<Vec<Instant>>,
}

struct Connected {
    connection: u64,
    extension: String,
    browser: Browser,
    /// Message version that both speak.
    version: u16,
    outbox: Outbox,
    /// The state it was told last.
    told: Option<State>,
}

/// A paired browser that can be told something.
pub(crate) struct Reachable {
    pub(crate) browser: Browser,
    version: u16,
    outbox: Outbox,
}

impl Reachable {
    fn knows_keys(&self) -> bool {
        self.version >= SECURITY_KEYS
    }

    /// Tells it of a launch, in as much detail as it understands.
    pub(crate) fn tell_launch(&self, launch: Launch) {
        self.outbox.event(Event::Launch(launch_for(launch, self.version)));
    }

    /// Has it open the page for a security key.
    pub(crate) fn tell_key_task(&self, task: String) {
        self.outbox.event(Event::UseSecurityKey { task });
    }
}

impl Connected {
    fn reachable(&self) -> Reachable {
        Reachable { browser: self.browser.clone(), version: self.version, outbox: self.outbox.clone() }
    }
}

impl Browsers {
    /// The paired browser that was heard of last.
    pub(crate) fn used_last(&self) -> Option<Reachable> {
        self.paired().pop()
    }

    /// The paired browser that was heard of last, of those that know security keys.
    pub(crate) fn for_keys(&self) -> Option<Reachable> {
        self.paired().into_iter().rfind(Reachable::knows_keys)
    }

    /// A browser that may not be paired yet, if it knows security keys.
    fn asking_for_keys(&self, connection: u64) -> Option<Reachable> {
        let connected = self.connected.borrow();
        let one = connected.iter().find(|one| one.connection == connection)?;
        Some(one.reachable()).filter(Reachable::knows_keys)
    }

    /// Paired browsers, the one heard of last at the end.
    pub(crate) fn paired(&self) -> Vec<Reachable> {
        let connected = self.connected.borrow();
        let paired = connected.iter().filter(|one| one.browser.paired && !one.outbox.is_closed());
        paired.map(Connected::reachable).collect()
    }

    pub(crate) fn is_connected(&self, profile: &str) -> bool {
        self.connected.borrow().iter().any(|one| one.browser.profile == profile)
    }

    pub(crate) fn tell_state(
        &self,
        account: Option<&AccountView>,
        vault: &VaultState,
        saving: Saving,
        field_icon: bool,
    ) {
        for one in self.connected.borrow_mut().iter_mut() {
            let state = State {
                paired: one.browser.paired,
                signed_in: account.map(|account| account.name.clone()),
                vault: vault.clone(),
                field_icon: (one.version >= FORMS).then_some(field_icon),
                saving: (one.version >= FORMS).then_some(saving),
            };
            if one.told.as_ref() != Some(&state) {
                one.outbox.event(Event::State(state.clone()));
                one.told = Some(state);
            }
        }
    }

    pub(crate) fn tell_origins(&self, broker: &Broker) {
        for one in self.paired() {
            tell_origins(&one.outbox, broker);
        }
    }

    pub(crate) fn tell_origin(&self, broker: &Broker, origin: &str) {
        for one in self.paired() {
            one.outbox.event(broker.origin_event(origin));
        }
    }

    /// Tells every browser why there will be no more answers.
    pub(crate) fn tell_end(&self, problem: &Problem) {
        for one in self.connected.borrow().iter() {
            one.outbox.event(Event::Unavailable(problem.clone()));
        }
    }

    /// Marks browsers that the vault knows, once it can be read.
    pub(crate) fn pair_known(&self, pairings: &Pairings) {
        for one in self.connected.borrow_mut().iter_mut() {
            let pairing = pairings.find(&one.extension, &one.browser.profile);
            one.browser.paired = pairing.is_some();
            if let Some(pairing) = pairing {
                one.browser.name.clone_from(&pairing.name);
            }
        }
    }

    /// Browsers that could be paired.
    pub(crate) fn waiting(&self) -> Vec<WaitingBrowser> {
        let connected = self.connected.borrow();
        let waiting = connected.iter().filter(|one| !one.browser.paired && !one.outbox.is_closed());
        waiting
            .map(|one| WaitingBrowser {
                name: one.browser.name.clone(),
                profile: short(&one.browser.profile),
            })
            .collect()
    }

    /// The one browser that waits to be paired and whose profile begins so, if a profile is given.
    fn waiting_connection(&self, profile: Option<&str>) -> Result<(u64, String), Problem> {
        let connected = self.connected.borrow();
        let fits = |one: &&Connected| {
            !one.browser.paired
                && !one.outbox.is_closed()
                && profile.is_none_or(|profile| one.browser.profile.starts_with(profile))
        };
        let mut found = connected.iter().filter(fits);
        match (found.next(), found.next()) {
            (Some(one), None) => Ok((one.connection, one.extension.clone())),
            (None, _) => Err(Problem::new(
                Code::NotFound,
                "no browser waits to be connected",
                "open the browser and see that the Lanyard extension is in it; `lanyard browsers list` shows what is there",
            )),
            (Some(_), Some(_)) => Err(Problem::new(
                Code::Invalid,
                "several browsers wait to be connected",
                "say which one by its profile; `lanyard browsers list` shows them",
            )),
        }
    }

    fn add(&self, extension: &str, browser: Browser, version: u16, outbox: Outbox) -> u64 {
        let connection = self.next.get();
        self.next.set(connection + 1);
        let extension = extension.to_owned();
        let one = Connected { connection, extension, browser, version, outbox, told: None };
        self.connected.borrow_mut().push(one);
        connection
    }

    fn remove(&self, connection: u64) {
        self.connected.borrow_mut().retain(|one| one.connection != connection);
    }

    fn of(&self, connection: u64) -> Option<Browser> {
        let connected = self.connected.borrow();
        connected.iter().find(|one| one.connection == connection).map(|one| one.browser.clone())
    }

    /// Moves a browser to the end: it was heard of last.
    fn heard_of(&self, connection: u64) {
        let mut connected = self.connected.borrow_mut();
        if let Some(position) = connected.iter().position(|one| one.connection == connection) {
            let one = connected.remove(position);
            connected.push(one);
        }
    }

    /// Whether the person may be asked once more.
    fn may_ask(&self) -> bool {
        let mut asked = self.asked.borrow_mut();
        asked.retain(|then| then.elapsed() < ASK_WINDOW);
        if asked.len() >= MOST_ASKED {
            return false;
        }
        asked.push(Instant::now());
        true
    }

    /// A person who says yes is not being pestered: their next browser may ask at once.
    fn was_welcome(&self) {
        self.asked.borrow_mut().clear();
    }
}

/// Serves one extension until it ends.
pub(crate) async fn serve(
    core: Rc<Core>,
    extension: String,
    mut inbox: Inbox,
    outbox: Outbox,
) -> Result<(), PeerError> {
    let Some(envelope) = inbox.next::<Envelope<Request>>().await? else { return Ok(()) };
    let (id, request) = open(envelope);
    let (browser, version) = match greet(&core, &extension, &request) {
        Ok(greeted) => greeted,
        Err(problem) => {
            outbox.reply::<Response>(id, Err(problem));
            return Ok(());
        }
    };
    let paired = browser.paired;
    let connection = core.browsers.add(&extension, browser, version, outbox.clone());
    let guest = Guest { core: &core, connection, version, asking: RefCell::default() };
    outbox.reply(
        id,
        Ok(Response::Welcome {
            version,
            companion_version: env!("CARGO_PKG_VERSION").into(),
            state: core.browser_state(paired, version),
        }),
    );
    guest.brief();
    core.changed();
    while let Some(envelope) = inbox.next::<Envelope<Request>>().await? {
        let (id, request) = open(envelope);
        if matches!(request, Request::Pair {}) {
            // The person may take a while; other requests of this browser go on.
            let asking = pair(Rc::clone(&core), guest.connection, id, extension.clone(), outbox.clone());
            guest.asking.borrow_mut().push(tokio::task::spawn_local(asking).abort_handle());
        } else {
            outbox.reply(id, guest.answer(request));
        }
    }
    Ok(())
}

/// A browser that has said hello; dropped when it ends.
struct Guest<'a> {
    core: &'a Rc<Core>,
    connection: u64,
    /// Message version that both speak.
    version: u16,
    /// Questions that end with it.
    asking: RefCell<Vec<AbortHandle>>,
}

impl Guest<'_> {
    /// Tells a paired browser which origins there are, and which launches wait for it.
    fn brief(&self) {
        brief(self.core, self.connection);
    }

    fn answer(&self, request: Request) -> Result<Response, Problem> {
        let core = self.core;
        core.sync_account();
        let browser = core.browsers.of(self.connection).ok_or_else(problem::declined)?;
        core.browsers.heard_of(self.connection);
        let mut broker = core.broker.borrow_mut();
        match request {
            Request::Verify { app } => {
                drop(broker);
                core.begin_fill_verification(&browser, &app).map(|task| Response::KeyTask { task })
            }
            Request::SecurityKey { task } => {
                drop(broker);
                core.key_task(&browser, &task).map(Response::SecurityKey)
            }
            Request::AnswerSecurityKey { task, answer } => {
                drop(broker);
                core.answer_key(&browser, &task, answer).map(|()| Response::Done {})
            }
            Request::Hello { .. } | Request::Pair {} => {
                Err(problem::invalid("hello was said already", "restart the browser"))
            }
            Request::Suggest { frame } => {
                broker.suggest(&browser, &frame).map(|suggested| suggestions(suggested, self.version))
            }
            Request::Fill { frame, app, cause, parts } => {
                let filled = broker.fill(&browser, &frame, &app, &cause, &parts);
                drop(broker);
                core.changed();
                filled
            }
            Request::FillEnded { fill, outcome } => {
                broker.fill_ended(&browser, &fill, &outcome);
                Ok(Response::Done {})
            }
            Request::Capture {
                frame,
                user_name,
                password,
                former_password,
                extras,
                learned,
                title,
                login_url,
            } => {
                tokio::task::spawn_local(forget_in_time(Rc::clone(core)));
                let typed = Typed { user_name, password, former_password, extras, learned, title, login_url };
                broker.capture(&browser, &frame, typed)
            }
            Request::CaptureEnded { capture, signed_in } => {
                broker.capture_ended(&browser, &capture, signed_in)
            }
            Request::Offer { capture } => broker.offer(&browser, &capture),
            Request::AnswerOffer { capture, answer } => {
                let saved = broker.answer_offer(&browser, &capture, answer)?;
                drop(broker);
                if let Some(origin) = saved {
                    core.account_added(&origin);
                }
                Ok(Response::Done {})
            }
            Request::AddAccount { frame, name, login_url, user_name, password } => {
                let new = NewApp {
                    name,
                    login_url,
                    user_name,
                    password,
                    auto_submit: true,
                    one_time_code: None,
                    notes: None,
                };
                let origin = broker.add_account(&browser, &frame, new)?;
                drop(broker);
                core.account_added(&origin);
                Ok(Response::Done {})
            }
            Request::Never { frame } => broker.never(&browser, &frame).map(|()| Response::Done {}),
            Request::Generate { frame, rules } => {
                let password = broker.generate(&browser, &frame, rules.as_deref())?;
                Ok(Response::Generated { password })
            }
            Request::NeverSites {} => {
                broker.ask_paired(&browser)?;
                Ok(Response::Sites { origins: broker.never_sites()?.iter().cloned().collect() })
            }
            Request::AllowSite { origin } => {
                broker.allow_site(&origin, Some(&browser)).map(|()| Response::Done {})
            }
            Request::OpenLanyard {} => {
                drop(broker);
                core.show_window(Page::Home).map(|()| Response::Done {})
            }
        }
    }
}

impl Drop for Guest<'_> {
    fn drop(&mut self) {
        for question in self.asking.take() {
            question.abort();
        }
        self.core.browsers.remove(self.connection);
        self.core.changed();
    }
}

fn launch_for(launch: Launch, version: u16) -> Launch {
    let form = launch.form.filter(|_| version >= FORMS);
    Launch { form, ..launch }
}

/// What is there for a page, in as much detail as the browser understands.
fn suggestions(suggested: Suggested, version: u16) -> Response {
    let Suggested { mut accounts, saving, form } = suggested;
    for account in &mut accounts {
        account.one_time_code &= version >= FORMS;
    }
    Response::Suggestions {
        accounts,
        saving: (version >= SAVING).then_some(saving),
        form: form.filter(|_| version >= FORMS),
    }
}

fn greet(core: &Core, extension: &str, request: &Request) -> Result<(Browser, u16), Problem> {
    let Request::Hello { versions, browser, profile, .. } = request else {
        return Err(problem::invalid("the browser did not say hello", "update the Lanyard extension"));
    };
    let version = VERSIONS.iter().find(|version| versions.contains(version)).ok_or_else(|| {
        Problem::new(
            Code::Unavailable,
            "the extension and Lanyard are of versions that do not understand each other",
            "update the one that is older",
        )
    })?;
    if profile.len() != 32 || !profile.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(problem::invalid(
            "the browser's profile has no proper name",
            "install the Lanyard extension again",
        ));
    }
    let name: String = browser.chars().filter(|letter| !letter.is_control()).take(40).collect();
    let pairings = core.pairings.borrow();
    let pairing = pairings.find(extension, profile);
    // The person may call it something else than it calls itself.
    let name = pairing.map_or(name, |pairing| pairing.name.clone());
    Ok((Browser { name, profile: profile.clone(), paired: pairing.is_some() }, *version))
}

fn brief(core: &Core, connection: u64) {
    let Some(browser) = core.browsers.of(connection).filter(|browser| browser.paired) else { return };
    let connected = core.browsers.connected.borrow();
    let Some(one) = connected.iter().find(|one| one.connection == connection) else { return };
    tell_origins(&one.outbox, &core.broker.borrow());
    for launch in core.broker.borrow_mut().claim_launches(&browser) {
        one.reachable().tell_launch(launch);
    }
}

fn tell_origins(outbox: &Outbox, broker: &Broker) {
    for event in broker.origin_events() {
        outbox.event(event);
    }
}

async fn pair(core: Rc<Core>, connection: u64, id: u32, extension: String, outbox: Outbox) {
    let result = ask_to_pair(&core, connection, extension).await;
    if let Err(problem) = &result {
        let name = core.browsers.of(connection).map(|browser| browser.name);
        core.broker.borrow_mut().note(Activity::PairingRefused, Outcome::Refused, |entry| {
            entry.browser = name;
            entry.reason = Some(problem.message.clone());
        });
    }
    outbox.reply(id, result.map(|()| Response::Done {}));
}

/// What was typed is gone when its time is over, also where nobody asks for it again.
async fn forget_in_time(core: Rc<Core>) {
    tokio::time::sleep(lanyard_broker::CAPTURE_LIFETIME + Duration::from_secs(1)).await;
    core.broker.borrow_mut().forget_old_captures();
}

/// Connects a browser because a terminal asked for it, if the person agrees. Returns its name.
pub(crate) async fn pair_from_terminal(core: &Rc<Core>, profile: Option<String>) -> Result<String, Problem> {
    let (connection, extension) = core.browsers.waiting_connection(profile.as_deref())?;
    let name = core.browsers.of(connection).map(|browser| browser.name).unwrap_or_default();
    ask_to_pair(core, connection, extension).await.map(|()| name)
}

async fn ask_to_pair(core: &Rc<Core>, connection: u64, extension: String) -> Result<(), Problem> {
    let browser = core.browsers.of(connection).ok_or_else(problem::declined)?;
    if browser.paired {
        return Ok(());
    }
    if !core.broker.borrow().has_vault()
        && let VaultState::Unavailable { problem, .. } = core.vault_state()
    {
        return Err(problem);
    }
    let subject = QuestionSubject::Pair { browser: browser.name.clone(), profile: short(&browser.profile) };
    if core.questions.all().iter().any(|question| question.subject == subject) {
        return Err(Problem::new(
            Code::Busy,
            "Lanyard's window asks already",
            "answer the question in Lanyard's window",
        ));
    }
    if !core.browsers.may_ask() {
        return Err(Problem::new(Code::Busy, "browsers asked too often", "wait two minutes, then try again"));
    }
    if !question::ask(core, subject).await? {
        return Err(problem::declined());
    }
    if core.broker.borrow().is_key_required() {
        // It need not be connected for that: what a key signs is no secret, and nobody else can sign it.
        let browser = core.browsers.asking_for_keys(connection).ok_or_else(security_key::no_browser)?;
        core.confirm_in(&browser).await?;
    }
    core.browsers.was_welcome();
    core.broker
        .borrow_mut()
        .note(Activity::Paired, Outcome::Done, |entry| entry.browser = Some(browser.name.clone()));
    let paired_at = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    core.add_pairing(Pairing {
        extension,
        profile: browser.profile,
        name: browser.name,
        paired_at: u64::try_from(paired_at).unwrap_or(u64::MAX),
    })?;
    core.browsers.pair_known(&core.pairings.borrow());
    brief(core, connection);
    core.changed();
    Ok(())
}

#[cfg(test)]
mod tests {
    use lanyard_protocol::browser::Account;

    use super::*;

    #[test]
    fn an_older_extension_is_told_nothing_that_it_does_not_know() {
        let told = |version| {
            let account = Account {
                app: "a".into(),
                name: "Payroll".into(),
                user_name: "alice".into(),
                one_time_code: true,
            };
            let form = Some(Box::default());
            let suggested = Suggested { accounts: vec![account], saving: Saving::Offered, form };
            serde_json::to_string(&suggestions(suggested, version)).unwrap()
        };
        let launched = |version| {
            let launch = Launch {
                launch: "l".into(),
                app: "a".into(),
                origin: "https://payroll.example".into(),
                open: None,
                expires_in: 1,
                form: Some(Box::default()),
            };
            serde_json::to_string(&launch_for(launch, version)).unwrap()
        };
        for word in ["one_time_code", "form"] {
            assert!(told(3).contains(word) && !told(2).contains(word), "{word}");
        }
        assert!(told(2).contains("saving"));
        assert!(launched(3).contains("form") && !launched(2).contains("form"));
    }
}
