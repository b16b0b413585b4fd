//! Starts everything, and ends it.

use std::cell::{Cell, RefCell};
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use lanyard_broker::{Broker, SystemClock};
use lanyard_protocol::VERSIONS;
use lanyard_protocol::attach::Attach;
use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::envelope::Envelope;
use lanyard_protocol::framing::{encode, read_frame};
use lanyard_protocol::hardening;
use lanyard_protocol::local::{self, LocalError};
use lanyard_protocol::paths::{NoHome, Paths};
use lanyard_protocol::window::Page;
use lanyard_protocol::{terminal, window};
use lanyard_vault::{Keychain, OsKeychain};
use tokio::net::UnixListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Mutex, Notify, SetOnce, mpsc, watch};
use tokio::task::LocalSet;

use crate::clipboard::Clipboard;
use crate::core::Core;
use crate::journal::Journal;
use crate::server::Guests;
use crate::settings::Settings;
use crate::tray::{Action, Tray};
use crate::{away, browsers, certificates, idle, organisation, server, session, sign_in};

/// How long after a line of the activity log it is on the disk.
const FLUSH_AFTER: Duration = Duration::from_millis(800);

/// What the companion is started with.
pub struct Options {
    /// The window's program, where there is a desktop.
    pub window_program: Option<PathBuf>,
    /// Where to tell what the tray shows.
    pub tray: watch::Sender<Tray>,
    /// The desktop's clipboard, where there is one.
    pub clipboard: Option<Box<dyn Clipboard>>,
    /// What the person chose in the tray.
    pub actions: mpsc::Receiver<Action>,
    /// Whether the person started it, rather than a browser or the login.
    pub show_window: bool,
}

/// Why the companion could not start.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// There is no home directory.
    #[error(transparent)]
    NoHome(#[from] NoHome),
    /// The socket cannot be used.
    #[error(transparent)]
    Local(#[from] LocalError),
    /// The system refused something.
    #[error("cannot start")]
    Io(#[from] io::Error),
}

impl RunError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoHome(_) => "sign in to this laptop again",
            Self::Local(LocalError::NotPrivate(_)) => {
                "somebody else made this folder; ask your administrator to remove it"
            }
            Self::Local(LocalError::ForeignProgram) => "quit the other Lanyard first",
            Self::Local(LocalError::AlreadyRunning) => "use the one that runs, or quit it first",
            Self::Local(_) | Self::Io(_) => "check that your disk is not full, then try again",
        }
    }
}

/// Runs the companion until it is quit. Where one runs already, its window is shown instead.
pub async fn run(options: Options) -> Result<(), RunError> {
    certificates::leave_out()?;
    let paths = Paths::of_this_person()?;
    let listener = match local::listen(&paths) {
        Err(LocalError::AlreadyRunning) if options.show_window => {
            return show_running(&paths).map_err(RunError::from);
        }
        listener => listener?,
    };
    // Not sooner: a second start has to be seen to be Lanyard's by the first. No secret is here yet.
    hardening::harden()?;
    let _ = std::fs::remove_file(paths.quit_mark());
    listener.socket.set_nonblocking(true)?;
    let socket = UnixListener::from_std(listener.socket.try_clone()?)?;
    let guests = Guests::beside_this()?;
    LocalSet::new().run_until(serve(paths, socket, options, Arc::new(OsKeychain::new()), guests)).await
}

/// The tasks of a companion whose socket listens already.
pub(crate) async fn serve(
    paths: Paths,
    socket: UnixListener,
    mut options: Options,
    keychain: Arc<dyn Keychain>,
    guests: Guests,
) -> Result<(), RunError> {
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    let clipboard = options.clipboard.take();
    let core = make_core(paths, &options, clipboard, keychain, guests);
    core.apply_rules();
    let flush = Rc::new(Notify::new());
    observe_activity(&core, Rc::clone(&flush));
    install_manifests(&core);
    tokio::task::spawn_local(server::serve(Rc::clone(&core), socket));
    tokio::task::spawn_local(flush_activity(Rc::clone(&core), flush));
    tokio::task::spawn_local(session::keep_fresh(Rc::clone(&core)));
    tokio::task::spawn_local(obey_tray(Rc::clone(&core), options.actions));
    tokio::task::spawn_local(idle::watch(Rc::clone(&core)));
    away::watch(&core);
    announce_ready();
    // A vault that does not open is a state, shown and tried again; it does not end the companion.
    let _ = core.open_vault().await;
    let _ = core.opened.set(());
    if options.show_window {
        let _ = core.show_window(Page::Home);
    }
    tokio::select! {
        () = core.quit.notified() => {}
        _ = interrupted.recv() => {}
        _ = terminated.recv() => {}
    }
    end(&core).await;
    Ok(())
}

