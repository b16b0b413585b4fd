//! Security keys: which there are, what they are asked for, and what they answered.
//!
//! A question is a [`Task`]. Its page is opened in one browser, takes it by name, and answers it once; `presence` verifies.
//! Until a key has answered nothing is changed, shown or handed out. The keys are public data; they are sealed with the
//! service key so that nobody adds one beside Lanyard.

mod opening;
mod store;
mod task;

use std::rc::Rc;

use lanyard_broker::{Browser, Event as Activity, Outcome, Presence};
use lanyard_presence::{Domain, ExtensionOrigin, Refusal, RelyingParty, UnprovenPrf};
use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::credential::Shown;
use lanyard_protocol::extension::{CHROMIUM_EXTENSION_ID, FIREFOX_EXTENSION_ID};
use lanyard_protocol::security_key::{KeyAnswer, KeyRulesChange, KeyTask};
use lanyard_protocol::terminal::Event;
use lanyard_protocol::window::QuestionSubject;
use lanyard_vault::RecordId;
use secrecy::ExposeSecret as _;
use tokio::sync::oneshot;

pub(crate) use store::SecurityKeys;
use task::{Asked, Given, Task, Then};

use crate::browser::Reachable;
use crate::connection::Outbox;
use crate::core::Core;
use crate::{problem, question};

/// The longest name of a key, in characters.
const LONGEST_NAME: usize = 40;

impl Core {
    /// What presence there is, once a key has confirmed it where one is required.
    pub(crate) async fn present(self: &Rc<Self>, presence: Presence) -> Result<Presence, Problem> {
        if presence == Presence::None || !self.broker.borrow().is_key_required() {
            return Ok(presence);
        }
        let browser = self.browsers.used_last().ok_or_else(no_browser)?;
        self.confirm_in(&browser).await.map(|()| Presence::Key)
    }

    /// Refuses what was chosen in the window, unless a key confirms it where one is required.
    pub(crate) async fn check_present_by_key(self: &Rc<Self>) -> Result<(), Problem> {
        let presence = self.present(Presence::Window).await?;
        self.broker.borrow().check_presence(presence)
    }

    /// Has the person confirm something by a key, in this browser.
    pub(crate) async fn confirm_in(self: &Rc<Self>, browser: &Reachable) -> Result<(), Problem> {
        let (options, assertion) = self.begin_use()?;
        self.ask_key(browser, options, Asked::Use(Box::new(assertion))).await
    }

    /// Adds a key, which the person uses in the browser that was heard of last.
    pub(crate) async fn add_key(self: &Rc<Self>, name: &str) -> Result<(), Problem> {
        let name: String =
            name.trim().chars().filter(|letter| !letter.is_control()).take(LONGEST_NAME).collect();
        if name.is_empty() {
            return Err(problem::invalid("the security key has no name", "give it a name"));
        }
        let browser = self.browsers.used_last().ok_or_else(no_browser)?;
        // Whoever adds a key of their own could confirm everything with it, and have apps filled that asked for the PIN.
        if self.is_any_key_usable()? {
            self.check_present_by_key().await?;
        } else {
            self.check_it_is_them(QuestionSubject::FirstKey { name: name.clone() }).await?;
        }
        let known = self.keys.credentials()?;
        let begun = self.relying_party()?.begin_registration(&name, &known, task::now());
        let (options, registration) = begun.map_err(|refusal| of_refusal(&refusal))?;
        self.ask_key(&browser, options, Asked::Add(name, Box::new(registration))).await
    }

    /// Removes a key, and with it that it opens the vault.
    pub(crate) async fn remove_key(self: &Rc<Self>, key: &str) -> Result<(), Problem> {
        let (id, name) = self.keys.named(key)?;
        self.check_present_by_key().await?;
        let key = self.keys.key(&id)?;
        // Before it is forgotten: where nothing else would open the vault, it stays.
        self.broker.borrow_mut().remove_key_slot(key.id())?;
        self.change_keys(|stored| stored.keys.retain(|known| known.id != id))?;
        self.note_key(Activity::KeyRemoved, Outcome::Done, Some(name));
        Ok(())
    }

    /// Adds a key, if the person agrees in the window.
    pub(crate) async fn add_key_from_terminal(
        self: &Rc<Self>,
        name: String,
        outbox: &Outbox,
    ) -> Result<(), Problem> {
        outbox.event(Event::Asking {});
        question::agree_to_window(self, QuestionSubject::AddKey { name: name.clone() }).await?;
        self.add_key(&name).await
    }

