//! What a person shows before an app is filled that wants it: a security key where one can be asked, else their PIN.

use std::rc::Rc;

use lanyard_broker::{Event as Activity, Outcome, make_id};
use lanyard_protocol::browser::Response;
use lanyard_protocol::common::{AppView, Code, Problem};
use lanyard_protocol::window::QuestionSubject;
use lanyard_vault::{RecordId, SlotKind};

use crate::browser::Reachable;
use crate::core::Core;
use crate::question;
use crate::security_key::no_browser;

impl Core {
    /// A browser wants an app filled that wants the person. Says how they are asked.
    pub(crate) fn begin_verification(
        self: &Rc<Self>,
        browser: Reachable,
        app: &str,
    ) -> Result<Response, Problem> {
        let (record, name) = self.broker.borrow_mut().begin_verification(&browser.browser, app)?;
        if self.is_any_key_usable()? {
            let task = self.verify_by_key(&browser.browser, record, name)?;
            return Ok(Response::KeyTask { task });
        }
        if !self.broker.borrow().has_slot(SlotKind::Pin) {
            return Err(nothing_to_show());
        }
        question::check_room_for_pin(self)?;
        let app = self.broker.borrow().credential(record)?.app;
        let task = make_id();
        tokio::task::spawn_local(Rc::clone(self).verify_by_pin(browser, record, app, task.clone()));
        Ok(Response::AskedInWindow { task })
    }

    /// Refuses what turns off that the person is asked for something, unless they show the same once more. Where there is
    /// nothing to show nobody was asked for it either.
    pub(crate) async fn check_it_is_them(self: &Rc<Self>, subject: QuestionSubject) -> Result<(), Problem> {
        if self.is_any_key_usable()? {
            let browser = self.browsers.used_last().ok_or_else(no_browser)?;
            return self.confirm_in(&browser).await;
        }
        if !self.broker.borrow().has_slot(SlotKind::Pin) {
            return Ok(());
        }
        question::check_room_for_pin(self)?;
        question::ask_for_pin(self, subject).await.map(drop)
    }

    async fn verify_by_pin(self: Rc<Self>, browser: Reachable, record: RecordId, app: AppView, task: String) {
        let name = browser.browser.name.clone();
        let subject =
            QuestionSubject::Fill { browser: name.clone(), app: app.name.clone(), user_name: app.user_name };
        let shown = question::ask_for_pin(&self, subject).await;
        let outcome = if shown.is_ok() { Outcome::Done } else { Outcome::Refused };
        let problem = shown.err();
        let mut broker = self.broker.borrow_mut();
        broker.end_verification(record, problem.is_none());
        broker.note(Activity::PinUsed, outcome, |entry| {
            (entry.app, entry.browser) = (Some(app.name), Some(name));
            entry.reason = problem.as_ref().map(|problem| problem.message.clone());
        });
        drop(broker);
        browser.tell_verified(task, problem);
    }
}

fn nothing_to_show() -> Problem {
    Problem::new(
        Code::NotFound,
        "there is neither a security key nor a PIN",
        "choose a PIN in Lanyard's window, under Security, or add a security key there",
    )
}
