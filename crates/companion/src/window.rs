//! The window: started when somebody wants to look or must be asked, over a socket that only it inherits.

use std::cell::RefCell;
use std::ffi::OsString;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream as StdUnixStream;
use std::process::{Command, Stdio};
use std::rc::Rc;
use std::time::{Duration, Instant};

use command_fds::{CommandFdExt as _, FdMapping};
use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::envelope::Envelope;
use lanyard_protocol::window::{Event, Page, Request, Response};
use tokio::net::UnixStream;

use crate::connection::{self, Inbox, Outbox, open};
use crate::core::Core;
use crate::{browsers_here, idle, question, session, sign_in};

/// The descriptor that the window finds its socket at.
const WINDOW_FD: i32 = 3;

/// A window takes a moment to end after it was closed; whoever asks for it in that moment gets a new one.
const LAST_CALL: Duration = Duration::from_secs(1);

/// Most lines of the activity log in one reply.
const MOST_LINES: u32 = 500;

/// Most apps in one reply.
const MOST_APPS: u32 = 500;

/// Variables that the window may inherit: where the screen is, and how the person likes it.
const ENVIRONMENT: &[&str] = &[
    "AT_SPI_BUS_ADDRESS",
    "DBUS_SESSION_BUS_ADDRESS",
    "DESKTOP_SESSION",
    "DISPLAY",
    "GDK_BACKEND",
    "GDK_DPI_SCALE",
    "GDK_SCALE",
    "GTK_IM_MODULE",
    "GTK_THEME",
    "HOME",
    "LANG",
    "LANGUAGE",
    "LOGNAME",
    "PATH",
    "TMPDIR",
    "TZ",
    "USER",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
];

/// The window, where it is open.
#[derive(Default)]
pub(crate) struct Window(RefCell<Option<Open>>);

struct Open {
    outbox: Outbox,
    /// What it shows first.
    page: Page,
    /// When it was asked to come to the front, and what for.
    called: Option<(Instant, Page)>,
}

impl Window {
    pub(crate) fn is_open(&self) -> bool {
        self.0.borrow().is_some()
    }

    fn call(&self, page: Page) {
        if let Some(open) = self.0.borrow_mut().as_mut() {
            open.called = Some((Instant::now(), page));
            open.outbox.event(Event::Show { page });
        }
    }

    pub(crate) fn tell(&self, event: Event) {
        if let Some(open) = self.0.borrow().as_ref() {
            open.outbox.event(event);
        }
    }
}

impl Core {
    /// Brings the window to the front, starting it where it is not there.
    pub(crate) fn show_window(self: &Rc<Self>, page: Page) -> Result<(), Problem> {
        if self.window.is_open() {
            self.window.call(page);
            return Ok(());
        }
        let program = self.window_program.as_ref().ok_or_else(no_screen)?;
        if std::env::var_os("DISPLAY").is_none() && std::env::var_os("WAYLAND_DISPLAY").is_none() {
            return Err(no_screen());
        }
        let failed = |error: &dyn std::error::Error| {
            self.journal.error("cannot start the window", error);
            Problem::new(Code::Internal, "Lanyard's window could not be opened", "install Lanyard again")
        };
        let (ours, theirs) = StdUnixStream::pair().map_err(|error| failed(&error))?;
        ours.set_nonblocking(true).map_err(|error| failed(&error))?;
        let stream = UnixStream::from_std(ours).map_err(|error| failed(&error))?;
        let mut command = Command::new(program);
        command
            .env_clear()
            .envs(environment())
            // Forms need no graphics card, and its buffers would cost 80 MB.
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .fd_mappings(vec![FdMapping { parent_fd: OwnedFd::from(theirs), child_fd: WINDOW_FD }])
            .map_err(|error| failed(&error))?;
        let mut child = tokio::process::Command::from(command).spawn().map_err(|error| failed(&error))?;
        let (inbox, outbox) = connection::split(stream);
        *self.window.0.borrow_mut() = Some(Open { outbox: outbox.clone(), page, called: None });
        tokio::task::spawn_local(serve(Rc::clone(self), inbox, outbox));
        tokio::task::spawn_local(async move { child.wait().await });
        Ok(())
    }

