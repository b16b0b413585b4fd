//! Signing in: one at a time, shown wherever the person looks, cancelled where the person goes away.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lanyard_broker::{Event, Outcome};
use lanyard_identity::Provider;
use lanyard_protocol::common::{AccountView, Code, Problem, ProviderView, SignInProgress};
use tokio::sync::{Notify, watch};
use tokio::task::AbortHandle;

use crate::core::{Core, view};
use crate::settings::Settings;
use crate::{open_url, problem};

/// The sign-in under way.
pub(crate) struct SignIn {
    progress: watch::Sender<Option<SignInProgress>>,
    task: RefCell<Option<AbortHandle>>,
    cancelled: Notify,
}

impl Default for SignIn {
    fn default() -> Self {
        Self { progress: watch::Sender::new(None), task: RefCell::default(), cancelled: Notify::new() }
    }
}

impl SignIn {
    pub(crate) fn progress(&self) -> Option<SignInProgress> {
        self.progress.borrow().clone()
    }

    pub(crate) fn watch(&self) -> watch::Receiver<Option<SignInProgress>> {
        self.progress.subscribe()
    }

    /// Ends it without a result, or puts its failure away.
    pub(crate) fn cancel(&self) {
        if let Some(task) = self.task.take() {
            task.abort();
        }
        self.cancelled.notify_waiters();
        self.progress.send_replace(None);
    }

    fn is_under_way(&self) -> bool {
        matches!(self.progress(), Some(SignInProgress::Contacting {} | SignInProgress::Waiting { .. }))
    }
}

/// Begins a sign-in in the background, in the place of one that is under way.
pub(crate) fn start(core: &Rc<Core>, provider: Option<ProviderView>) {
    core.sign_in.cancel();
    let task = tokio::task::spawn_local(sign_in(Rc::clone(core), provider));
    *core.sign_in.task.borrow_mut() = Some(task.abort_handle());
}

/// Signs in for somebody who waits for it. Dropping the future cancels.
pub(crate) async fn sign_in_here(
    core: &Rc<Core>,
    provider: Option<ProviderView>,
) -> Result<AccountView, Problem> {
    if core.sign_in.is_under_way() {
        return Err(Problem::new(
            Code::Busy,
            "another sign-in is under way",
            "finish or cancel it in Lanyard's window first",
        ));
    }
    let _cancel = CancelOnDrop(core);
    tokio::select! {
        result = sign_in(Rc::clone(core), provider) => result,
        () = core.sign_in.cancelled.notified() => {
            Err(Problem::new(Code::Declined, "the sign-in was cancelled", "start it again when you are ready"))
        }
    }
}

/// Opens the provider's page for the sign-in under way.
pub(crate) fn open_page(core: &Core) -> Result<(), Problem> {
    match core.sign_in.progress() {
        Some(SignInProgress::Waiting { verification_uri, verification_uri_complete, .. }) => {
            open_url::open_url(verification_uri_complete.as_deref().unwrap_or(&verification_uri))
        }
        _ => Err(Problem::new(Code::Expired, "there is no sign-in under way", "start it again")),
    }
}

async fn sign_in(core: Rc<Core>, provider: Option<ProviderView>) -> Result<AccountView, Problem> {
    core.sign_in.progress.send_replace(Some(SignInProgress::Contacting {}));
    core.changed();
    let result = attempt(&core, provider).await;
    core.sign_in.task.take();
    let shown = result.as_ref().err().map(|problem| SignInProgress::Failed { problem: problem.clone() });
    core.sign_in.progress.send_replace(shown);
    if let Err(problem) = &result {
        core.broker.borrow_mut().note(Event::SignInFailed, Outcome::Failed, |entry| {
            entry.reason = Some(problem.message.clone());
        });
    }
    core.changed();
    core.apps_changed();
    result
}

async fn attempt(core: &Rc<Core>, provider: Option<ProviderView>) -> Result<AccountView, Problem> {
    let configured = core.provider();
    let wanted = provider.or(configured).ok_or_else(no_provider)?;
    let provider =
        Provider::parse(&wanted.issuer, &wanted.client_id).map_err(|error| problem::of_identity(&error))?;
    core.open_vault().await?;
    let identity = core.identity().ok_or_else(no_provider)?;
    let failed = |error| {
        core.journal.error("cannot sign in", &error);
        problem::of_identity(&error)
    };
    let begun = identity.begin_sign_in(&provider).await.map_err(failed)?;
    core.sign_in.progress.send_replace(Some(SignInProgress::Waiting {
        user_code: begun.user_code.clone(),
        verification_uri: begun.verification_uri.clone(),
        verification_uri_complete: begun.verification_uri_complete.clone(),
        expires_at: unix_ms_in(begun.expires_in),
    }));
    core.changed();
    let account = identity.finish_sign_in(begun).await.map_err(failed)?;
    remember(core, wanted);
    let account = view(&account);
    core.session_changed.notify_one();
    core.sync_account();
    let unlocked = {
        let mut broker = core.broker.borrow_mut();
        broker
            .note(Event::SignedIn, Outcome::Done, |entry| entry.reason = Some(account.provider_host.clone()));
        broker.unlock()
    };
    // Signing in succeeded whatever became of the vault, whose state says the rest.
    let _ = core.after_unlock(unlocked);
    Ok(account)
}

/// The provider that worked is the one to use from here on.
fn remember(core: &Core, provider: ProviderView) {
    let settings = Settings { provider: Some(provider), ..core.settings.borrow().clone() };
    if *core.settings.borrow() != settings {
        if let Err(error) = settings.write(&core.paths.config) {
            core.journal.error("the provider is not remembered", &error);
        }
        *core.settings.borrow_mut() = settings;
    }
}

fn unix_ms_in(wait: Duration) -> u64 {
    let then = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() + wait;
    u64::try_from(then.as_millis()).unwrap_or(u64::MAX)
}

fn no_provider() -> Problem {
    Problem::new(
        Code::Invalid,
        "no sign-in address is configured",
        "enter the address and client id that your IT department gives you: in Lanyard's window, or with `lanyard sign-in --issuer URL --client-id ID`",
    )
}

struct CancelOnDrop<'a>(&'a Rc<Core>);

impl Drop for CancelOnDrop<'_> {
    fn drop(&mut self) {
        if self.0.sign_in.is_under_way() {
            self.0.cancel_sign_in();
        }
    }
}

impl Core {
    /// Ends a sign-in without a result. It may have come so far that the person is signed in: then it counts.
    pub(crate) fn cancel_sign_in(&self) {
        self.sign_in.cancel();
        self.session_changed.notify_one();
        self.changed();
    }
}
