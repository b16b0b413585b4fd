//! Opens the vault, and says why where it cannot.

use std::rc::Rc;
use std::sync::Arc;

use lanyard_broker::{Event, Log, Outcome};
use lanyard_identity::Identity;
use lanyard_protocol::common::{Code, Problem};
use lanyard_vault::{OpenError, Vault};

use crate::core::Core;
use crate::tokens::SealedTokens;
use crate::wiping::on_a_thread;
use crate::{problem, session};

impl Core {
    /// Opens the vault, or makes one where there is none. On its own thread, since a keychain may keep us waiting.
    pub(crate) async fn open_vault(self: &Rc<Self>) -> Result<(), Problem> {
        let _one_at_a_time = self.opening.lock().await;
        if self.broker.borrow().has_vault() {
            return Ok(());
        }
        let (data, keychain) = (self.paths.data.clone(), Arc::clone(&self.keychain));
        let opened = on_a_thread(move || Vault::open_or_create(&data, keychain)).await;
        let opened = opened.map_err(|_| internal())?;
        self.use_opened(opened)
    }

    /// Keeps a vault that cannot be opened and begins a new one. Returns where the old one is.
    pub(crate) async fn begin_new_vault(self: &Rc<Self>) -> Result<String, Problem> {
        let _one_at_a_time = self.opening.lock().await;
        if self.broker.borrow().has_vault() {
            return Err(problem::invalid(
                "the vault is in order",
                "unlock it; there is no need for a new one",
            ));
        }
        let (data, keychain) = (self.paths.data.clone(), Arc::clone(&self.keychain));
        let begun = on_a_thread(move || Vault::begin_beside(&data, keychain)).await;
        let (opened, kept) = match begun.map_err(|_| internal())? {
            Ok((vault, kept)) => (Ok(vault), kept),
            Err(error) => return Err(problem::of_opening(&error)),
        };
        self.use_opened(opened)?;
        Ok(kept.display().to_string())
    }

    pub(crate) fn use_opened(self: &Rc<Self>, opened: Result<Vault, OpenError>) -> Result<(), Problem> {
        let used = opened.map_err(|error| {
            self.journal.error("cannot open the vault", &error);
            self.may_begin_new.set(problem::may_begin_new(&error));
            self.recoverable.set(problem::is_key_lost(&error) && Vault::has_recovery_code(&self.paths.data));
            problem::of_opening(&error)
        });
        let used = used.and_then(|vault| self.use_vault(vault));
        if let Err(problem) = &used {
            self.broker.borrow_mut().set_unavailable(problem.clone());
        }
        self.changed();
        used
    }

    /// A vault that turns out to be unusable only when it is unlocked is given up like one that does not open.
    pub(crate) fn after_unlock(&self, unlocked: Result<(), Problem>) -> Result<(), Problem> {
        self.sync_escrow();
        unlocked.inspect_err(|problem| {
            self.journal.error("cannot unlock the vault", problem);
            if problem.code == Code::Vault {
                self.identity.borrow_mut().take();
                self.may_begin_new.set(true);
                self.broker.borrow_mut().set_unavailable(problem.clone());
            }
        })
    }

    fn use_vault(self: &Rc<Self>, vault: Vault) -> Result<(), Problem> {
        let log = self.open_log(&vault);
        self.broker.borrow_mut().use_vault(vault, log);
        let identity = Identity::new(SealedTokens(Rc::clone(&self.broker))).map_err(|error| {
            self.journal.error("cannot read the sign-in", &error);
            problem::of_identity(&error)
        })?;
        *self.identity.borrow_mut() = Some(Rc::new(identity));
        self.read_pairings()?;
        self.read_keys();
        self.broker.borrow_mut().note(Event::Started, Outcome::Done, |_| ());
        session::resume(self);
        Ok(())
    }

    /// A log that cannot be read is kept under another name; it never keeps the person from their apps.
    fn open_log(&self, vault: &Vault) -> Option<Log> {
        let path = self.paths.data.join("activity.db");
        Log::open(&path, vault.derive_service_key("audit"))
            .or_else(|error| {
                self.journal.error("cannot read the activity log, a new one is begun", &error);
                Log::begin_beside(&path, vault.derive_service_key("audit")).map(|(log, _)| log)
            })
            .inspect_err(|error| self.journal.error("cannot begin a new activity log", error))
            .ok()
    }
}

fn internal() -> Problem {
    Problem::new(Code::Internal, "Lanyard could not open its vault", "quit Lanyard and open it again")
}