    /// Removes a key, if the person agrees in the window.
    pub(crate) async fn remove_key_from_terminal(
        self: &Rc<Self>,
        key: &str,
        outbox: &Outbox,
    ) -> Result<(), Problem> {
        outbox.event(Event::Asking {});
        let (id, name) = self.keys.named(key)?;
        question::agree_to_window(self, QuestionSubject::RemoveKey { name }).await?;
        self.remove_key(&id).await
    }

    /// Changes what keys are asked for.
    pub(crate) async fn change_key_rules(self: &Rc<Self>, change: KeyRulesChange) -> Result<(), Problem> {
        if change.confirm == Some(true) && !self.is_any_key_usable()? {
            return Err(of_refusal(&Refusal::NoKey));
        }
        self.check_present_by_key().await?;
        self.change_keys(|stored| {
            stored.confirm = change.confirm.unwrap_or(stored.confirm);
            stored.remember = change.remember.unwrap_or(stored.remember);
        })?;
        self.note_key(Activity::SettingsChanged, Outcome::Done, Some("security keys".into()));
        Ok(())
    }

    /// Whether there is a key that can be asked.
    pub(crate) fn is_any_key_usable(&self) -> Result<bool, Problem> {
        Ok(self.keys.is_any_usable(&self.relying_party()?))
    }

    /// An app of this name is filled once a key was used in this browser. Returns the task.
    pub(crate) fn verify_by_key(
        &self,
        browser: &Browser,
        record: RecordId,
        name: String,
    ) -> Result<String, Problem> {
        let (options, assertion) = self.begin_use()?;
        let asked = Asked::Use(Box::new(assertion));
        self.keys.tasks.add(&browser.profile, options, asked, Then::Fill(record, name))
    }

    /// What a page that was opened for a task has to know.
    pub(crate) fn key_task(&self, browser: &Browser, task: &str) -> Result<KeyTask, Problem> {
        self.keys.tasks.look_up(&browser.profile, task).ok_or_else(gone)
    }

    /// The answer to a task, which is over with it.
    pub(crate) fn answer_key(
        self: &Rc<Self>,
        browser: &Browser,
        task: &str,
        answer: KeyAnswer,
    ) -> Result<(), Problem> {
        let task = self.keys.tasks.take(&browser.profile, task).ok_or_else(gone)?;
        let Task { asked, then, .. } = task;
        let event = if matches!(asked, Asked::Add(..)) { Activity::KeyAdded } else { Activity::KeyUsed };
        let answered = match answer {
            KeyAnswer::Credential { json, secret } => self.verify(asked, &json, secret),
            KeyAnswer::GaveUp {} => Err(not_used()),
        };
        let outcome = if answered.is_ok() { Outcome::Done } else { Outcome::Refused };
        let reason =
            answered.as_ref().map_or_else(|problem| problem.message.clone(), |answer| answer.name.clone());
        self.note_key(event, outcome, Some(reason));
        let counts = answered.as_ref().map(|_| ()).map_err(Clone::clone);
        match then {
            Then::Tell(waiting) => drop(waiting.send(counts.clone())),
            Then::Fill(record, _) => self.broker.borrow_mut().end_verification(record, counts.is_ok()),
            Then::Unlock(taker) | Then::Slot(_, taker) => {
                let given = answered.and_then(|answer| answer.given.ok_or_else(gone));
                drop(taker.send(given));
            }
        }
        counts
    }

    /// Which relying party keys are asked by: the organisation's domain, else this laptop.
    fn relying_party(&self) -> Result<RelyingParty, Problem> {
        let party = match self.key_domain() {
            Some(domain) => RelyingParty::of(domain, &origins()),
            None => RelyingParty::local(&origins()),
        };
        party.map_err(|refusal| of_refusal(&refusal))
    }

    fn key_domain(&self) -> Option<&Domain> {
        self.organisation.as_ref()?.key_domain.as_ref()
    }

    fn begin_use(&self) -> Result<(String, lanyard_presence::Assertion), Problem> {
        let known = self.keys.credentials()?;
        let begun = self.relying_party()?.begin_assertion(&known, task::now());
        begun.map_err(|refusal| of_refusal(&refusal))
    }

    /// Has a page opened for a key, and waits for what comes of it.
    async fn ask_key(
        self: &Rc<Self>,
        browser: &Reachable,
        options: String,
        asked: Asked,
    ) -> Result<(), Problem> {
        let (sender, answer) = oneshot::channel();
        self.wait_for_key(browser, options, asked, Then::Tell(sender), answer).await
    }

