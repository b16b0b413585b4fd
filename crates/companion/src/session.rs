//! The life of a sign-in after it succeeded: kept fresh, ended, told to the provider.

use std::rc::Rc;
use std::time::{Duration, SystemTime};

use lanyard_broker::{Event, Outcome};
use lanyard_identity::{Revocation, Standing};
use lanyard_protocol::common::Problem;

use crate::core::Core;
use crate::problem;

/// How long to wait before the provider is told again of a sign-out.
const REVOCATION_RETRY: Duration = Duration::from_mins(1);

/// Takes up the sign-in of an earlier run.
pub(crate) fn resume(core: &Rc<Core>) {
    core.sync_account();
    if core.account().is_some() {
        let unlocked = core.broker.borrow_mut().unlock_again();
        // A vault that does not open says so in its state; starting goes on.
        let _ = core.after_unlock(unlocked);
    }
    core.session_changed.notify_one();
    tokio::task::spawn_local(tell_provider(Rc::clone(core)));
}

/// Tells the provider of sign-outs that it could not be told of before.
async fn tell_provider(core: Rc<Core>) {
    let Some(identity) = core.identity() else { return };
    if identity.pending_revocations() > 0
        && let Err(error) = identity.send_pending_revocations().await
    {
        core.journal.error("the provider was not told of a sign-out yet", &error);
    }
}

/// Signs out: locked first, then the provider is told, now or later. Runs to its end, whoever stops waiting for it.
pub(crate) async fn sign_out(core: &Rc<Core>) -> Result<Revocation, Problem> {
    let task = tokio::task::spawn_local(end_session(Rc::clone(core)));
    task.await.unwrap_or(Ok(Revocation::Queued))
}

async fn end_session(core: Rc<Core>) -> Result<Revocation, Problem> {
    core.cancel_sign_in();
    let Some(identity) = core.identity().filter(|identity| identity.standing() != Standing::SignedOut) else {
        return Ok(Revocation::Done);
    };
    core.broker.borrow_mut().lock("signed out");
    core.signing_out.set(true);
    core.changed();
    let who = identity.account().map(|account| account.display_name().to_owned());
    let ended = identity.sign_out().await;
    core.signing_out.set(false);
    let outcome = if ended.is_ok() { Outcome::Done } else { Outcome::Failed };
    let reason = match &ended {
        Ok(Revocation::Done | Revocation::NotOffered) => None,
        Ok(Revocation::Queued) => Some("the provider will be told later".to_owned()),
        Err(error) => Some(error.to_string()),
    };
    core.broker.borrow_mut().note(Event::SignedOut, outcome, |entry| {
        entry.account = who;
        entry.reason = reason;
    });
    core.session_changed.notify_one();
    core.changed();
    ended.map_err(|error| {
        core.journal.error("cannot sign out", &error);
        problem::of_identity(&error)
    })
}

/// Keeps the sign-in fresh for as long as the companion runs.
pub(crate) async fn keep_fresh(core: Rc<Core>) {
    loop {
        let due = core.identity().and_then(|identity| identity.refresh_due());
        let waiting = core.identity().is_some_and(|identity| identity.pending_revocations() > 0);
        let wait =
            [due, core.sign_in_ends(), waiting.then_some(REVOCATION_RETRY)].into_iter().flatten().min();
        let timer = async {
            match wait {
                Some(wait) => tokio::time::sleep(wait).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = timer => work(&core).await,
            () = core.session_changed.notified() => {}
        }
    }
}

async fn work(core: &Rc<Core>) {
    let Some(identity) = core.identity() else { return };
    tell_provider(Rc::clone(core)).await;
    if identity.refresh_due().is_some_and(|due| due.is_zero())
        && let Err(error) = identity.refresh().await
    {
        core.journal.error("the sign-in was not refreshed", &error);
        if error.is_refusal() {
            refused(core, &error);
        }
    }
    core.changed();
}

/// The provider does not vouch for the person any more: that locks, and nothing is lost.
fn refused(core: &Rc<Core>, error: &lanyard_identity::Error) {
    let mut broker = core.broker.borrow_mut();
    broker.lock("the provider ended the sign-in");
    broker.note(Event::SignedOut, Outcome::Refused, |entry| entry.reason = Some(error.to_string()));
}

impl Core {
    /// How long a sign-in lasts that cannot be refreshed.
    fn sign_in_ends(&self) -> Option<Duration> {
        match self.identity()?.standing() {
            Standing::SignedInUntil(end) => Some(end.duration_since(SystemTime::now()).unwrap_or_default()),
            Standing::SignedOut | Standing::SignedIn | Standing::Ended | Standing::Refused => None,
        }
    }
}