    /// Locks, because the person asked for it.
    pub(crate) fn lock(&self) {
        self.broker.borrow_mut().lock_by_person();
        self.locked();
    }

    /// Locks, because the person went away.
    pub(crate) fn lock_away(&self, reason: &str) {
        if self.broker.borrow().is_unlocked() {
            self.broker.borrow_mut().lock(reason);
            self.locked();
        }
    }

    /// Tells everybody that it was locked.
    pub(crate) fn locked(&self) {
        self.questions.answer_those_of_pin_with_no();
        self.changed();
        self.window.tell(Event::AppsChanged {});
    }

    /// Unlocks, because the person asked for it; tries the vault and the keychain again where they were not there.
    pub(crate) async fn unlock(self: &Rc<Self>) -> Result<(), Problem> {
        self.open_vault().await?;
        self.sync_account();
        let unlocked = self.broker.borrow_mut().unlock();
        let unlocked = self.after_unlock(unlocked);
        self.changed();
        self.apps_changed();
        unlocked
    }
}

fn environment() -> Vec<(OsString, OsString)> {
    let allowed = |name: &OsString| {
        name.to_str().is_some_and(|name| {
            ENVIRONMENT.contains(&name) || name.starts_with("XDG_") || name.starts_with("LC_")
        })
    };
    std::env::vars_os().filter(|(name, _)| allowed(name)).collect()
}

/// Serves the window until it is closed. A question that it leaves behind was answered with no.
async fn serve(core: Rc<Core>, mut inbox: Inbox, outbox: Outbox) {
    loop {
        match inbox.next::<Envelope<Request>>().await {
            Ok(Some(envelope)) => {
                let (id, request) = open(envelope);
                let (core, outbox) = (Rc::clone(&core), outbox.clone());
                tokio::task::spawn_local(async move { outbox.reply(id, answer(&core, request).await) });
            }
            Ok(None) => break,
            Err(error) => {
                core.journal.error("the window sent something that is not understood", &error);
                break;
            }
        }
    }
    let called = core.window.0.borrow_mut().take().and_then(|open| open.called);
    core.questions.answer_all_with_no();
    core.changed();
    // It was on its way out when somebody asked for it, and they are still waiting. A question was answered by its end.
    if let Some((_, page)) =
        called.filter(|(when, page)| when.elapsed() < LAST_CALL && *page != Page::Question)
        && let Err(problem) = core.show_window(page)
    {
        core.journal.error("the window does not come back", &problem);
    }
}