    async fn wait_for_key<Answer>(
        self: &Rc<Self>,
        browser: &Reachable,
        options: String,
        asked: Asked,
        then: Then,
        answer: oneshot::Receiver<Result<Answer, Problem>>,
    ) -> Result<Answer, Problem> {
        let task = self.keys.tasks.add(&browser.browser.profile, options, asked, then)?;
        let _forget = ForgetOnDrop(self, task.clone());
        browser.tell_key_task(task);
        self.keys.tasks.set_asking(Some(browser.browser.name.clone()));
        self.changed();
        let answered = tokio::time::timeout(lanyard_presence::LIFETIME, answer).await;
        match answered {
            Ok(Ok(answered)) => answered,
            Ok(Err(_)) | Err(_) => Err(of_refusal(&Refusal::Expired)),
        }
    }

    /// Verifies an answer, and keeps what it changes.
    fn verify(&self, asked: Asked, json: &str, secret: Option<Shown>) -> Result<Verified, Problem> {
        let mut keys = self.keys.credentials()?;
        let (place, known, secret) = match asked {
            Asked::Add(name, registration) => {
                let key = registration.finish(json, task::now()).map_err(|refusal| of_refusal(&refusal))?;
                (None, store::Known::new(name, key), None)
            }
            Asked::Use(assertion) => {
                let seen = assertion.finish(json, &mut keys, task::now());
                let place = seen.map_err(|refusal| of_refusal(&refusal))?.key;
                (Some(place), self.keys.with(place, keys.swap_remove(place)), None)
            }
            Asked::Secret(assertion) => {
                // A key whose browser gives no secret shows presence, and that opens nothing.
                let secret = secret.ok_or_else(|| of_refusal(&Refusal::NoPrf))?;
                let secret = UnprovenPrf::parse(secret.0.expose_secret());
                let given = secret.and_then(|secret| assertion.finish(json, secret, &mut keys, task::now()));
                let (seen, secret) = given.map_err(|refusal| of_refusal(&refusal))?;
                (Some(seen.key), self.keys.with(seen.key, keys.swap_remove(seen.key)), Some(secret))
            }
        };
        let name = known.name.clone();
        let given = secret.map(|secret| Given { credential_id: known.key.id().to_vec(), secret });
        self.change_keys(|stored| match place {
            Some(place) => stored.keys[place] = known,
            None => stored.keys.push(known),
        })?;
        Ok(Verified { name, given })
    }

    fn note_key(&self, event: Activity, outcome: Outcome, reason: Option<String>) {
        self.broker.borrow_mut().note(event, outcome, |entry| entry.reason = reason);
    }
}

/// A key's answer that counts.
struct Verified {
    /// What the person calls the key.
    name: String,
    given: Option<Given>,
}

fn origins() -> [ExtensionOrigin; 2] {
    [ExtensionOrigin::chromium(CHROMIUM_EXTENSION_ID), ExtensionOrigin::firefox(FIREFOX_EXTENSION_ID)]
}

/// A question whose asker is gone is not answered any more.
struct ForgetOnDrop<'a>(&'a Rc<Core>, String);

impl Drop for ForgetOnDrop<'_> {
    fn drop(&mut self) {
        self.0.keys.tasks.forget(&self.1);
        self.0.keys.tasks.set_asking(None);
        self.0.changed();
    }
}

fn of_refusal(refusal: &Refusal) -> Problem {
    let code = match refusal {
        Refusal::NoKey => Code::NotFound,
        Refusal::Expired => Code::Expired,
        Refusal::Setup(_) => Code::Internal,
        Refusal::NotUnderstood(_) => Code::Invalid,
        Refusal::ForeignOrigin
        | Refusal::ForeignParty
        | Refusal::ForeignChallenge
        | Refusal::OtherKey
        | Refusal::BadSignature
        | Refusal::NotTouched
        | Refusal::NotVerified
        | Refusal::MayBeCopied
        | Refusal::NoPrf => Code::Refused,
    };
    Problem::new(code, refusal.to_string(), refusal.hint())
}

pub(crate) fn no_browser() -> Problem {
    Problem::new(
        Code::Unavailable,
        "no browser is open in which a security key can be used",
        "open a browser that is connected to Lanyard, then try again",
    )
}

fn not_used() -> Problem {
    Problem::new(Code::Declined, "the security key was not used", "try again when you have it at hand")
}

fn gone() -> Problem {
    Problem::new(Code::Expired, "the security key is not asked for any longer", "start again where you began")
}

#[cfg(test)]
mod tests;
