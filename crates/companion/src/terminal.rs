//! What the command `lanyard` asks.

use std::rc::Rc;

use lanyard_identity::Revocation;
use lanyard_protocol::VERSIONS;
use lanyard_protocol::common::{Code, Problem, ProviderView};
use lanyard_protocol::envelope::Envelope;
use lanyard_protocol::slots::SlotWish;
use lanyard_protocol::terminal::{Event, Request, Response};
use lanyard_protocol::window::{Page, QuestionSubject};

use crate::apps::Launched;
use crate::connection::{Inbox, Outbox, PeerError, open};
use crate::core::Core;
use crate::{browser, idle, question, session, sign_in, slots};

/// Most apps in one reply.
const MOST_APPS: usize = 1000;

/// Most lines of the activity log in one reply.
const MOST_LINES: u32 = 1000;

/// Serves one terminal until it ends.
pub(crate) async fn serve(
    core: Rc<Core>,
    versions: Vec<u16>,
    mut inbox: Inbox,
    outbox: Outbox,
) -> Result<(), PeerError> {
    let _leave = Unfollow(&core, outbox.clone());
    let understood = VERSIONS.iter().any(|version| versions.contains(version));
    while let Some(envelope) = inbox.next::<Envelope<Request>>().await? {
        let (id, request) = open(envelope);
        if !understood {
            outbox.reply::<Response>(id, Err(other_version()));
            continue;
        }
        let answer = tokio::select! {
            answer = answer(&core, request, &outbox) => answer,
            // Whoever interrupts a command does not want its result.
            () = outbox.closed() => return Ok(()),
            ended = inbox.ended() => return ended,
        };
        outbox.reply(id, answer);
    }
    Ok(())
}

async fn answer(core: &Rc<Core>, request: Request, outbox: &Outbox) -> Result<Response, Problem> {
    core.sync_account();
    if idle::is_use_in_terminal(&request) {
        core.used_by_person();
    }
    let done = |()| Response::Done {};
    match request {
        Request::Status {} => Ok(Response::Status(core.status())),
        Request::SignIn { provider } => sign_in(core, provider, outbox).await,
        Request::SignOut {} => session::sign_out(core)
            .await
            .map(|revocation| Response::SignedOut { revocation_queued: revocation == Revocation::Queued }),
        Request::Lock {} => {
            core.lock();
            Ok(Response::Done {})
        }
        Request::Unlock {} => unlock(core, outbox).await.map(done),
        Request::UnlockWith(proof) => {
            let opened = to_its_end(core, async |core| core.unlock_with(proof).await).await?;
            Ok(opened.map_or(Response::Done {}, |lost| Response::Recovered { lost }))
        }
        Request::Slots {} => Ok(Response::Slots { slots: core.broker.borrow().slots() }),
        Request::MakeRecoveryCode { present } => {
            outbox.event(Event::Asking {});
            core.agree_to(SlotWish::RecoveryCode {}).await?;
            core.make_recovery_code(present).await.map(Response::NewRecoveryCode)
        }
        Request::ChangeSlots(change) => {
            if let Some(wish) = core.wish(&change)? {
                outbox.event(Event::Asking {});
                core.agree_to(wish).await?;
            }
            to_its_end(core, async |core| core.change_slots(change).await).await.map(done)
        }
        Request::BeginNewVault {} => to_its_end(core, async |core| core.begin_new_vault().await)
            .await
            .map(|kept| Response::NewVault { kept }),
        Request::Launch { name, open } => {
            let Launched { url, browser } = core.launch(&name, open)?;
            Ok(Response::Launched { url, browser })
        }
        Request::AddApp(new) => core.add_app(new).map(|record| Response::Added { app: record.to_string() }),
        Request::Apps { query } => {
            let found = core.broker.borrow().apps(&query, MOST_APPS)?;
            Ok(Response::Apps { apps: found.apps, total: u32::try_from(found.total).unwrap_or(u32::MAX) })
        }
        Request::Credential { name } => {
            let record = core.broker.borrow().find_app(&name)?;
            core.broker.borrow().credential(record).map(Response::Credential)
        }
        Request::Reveal { name, part } => {
            let record = core.broker.borrow().find_app(&name)?;
            core.reveal_in_terminal(record, part, outbox).await.map(Response::Revealed)
        }
        Request::ChangeCredential { name, change } => {
            let record = core.broker.borrow().find_app(&name)?;
            core.change_in_terminal(record, change).map(done)
        }
        Request::RemoveCredential { name } => {
            let record = core.broker.borrow().find_app(&name)?;
            core.remove_credential(record).map(done)
        }
        Request::Import { logins, replace, dry_run } => {
            core.import(logins, replace, dry_run).map(|outcomes| Response::Imported { outcomes })
        }
        Request::Export {} => core.export(outbox).await.map(done),
        Request::VerifyVault {} => core.verify_vault().map(Response::Verified),
        Request::BackUpVault { to } => core.back_up_vault(to.as_deref()),
        Request::RestoreVault { source, other_vault, recovery_code, escrow_opening } => {
            let key = slots::recovery_key(recovery_code, escrow_opening.as_deref())?;
            core.restore_vault(source, other_vault, key, outbox).await
        }
        Request::RekeyVault {} => core.rekey_vault(outbox).await.map(done),
        Request::ExportVault { to, recipients } => core.export_vault(&to, recipients, outbox).await,
        Request::Browsers {} => {
            Ok(Response::Browsers { browsers: core.paired_browsers(), waiting: core.browsers.waiting() })
        }
        Request::Pair { profile } => {
            outbox.event(Event::Asking {});
            browser::pair_from_terminal(core, profile).await.map(|name| Response::Browser { name })
        }
        Request::Revoke { profile } => {
            outbox.event(Event::Asking {});
            revoke(core, &profile).await.map(|name| Response::Browser { name })
        }
        Request::SecurityKeys {} => core.keys_view().map(Response::SecurityKeys),
        Request::AddSecurityKey { name } => core.add_key_from_terminal(name, outbox).await.map(done),
        Request::RemoveSecurityKey { key } => core.remove_key_from_terminal(&key, outbox).await.map(done),
        Request::Settings {} => Ok(Response::Settings(core.settings_view())),
        Request::ChangeSettings(change) => {
            core.change_settings(&change)?;
            Ok(Response::Settings(core.settings_view()))
        }
        Request::Activity { after, limit, follow } => activity(core, after, limit, follow, outbox),
        Request::OpenWindow {} => core.show_window(Page::Home).map(|()| Response::Done {}),
    }
}

