//! The life of a sign-in after it succeeded: kept fresh, ended, told to the provider.

use std::rc::Rc;
use std::time::Duration;

use lanyard_broker::{Event, Outcome};
use lanyard_identity::{Revocation, Standing};
use lanyard_protocol::common::Problem;

use crate::core::Core;
use crate::problem;

/// How long to wait before the provider is told again of a sign-out.
const REVOCATION_RETRY: Duration = Duration::from_mins(1);

/// Takes up the sign-in of an earlier run.
pub(crate) fn resume(core: &Rc<Core>) {
    let account = core.account().map(|account| account.name);
    core.broker.borrow_mut().set_account(account.clone());
    if account.is_some() {
        // A vault that does not open says so in its state; starting goes on.
        if let Err(problem) = core.broker.borrow_mut().unlock_again() {
            core.journal.error("cannot unlock at start", &problem);
        }
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

/// Signs out: locked first, then the provider is told, now or later.
pub(crate) async fn sign_out(core: &Rc<Core>) -> Result<Revocation, Problem> {
    let Some(identity) = core.identity() else { return Ok(Revocation::Done) };
    core.sign_in.cancel();
    if identity.standing() == Standing::SignedOut {
        core.changed();
        return Ok(Revocation::Done);
    }
    {
        let mut broker = core.broker.borrow_mut();
        broker.lock("signed out");
    }
    let ended = identity.sign_out().await;
    {
        let mut broker = core.broker.borrow_mut();
        let outcome = if ended.is_ok() { Outcome::Done } else { Outcome::Failed };
        let reason = match &ended {
            Ok(Revocation::Done | Revocation::NotOffered) => None,
            Ok(Revocation::Queued) => Some("the provider will be told later".to_owned()),
            Err(error) => Some(error.to_string()),
        };
        broker.note(Event::SignedOut, outcome, |entry| entry.reason = reason);
        broker.set_account(core.account().map(|account| account.name));
    }
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
        let wait = match (due, waiting) {
            (Some(due), false) => Some(due),
            (Some(due), true) => Some(due.min(REVOCATION_RETRY)),
            (None, true) => Some(REVOCATION_RETRY),
            (None, false) => None,
        };
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
    broker.set_account(None);
}
