//! What keys are being asked for.

use std::cell::RefCell;
use std::time::Duration;

use lanyard_broker::{Clock as _, SystemClock, make_id};
use lanyard_presence::{Assertion, LIFETIME, PrfOutput, Registration, SlotAssertion};
use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::security_key::{KeyPurpose, KeyTask};
use lanyard_vault::RecordId;
use tokio::sync::oneshot;

/// Tasks that may wait at once.
const MOST_WAITING: usize = 8;

/// A key is asked for something, in one browser.
pub(crate) struct Task {
    id: String,
    /// The browser profile that may answer.
    profile: String,
    options: String,
    ends: Duration,
    pub(crate) asked: Asked,
    pub(crate) then: Then,
}

/// What the key's answer is verified by.
pub(crate) enum Asked {
    /// It is added, and called so.
    Add(String, Box<Registration>),
    /// It shows presence.
    Use(Box<Assertion>),
    /// It gives its secret.
    Secret(Box<SlotAssertion>),
}

/// What a key gave.
pub(crate) struct Given {
    /// Which credential of the key.
    pub(crate) credential_id: Vec<u8>,
    pub(crate) secret: PrfOutput,
}

/// Who waits for what a key gives.
pub(crate) type Taker = oneshot::Sender<Result<Given, Problem>>;

/// What comes after it.
pub(crate) enum Then {
    /// Somebody waits for it.
    Tell(oneshot::Sender<Result<(), Problem>>),
    /// An app of this name may be filled.
    Fill(RecordId, String),
    /// The vault is opened.
    Unlock(Taker),
    /// A key of this name opens the vault from then on.
    Slot(String, Taker),
}

/// Tasks that wait.
#[derive(Default)]
pub(crate) struct Tasks {
    waiting: RefCell<Vec<Task>>,
    /// The browser in which the person is to confirm something.
    asking: RefCell<Option<String>>,
}

impl Tasks {
    /// Adds a task, and returns its name.
    pub(crate) fn add(
        &self,
        profile: &str,
        options: String,
        asked: Asked,
        then: Then,
    ) -> Result<String, Problem> {
        let now = now();
        let mut waiting = self.waiting.borrow_mut();
        waiting.retain(|task| now <= task.ends);
        if waiting.len() >= MOST_WAITING {
            return Err(Problem::new(
                Code::Busy,
                "the security key is asked for too much at once",
                "answer the windows that are open, or wait two minutes",
            ));
        }
        let id = make_id();
        let (profile, ends) = (profile.to_owned(), now + LIFETIME);
        waiting.push(Task { id: id.clone(), profile, options, ends, asked, then });
        Ok(id)
    }

    pub(crate) fn look_up(&self, profile: &str, id: &str) -> Option<KeyTask> {
        let waiting = self.waiting.borrow();
        let task = waiting.iter().find(|task| task.id == id && task.profile == profile)?;
        let purpose = match (&task.asked, &task.then) {
            (Asked::Add(name, _), _) => KeyPurpose::Add { name: name.clone() },
            (_, Then::Fill(_, app)) => KeyPurpose::Fill { app: app.clone() },
            (_, Then::Tell(_)) => KeyPurpose::Confirm {},
            (_, Then::Unlock(_)) => KeyPurpose::Unlock {},
            (_, Then::Slot(name, _)) => KeyPurpose::Slot { name: name.clone() },
        };
        Some(KeyTask { purpose, options: task.options.clone() })
    }

    pub(crate) fn take(&self, profile: &str, id: &str) -> Option<Task> {
        let mut waiting = self.waiting.borrow_mut();
        let position = waiting.iter().position(|task| task.id == id && task.profile == profile)?;
        Some(waiting.remove(position))
    }

    pub(crate) fn forget(&self, id: &str) {
        self.waiting.borrow_mut().retain(|task| task.id != id);
    }

    pub(crate) fn asking(&self) -> Option<String> {
        self.asking.borrow().clone()
    }

    pub(crate) fn set_asking(&self, browser: Option<String>) {
        *self.asking.borrow_mut() = browser;
    }
}

/// The time that a question lives by.
pub(crate) fn now() -> Duration {
    SystemClock.since_boot()
}