/// Unlocks. Where the laptop alone opens the vault, it does so for whoever asks: then the person has to agree.
async fn unlock(core: &Rc<Core>, outbox: &Outbox) -> Result<(), Problem> {
    core.open_vault().await?;
    core.sync_account();
    let opens_for_anybody = core.broker.borrow().opens_for_anybody();
    if opens_for_anybody {
        outbox.event(Event::Asking {});
        question::agree_or_decline(core, QuestionSubject::Unlock {}).await?;
    }
    to_its_end(core, async |core| core.unlock().await).await
}

/// Cuts a browser off, if the person agrees.
async fn revoke(core: &Rc<Core>, profile: &str) -> Result<String, Problem> {
    let browser = core.paired_browser(profile)?;
    let subject = QuestionSubject::Revoke { browser: browser.name, profile: browser.profile.clone() };
    question::agree_or_decline(core, subject).await?;
    core.revoke(&browser.profile)
}

/// Does something that must not stop half way when the terminal goes away.
async fn to_its_end<T: 'static>(
    core: &Rc<Core>,
    work: impl AsyncFnOnce(Rc<Core>) -> Result<T, Problem> + 'static,
) -> Result<T, Problem> {
    let core = Rc::clone(core);
    tokio::task::spawn_local(async move { work(core).await })
        .await
        .unwrap_or_else(|_| Err(Problem::new(Code::Internal, "it was not finished", "try again")))
}

async fn sign_in(
    core: &Rc<Core>,
    provider: Option<ProviderView>,
    outbox: &Outbox,
) -> Result<Response, Problem> {
    let mut progress = core.sign_in.watch();
    let signing_in = sign_in::sign_in_here(core, provider);
    tokio::pin!(signing_in);
    loop {
        tokio::select! {
            account = &mut signing_in => return account.map(Response::SignedIn),
            Ok(()) = progress.changed() => {
                if let Some(progress) = progress.borrow_and_update().clone() {
                    outbox.event(Event::SignIn(progress));
                }
            }
        }
    }
}

fn activity(
    core: &Core,
    after: Option<u64>,
    limit: u32,
    follow: bool,
    outbox: &Outbox,
) -> Result<Response, Problem> {
    let limit = usize::try_from(limit.min(MOST_LINES)).unwrap_or(usize::MAX);
    let read = core.broker.borrow().activity(after, limit);
    let lines = read.map_err(|error| core.unreadable_activity(&error))?;
    let mut followers = core.followers.borrow_mut();
    if follow && !followers.iter().any(|follower| follower.is_same(outbox)) {
        followers.push(outbox.clone());
    }
    Ok(Response::Activity { lines })
}

/// A terminal that leaves follows no longer.
struct Unfollow<'a>(&'a Core, Outbox);

impl Drop for Unfollow<'_> {
    fn drop(&mut self) {
        self.0.followers.borrow_mut().retain(|follower| !follower.is_same(&self.1));
    }
}

fn other_version() -> Problem {
    Problem::new(
        Code::Unavailable,
        "the running Lanyard is of another version than this command",
        "quit Lanyard and open it again",
    )
}
