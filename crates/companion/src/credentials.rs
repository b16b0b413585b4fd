//! Credentials: looked at, changed, shown, taken in and handed out, for the window and the terminal alike.

use std::rc::Rc;

use lanyard_broker::{Exposure, Presence};
use lanyard_protocol::common::Problem;
use lanyard_protocol::credential::{CredentialChange, ImportOutcome, Login, Revealed, SecretPart};
use lanyard_protocol::terminal::Event;
use lanyard_protocol::window::{self, QuestionSubject};
use lanyard_vault::RecordId;
use secrecy::ExposeSecret as _;

use crate::connection::Outbox;
use crate::core::Core;
use crate::{problem, question};

/// Bytes of exported credentials in one message, before they are escaped; far below what a reader takes.
const PART: usize = 100 * 1024;

impl Core {
    /// Changes a credential.
    pub(crate) fn change_credential(
        &self,
        record: RecordId,
        change: CredentialChange,
    ) -> Result<(), Problem> {
        let moved = change.login_url.is_some();
        let origin = self.broker.borrow_mut().change_credential(record, change)?;
        if moved {
            self.browsers.tell_origin(&self.broker.borrow(), origin.as_str());
        }
        self.window.tell(window::Event::AppsChanged {});
        self.changed();
        Ok(())
    }

    /// Changes a credential for a terminal.
    pub(crate) fn change_in_terminal(
        &self,
        record: RecordId,
        change: CredentialChange,
    ) -> Result<(), Problem> {
        if change.verify.is_some() {
            return Err(problem::invalid(
                "a terminal does not say which apps want a security key or the PIN",
                "change it in Lanyard's window",
            ));
        }
        self.change_credential(record, change)
    }

    /// Changes a credential for the window. That it is asked for nothing any longer before it is filled takes what was
    /// asked for.
    pub(crate) async fn change_in_window(
        self: &Rc<Self>,
        record: RecordId,
        change: CredentialChange,
    ) -> Result<(), Problem> {
        if change.verify == Some(false) {
            let view = self.broker.borrow().credential(record)?;
            if view.verify {
                self.check_it_is_them(QuestionSubject::StopAsking { app: view.app.name }).await?;
            }
        }
        self.change_credential(record, change)
    }

    /// Removes a credential for good.
    pub(crate) fn remove_credential(&self, record: RecordId) -> Result<(), Problem> {
        self.broker.borrow_mut().remove_credential(record)?;
        self.apps_changed();
        self.changed();
        Ok(())
    }

    /// Takes logins from another password store.
    pub(crate) fn import(
        self: &Rc<Self>,
        logins: Vec<Login>,
        replace: bool,
        dry_run: bool,
    ) -> Result<Vec<ImportOutcome>, Problem> {
        let outcomes = self.broker.borrow_mut().import(logins, replace, dry_run)?;
        if !dry_run {
            self.apps_changed_soon();
        }
        Ok(outcomes)
    }

    /// Shows a secret in the window.
    pub(crate) async fn reveal_in_window(
        self: &Rc<Self>,
        record: RecordId,
        part: SecretPart,
    ) -> Result<Revealed, Problem> {
        let presence = self.present(Presence::Window).await?;
        self.broker.borrow_mut().reveal(record, part, presence, Exposure::Screen)
    }

    /// Shows a secret in a terminal, if the person agrees.
    pub(crate) async fn reveal_in_terminal(
        self: &Rc<Self>,
        record: RecordId,
        part: SecretPart,
        outbox: &Outbox,
    ) -> Result<Revealed, Problem> {
        let app = self.broker.borrow().credential(record)?.app;
        outbox.event(Event::Asking {});
        let subject = QuestionSubject::Reveal { app: app.name, user_name: app.user_name, part };
        let asked = question::agree(self, subject).await;
        // That nobody could be asked is a refusal like any other, and the log has it.
        let presence = *asked.as_ref().unwrap_or(&Presence::None);
        let shown = self.broker.borrow_mut().reveal(record, part, presence, Exposure::Terminal);
        asked.and(shown)
    }

    /// Hands out every credential of the person, if the person agrees.
    pub(crate) async fn export(self: &Rc<Self>, outbox: &Outbox) -> Result<(), Problem> {
        let records = self.broker.borrow().exportable()?.records;
        let count = u32::try_from(records.len()).unwrap_or(u32::MAX);
        outbox.event(Event::Asking {});
        let asked = question::agree(self, QuestionSubject::Export { credentials: count }).await;
        let exported = match asked {
            Ok(presence) => self.send_all(&records, presence, outbox).await.map(|()| count),
            Err(problem) => Err(problem),
        };
        self.broker.borrow_mut().note_export(&exported);
        exported.map(|_| ())
    }

    async fn send_all(
        &self,
        records: &[RecordId],
        presence: Presence,
        outbox: &Outbox,
    ) -> Result<(), Problem> {
        let mut part = Vec::new();
        let mut size = 0;
        for record in records {
            let login = self.broker.borrow().export(&[*record], presence)?;
            size += login.iter().map(size_of).sum::<usize>();
            part.extend(login);
            if size >= PART {
                outbox.event_in_turn(Event::Exported { logins: std::mem::take(&mut part) }).await;
                size = 0;
            }
        }
        if !part.is_empty() {
            outbox.event_in_turn(Event::Exported { logins: part }).await;
        }
        Ok(())
    }
}

fn size_of(login: &Login) -> usize {
    let secrets = [Some(&login.password), login.one_time_code.as_ref(), login.notes.as_ref()];
    let secrets = secrets.into_iter().flatten().map(|secret| secret.0.expose_secret().len()).sum::<usize>();
    login.name.len() + login.login_url.len() + login.user_name.len() + secrets
}
