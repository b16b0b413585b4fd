//! Who is connected, and who waits to be paired.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, Instant};

use lanyard_broker::{Broker, Browser};
use lanyard_channel::PublicKey;
use lanyard_protocol::browser::{Event, Launch, Saving, State};
use lanyard_protocol::common::{AccountView, Code, Problem, VaultState};
use lanyard_protocol::terminal::WaitingBrowser;
use tokio::sync::{SetOnce, mpsc, oneshot};

use crate::connection::Outbox;
use crate::pairing::{Pairings, profile_of, short};

/// Browsers may ask to be paired this often within [`ASK_WINDOW`].
const MOST_ASKED: usize = 3;
const ASK_WINDOW: Duration = Duration::from_mins(2);

/// Browsers at the other end of a connection.
#[derive(Default)]
pub(crate) struct Browsers {
    connected: RefCell<Vec<Connected>>,
    waiting: RefCell<Vec<Waiting>>,
    turns: RefCell<Vec<Taken>>,
    next: Cell<u64>,
    asked: RefCell<Vec<Instant>>,
}

/// Set when a connection is to end: its browser was cut off, or has come again.
pub(super) type Ended = Rc<SetOnce<()>>;

/// The turn of a key.
struct Taken {
    number: u64,
    key: PublicKey,
    /// Whether its pairing is stored: one that is not yet has nothing to be cut off from.
    stored: bool,
    ended: Ended,
}

struct Connected {
    connection: u64,
    browser: Browser,
    outbox: Outbox,
    /// The state it was told last.
    told: Option<State>,
}

/// A browser that is not paired.
struct Waiting {
    connection: u64,
    name: String,
    key: PublicKey,
    begin: mpsc::Sender<Asker>,
}

/// Who wants a browser to be paired, and is told what came of it.
pub(super) type Asker = oneshot::Sender<Result<String, Problem>>;

/// The one connection that a key may have. Dropped when it ends.
pub(super) struct Turn<'a> {
    browsers: &'a Browsers,
    number: u64,
    pub(super) ended: Ended,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.browsers.turns.borrow_mut().retain(|taken| taken.number != self.number);
    }
}

/// A browser is in the list for as long as this lives.
pub(super) struct Listed<'a> {
    browsers: &'a Browsers,
    pub(super) connection: u64,
}

impl Listed<'_> {
    pub(super) fn remove(&self) {
        self.browsers.connected.borrow_mut().retain(|one| one.connection != self.connection);
        self.browsers.waiting.borrow_mut().retain(|one| one.connection != self.connection);
    }
}

impl Drop for Listed<'_> {
    fn drop(&mut self) {
        self.remove();
    }
}

/// A browser that can be told something.
pub(crate) struct Reachable {
    pub(crate) browser: Browser,
    outbox: Outbox,
}

impl Reachable {
    pub(crate) fn tell_launch(&self, launch: Launch) {
        self.outbox.event(Event::Launch(launch));
    }

    /// Has it open the page for a security key.
    pub(crate) fn tell_key_task(&self, task: String) {
        self.outbox.event(Event::UseSecurityKey { task });
    }

    /// Tells what came of a PIN that was asked for.
    pub(crate) fn tell_verified(&self, task: String, problem: Option<Problem>) {
        self.outbox.event(Event::Verified { task, problem });
    }
}

impl Connected {
    fn reachable(&self) -> Reachable {
        Reachable { browser: self.browser.clone(), outbox: self.outbox.clone() }
    }
}

impl Browsers {
    /// The paired browser that was heard of last.
    pub(crate) fn used_last(&self) -> Option<Reachable> {
        self.paired().pop()
    }

    /// Paired browsers, the one heard of last at the end.
    pub(crate) fn paired(&self) -> Vec<Reachable> {
        let connected = self.connected.borrow();
        let paired = connected.iter().filter(|one| one.browser.paired && !one.outbox.is_closed());
        paired.map(Connected::reachable).collect()
    }