pub(crate) fn make_core(
    paths: Paths,
    options: &Options,
    clipboard: Option<Box<dyn Clipboard>>,
    keychain: Arc<dyn Keychain>,
    guests: Guests,
) -> Rc<Core> {
    let journal = Journal::open(&paths.state);
    journal.line(concat!("Lanyard ", env!("CARGO_PKG_VERSION"), " starts"));
    let settings = Settings::read(&paths.config).unwrap_or_else(|error| {
        journal.error("the settings are not used", &error);
        Settings::default()
    });
    let (organisation, organisation_findings) = organisation::read().map_or_else(
        |error| {
            journal.error("the organisation's settings are not used", &error);
            (None, vec![error.to_string()])
        },
        |read| read.map_or((None, Vec::new()), |(organisation, findings)| (Some(organisation), findings)),
    );
    for finding in &organisation_findings {
        journal.line(&format!("the organisation's settings: {finding}"));
    }
    let starting = Problem::new(Code::Busy, "Lanyard is starting", "try again in a moment");
    Rc::new(Core {
        paths,
        journal,
        keychain,
        guests,
        noted_foreign: Cell::new(None),
        window_program: options.window_program.clone(),
        broker: Rc::new(RefCell::new(Broker::new(Box::new(SystemClock), starting))),
        may_begin_new: Cell::new(false),
        recoverable: Cell::new(false),
        pending_code: RefCell::default(),
        opening: Mutex::new(()),
        restoring: Mutex::new(()),
        identity: RefCell::default(),
        signing_out: Cell::new(false),
        settings: RefCell::new(settings),
        organisation,
        organisation_findings,
        clipboard,
        telling_apps: Cell::new(false),
        sign_in: sign_in::SignIn::default(),
        pairings: RefCell::default(),
        channel_key: RefCell::default(),
        browsers: crate::browser::Browsers::default(),
        questions: crate::question::Questions::default(),
        keys: crate::security_key::SecurityKeys::default(),
        window: crate::window::Window::default(),
        followers: RefCell::default(),
        tray: options.tray.clone(),
        session_changed: Notify::new(),
        opened: SetOnce::new(),
        quit: Notify::new(),
    })
}

/// A program that moved, or a browser that came, is put right at each start.
fn install_manifests(core: &Core) {
    let Ok(host) = browsers::native_host() else { return };
    for found in browsers::find(&host) {
        if let Err(error) = browsers::put_right(&found, &host) {
            core.journal.error("a browser cannot find Lanyard", &error);
        }
    }
}

/// Who started us may wait for this line; nobody has to read it.
fn announce_ready() {
    let mut stdout = io::stdout().lock();
    let _ = stdout.write_all(b"ready\n").and_then(|()| stdout.flush());
}

fn observe_activity(core: &Rc<Core>, flush: Rc<Notify>) {
    let weak = Rc::downgrade(core);
    core.broker.borrow_mut().observe(Box::new(move |line| {
        flush.notify_one();
        let Some(core) = weak.upgrade() else { return };
        core.followers.borrow_mut().retain(|follower| !follower.is_closed());
        core.window.tell(window::Event::ActivityAdded {});
        for follower in core.followers.borrow().iter() {
            follower.event(terminal::Event::Activity(line.clone()));
        }
    }));
}

/// Puts lines on the disk together, soon after the first of them. Each change has a line, so the vault is backed up here.
async fn flush_activity(core: Rc<Core>, flush: Rc<Notify>) {
    loop {
        flush.notified().await;
        tokio::time::sleep(FLUSH_AFTER).await;
        if let Err(error) = core.broker.borrow_mut().flush_activity() {
            core.journal.error("cannot write the activity log", &error);
            flush.notify_one();
        }
        core.back_up_if_due();
    }
}

async fn obey_tray(core: Rc<Core>, mut actions: mpsc::Receiver<Action>) {
    while let Some(action) = actions.recv().await {
        match action {
            // What ends or locks waits for nothing.
            Action::Lock => core.lock(),
            Action::Quit => {
                // Browsers would start us again; this says that the person does not want that.
                let _ = std::fs::write(core.paths.quit_mark(), b"");
                core.quit.notify_one();
            }
            slow @ (Action::SignIn | Action::SignOut | Action::Unlock | Action::Launch(_) | Action::Open) => {
                tokio::task::spawn_local(obey(Rc::clone(&core), slow));
            }
        }
    }
}

async fn obey(core: Rc<Core>, action: Action) {
    core.sync_account();
    core.used_by_person();
    let done = match action {
        Action::SignIn => {
            if core.provider().is_some() {
                sign_in::start(&core, None);
            }
            core.show_window(Page::SignIn)
        }
        Action::SignOut => session::sign_out(&core).await.map(|_| ()),
        Action::Unlock => core.unlock().await,
        Action::Launch(app) => core.launch(&app, true).map(|_| ()),
        Action::Open => core.show_window(Page::Home),
        Action::Lock | Action::Quit => Ok(()),
    };
    if let Err(problem) = done {
        core.journal.error("the tray's choice failed", &problem);
        // The tray cannot explain; the window can.
        let _ = core.show_window(Page::Home);
    }
}

async fn end(core: &Core) {
    core.journal.line("Lanyard ends");
    core.browsers.tell_end(&Problem::new(Code::Unavailable, "Lanyard was quit", "open Lanyard again"));
    if let Err(error) = core.broker.borrow_mut().flush_activity() {
        core.journal.error("cannot write the activity log", &error);
    }
    // Lets the writers send what they have.
    tokio::task::yield_now().await;
}

/// Shows the window of the companion that runs already.
fn show_running(paths: &Paths) -> Result<(), LocalError> {
    let mut stream = local::connect(paths)?;
    let failed = |source| LocalError::Io { path: paths.socket(), source };
    let attach = encode(&Attach::Terminal { versions: VERSIONS.to_vec() });
    let request = encode(&Envelope { id: 1, request: terminal::Request::OpenWindow {} });
    stream.write_all(&attach).and_then(|()| stream.write_all(&request)).map_err(failed)?;
    // The answer says that the window comes; without a screen there is nothing to add.
    let _ = read_frame(&mut stream, lanyard_protocol::MAX_REPLY);
    announce_ready();
    Ok(())
}