async fn answer(core: &Rc<Core>, request: Request) -> Result<Response, Problem> {
    core.sync_account();
    if idle::is_use_in_window(&request) {
        core.used_by_person();
    }
    let done = |()| Response::Done {};
    match request {
        Request::Hello {} => Ok(Response::Welcome {
            state: core.window_state(),
            page: core.window.0.borrow().as_ref().map_or(Page::Home, |open| open.page),
            companion_version: env!("CARGO_PKG_VERSION").into(),
        }),
        Request::SignIn { provider } => {
            sign_in::start(core, provider);
            Ok(Response::Done {})
        }
        Request::CancelSignIn {} => {
            core.cancel_sign_in();
            Ok(Response::Done {})
        }
        Request::OpenVerificationPage {} => sign_in::open_page(core).map(done),
        Request::SignOut {} => session::sign_out(core).await.map(|_| Response::Done {}),
        Request::Lock {} => {
            core.lock();
            Ok(Response::Done {})
        }
        Request::Unlock {} => core.unlock().await.map(done),
        Request::UnlockWith(proof) => Ok(match core.unlock_with(proof).await? {
            None => Response::Done {},
            Some(lost) => Response::Recovered { lost },
        }),
        Request::BeginNewVault {} => core.begin_new_vault().await.map(|kept| Response::NewVault { kept }),
        Request::Apps { query, limit } => find_apps(core, &query, limit),
        Request::AddApp(new) => core.add_app(new).map(|record| Response::Added { app: record.to_string() }),
        Request::Launch { app } => {
            core.launch(&app, true).map(|launched| Response::Launched { browser: launched.browser })
        }
        Request::Credential { app } => {
            let record = core.broker.borrow().find_app(&app)?;
            core.broker.borrow().credential(record).map(Response::Credential)
        }
        Request::ChangeCredential { app, change } => {
            let record = core.broker.borrow().find_app(&app)?;
            core.change_in_window(record, change).await.map(done)
        }
        Request::RemoveCredential { app } => {
            let record = core.broker.borrow().find_app(&app)?;
            core.remove_credential(record).map(done)
        }
        Request::Reveal { app, part } => {
            let record = core.broker.borrow().find_app(&app)?;
            core.reveal_in_window(record, part).await.map(Response::Revealed)
        }
        Request::Copy { app, part } => {
            let record = core.broker.borrow().find_app(&app)?;
            core.copy(record, part).await.map(|until| Response::Copied { until })
        }
        Request::Activity { before, query, limit } => {
            let limit = usize::try_from(limit.min(MOST_LINES)).unwrap_or(usize::MAX);
            let read = core.broker.borrow().activity_before(before, &query, limit);
            let (lines, more) = read.map_err(|error| core.unreadable_activity(&error))?;
            Ok(Response::Activity { lines, more })
        }
        Request::ActivityHours { since } => {
            let hours = core.broker.borrow().activity_hours(since);
            let hours = hours.map_err(|error| core.unreadable_activity(&error))?;
            Ok(Response::ActivityHours { hours })
        }
        Request::ExportActivity {} => {
            let (path, lines) = core.export_activity().await?;
            Ok(Response::Exported { path: path.display().to_string(), lines })
        }
        Request::BrowsersHere {} => Ok(Response::BrowsersHere { browsers: browsers_here::list() }),
        Request::InstallHost { browser } => browsers_here::install(core, &browser).map(done),
        Request::UninstallHost { browser } => browsers_here::uninstall(core, &browser).map(done),
        Request::RenameBrowser { profile, name } => core.rename_pairing(&profile, &name).map(done),
        Request::Revoke { profile } => core.revoke(&profile).map(|_| Response::Done {}),
        Request::NeverSites {} => {
            Ok(Response::Sites { origins: core.broker.borrow().never_sites()?.iter().cloned().collect() })
        }
        Request::AllowSite { origin } => core.broker.borrow_mut().allow_site(&origin, None).map(done),
        Request::Security {} => Ok(Response::Security(core.security())),
        Request::MakeRecoveryCode { present } => {
            core.make_recovery_code_in_window(present).await.map(Response::NewRecoveryCode)
        }
        Request::SaveRecoveryCode { path } => core.save_recovery_code(&path).map(done),
        Request::ChangeSlots(change) => core.change_slots_in_window(change).await.map(done),
        Request::SecurityKeys {} => core.keys_view().map(Response::SecurityKeys),
        Request::AddSecurityKey { name } => core.add_key(&name).await.map(done),
        Request::RemoveSecurityKey { key } => core.remove_key(&key).await.map(done),
        Request::ChangeKeyRules(change) => core.change_key_rules(change).await.map(done),
        Request::ChangeSettings(change) => core.change_settings(&change).map(done),
        Request::Answer { question, yes } => core.questions.answer(question, yes).map(done),
        Request::AnswerWithPin { question, pin } => {
            question::answer_with_pin(core, question, pin).await.map(done)
        }
    }
}

fn find_apps(core: &Core, query: &str, limit: u32) -> Result<Response, Problem> {
    let limit = usize::try_from(limit.min(MOST_APPS)).unwrap_or(usize::MAX);
    let found = core.broker.borrow().apps(query, limit)?;
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(Response::Apps { apps: found.apps, recent: count(found.recent), total: count(found.total) })
}

fn no_screen() -> Problem {
    Problem::new(
        Code::Unavailable,
        "Lanyard has no screen to ask on here",
        "open Lanyard on the desktop, then try again",
    )
}