    /// A browser that may not be paired yet.
    pub(super) fn reach(&self, connection: u64) -> Option<Reachable> {
        let connected = self.connected.borrow();
        connected.iter().find(|one| one.connection == connection).map(Connected::reachable)
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
            let signed_in = account.map(|account| account.name.clone());
            let state = State { signed_in, vault: vault.clone(), field_icon, saving };
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

    /// Names browsers as the person does, and ends those that are paired no longer.
    pub(crate) fn follow(&self, pairings: &Pairings) {
        for one in self.connected.borrow_mut().iter_mut() {
            let pairing = pairings.of_profile(&one.browser.profile);
            one.browser.paired = pairing.is_some();
            if let Some(pairing) = pairing {
                one.browser.name.clone_from(&pairing.name);
            }
        }
        for taken in self.turns.borrow_mut().iter_mut() {
            let stored = pairings.of_key(taken.key).is_some();
            if taken.stored && !stored {
                let _ = taken.ended.set(());
            }
            taken.stored = stored;
        }
    }

    /// Browsers that could be paired.
    pub(crate) fn waiting(&self) -> Vec<WaitingBrowser> {
        let waiting = self.waiting.borrow();
        let shown = waiting
            .iter()
            .map(|one| WaitingBrowser { name: one.name.clone(), profile: short(&profile_of(one.key)) });
        shown.collect()
    }

    /// Begins to pair the one browser that waits and whose profile begins so, if a profile is given.
    pub(super) fn begin_pairing(&self, profile: Option<&str>, asker: Asker) -> Result<(), Problem> {
        let waiting = self.waiting.borrow();
        let fits = |one: &&Waiting| profile.is_none_or(|profile| profile_of(one.key).starts_with(profile));
        let mut found = waiting.iter().filter(fits);
        match (found.next(), found.next()) {
            (Some(one), None) => one.begin.try_send(asker).map_err(|_| busy()),
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

    /// Gives a key its turn, and ends the connection that had it.
    pub(super) fn take_turn(&self, key: PublicKey, pairings: &Pairings) -> Turn<'_> {
        let mut turns = self.turns.borrow_mut();
        for taken in turns.iter().filter(|taken| taken.key == key) {
            let _ = taken.ended.set(());
        }
        let (number, ended) = (self.number(), Ended::default());
        let stored = pairings.of_key(key).is_some();
        turns.push(Taken { number, key, stored, ended: Rc::clone(&ended) });
        Turn { browsers: self, number, ended }
    }

    /// Lists a browser that has a channel.
    pub(super) fn connect(&self, browser: Browser, outbox: Outbox) -> Listed<'_> {
        let connection = self.number();
        self.connected.borrow_mut().push(Connected { connection, browser, outbox, told: None });
        Listed { browsers: self, connection }
    }

    /// Lists a browser that is not paired.
    pub(super) fn wait(&self, name: String, key: PublicKey, begin: mpsc::Sender<Asker>) -> Listed<'_> {
        let connection = self.number();
        self.waiting.borrow_mut().push(Waiting { connection, name, key, begin });
        Listed { browsers: self, connection }
    }

    pub(super) fn of(&self, connection: u64) -> Option<Browser> {
        let connected = self.connected.borrow();
        connected.iter().find(|one| one.connection == connection).map(|one| one.browser.clone())
    }

    /// Moves a browser to the end: it was heard of last.
    pub(super) fn heard_of(&self, connection: u64) {
        let mut connected = self.connected.borrow_mut();
        if let Some(position) = connected.iter().position(|one| one.connection == connection) {
            let one = connected.remove(position);
            connected.push(one);
        }
    }

    /// Whether the person may be asked once more.
    pub(super) fn may_ask(&self) -> bool {
        let mut asked = self.asked.borrow_mut();
        asked.retain(|then| then.elapsed() < ASK_WINDOW);
        if asked.len() >= MOST_ASKED {
            return false;
        }
        asked.push(Instant::now());
        true
    }

    /// A person who says yes is not being pestered: their next browser may ask at once.
    pub(super) fn was_welcome(&self) {
        self.asked.borrow_mut().clear();
    }

    fn number(&self) -> u64 {
        let number = self.next.get();
        self.next.set(number + 1);
        number
    }
}

pub(super) fn tell_origins(outbox: &Outbox, broker: &Broker) {
    for event in broker.origin_events() {
        outbox.event(event);
    }
}

/// One at a time.
pub(super) fn busy() -> Problem {
    Problem::new(Code::Busy, "Lanyard's window asks already", "answer the question in Lanyard's window")
}
