//! A real bus with a logind and a screen saver that say what theirs say.

use std::io::{BufRead as _, BufReader, Read as _};
use std::os::fd::OwnedFd as StdFd;
use std::process::{Child, Command, Stdio};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::LocalSet;
use zbus::interface;
use zbus::object_server::SignalEmitter;

use super::*;

const LOGIN: &str = "/org/freedesktop/login1";
const SESSION: &str = "/org/freedesktop/login1/session/_31";

#[test]
fn sleep_locks_and_waits_for_it() {
    with_logind(async |mut logind| {
        let mut held = logind.delays.recv().await.unwrap();
        logind.sleeps(true).await;
        assert_eq!(logind.away.recv().await, Some(Away::Asleep));
        // The laptop sleeps once the other end is closed.
        assert_eq!(held.read(&mut [0]).unwrap(), 0);
        logind.sleeps(false).await;
        logind.delays.recv().await.unwrap();
        logind.sleeps(true).await;
        assert_eq!(logind.away.recv().await, Some(Away::Asleep));
    });
}

#[test]
fn a_locked_session_and_one_that_goes_to_the_back_lock() {
    with_logind(async |mut logind| {
        logind.delays.recv().await.unwrap();
        FakeSession::lock(&logind.session()).await.unwrap();
        assert_eq!(logind.away.recv().await, Some(Away::ScreenLocked));
        logind.shows(false).await;
        assert_eq!(logind.away.recv().await, Some(Away::OtherSession));
        // That it comes back says nothing.
        logind.shows(true).await;
        logind.sleeps(true).await;
        assert_eq!(logind.away.recv().await, Some(Away::Asleep));
    });
}

#[test]
fn a_locked_screen_locks_and_nothing_else_that_is_called_so() {
    on_a_bus(async |bus| {
        let ours = connect(&bus).await;
        let signals = screen_signals(&ours).await.unwrap();
        let desktop = connect(&bus).await;
        let says = async |interface: &str, is_locked: bool| {
            let path = format!("/{}", interface.replace('.', "/"));
            desktop.emit_signal(None::<&str>, path, interface, "ActiveChanged", &is_locked).await.unwrap();
        };
        says("org.kde.PowerDevil", true).await;
        for interface in SCREEN_SAVERS {
            says(interface, false).await;
            says(interface, true).await;
        }
        let (sender, mut away) = unbounded_channel();
        let on_away = |way| sender.send(way).unwrap();
        tokio::select! {
            () = tell_locked(signals, &on_away) => panic!("the bus ended"),
            () = async { for _ in SCREEN_SAVERS { assert_eq!(away.recv().await, Some(Away::ScreenLocked)); } } => {}
        }
        assert!(away.is_empty());
    });
}

struct Logind {
    connection: Connection,
    away: UnboundedReceiver<Away>,
    /// The other ends of what delays sleep.
    delays: UnboundedReceiver<std::io::PipeReader>,
}

impl Logind {
    async fn sleeps(&self, begins: bool) {
        let emitter = SignalEmitter::new(&self.connection, LOGIN).unwrap();
        FakeLogin::prepare_for_sleep(&emitter, begins).await.unwrap();
    }

    fn session(&self) -> SignalEmitter<'_> {
        SignalEmitter::new(&self.connection, SESSION).unwrap()
    }

    async fn shows(&self, is_active: bool) {
        let session = self.connection.object_server().interface::<_, FakeSession>(SESSION).await.unwrap();
        session.get_mut().await.is_active = is_active;
        session.get().await.active_changed(session.signal_emitter()).await.unwrap();
    }
}

struct FakeLogin {
    client: u32,
    delays: UnboundedSender<std::io::PipeReader>,
}

#[interface(name = "org.freedesktop.login1.Manager")]
impl FakeLogin {
    #[zbus(name = "GetSessionByPID")]
    fn session_by_pid(&self, pid: u32) -> OwnedObjectPath {
        assert_eq!(pid, self.client);
        SESSION.try_into().unwrap()
    }

    fn inhibit(&self, what: &str, who: &str, why: &str, mode: &str) -> OwnedFd {
        assert_eq!((what, who, mode), ("sleep", "Lanyard", "delay"));
        assert!(!why.is_empty(), "the system shows it to administrators");
        let (ours, theirs) = std::io::pipe().unwrap();
        self.delays.send(ours).unwrap();
        StdFd::from(theirs).into()
    }

    #[zbus(signal)]
    async fn prepare_for_sleep(emitter: &SignalEmitter<'_>, begins: bool) -> zbus::Result<()>;
}

struct FakeSession {
    is_active: bool,
}

#[interface(name = "org.freedesktop.login1.Session")]
impl FakeSession {
    #[zbus(property)]
    fn active(&self) -> bool {
        self.is_active
    }

    #[zbus(signal)]
    async fn lock(emitter: &SignalEmitter<'_>) -> zbus::Result<()>;
}

fn with_logind<Test: AsyncFnOnce(Logind)>(test: Test) {
    on_a_bus(async |bus| {
        let (delay, delays) = unbounded_channel();
        let connection = conn::Builder::address(bus.as_str())
            .and_then(|builder| builder.serve_at(LOGIN, FakeLogin { client: process::id(), delays: delay }))
            .and_then(|builder| builder.serve_at(SESSION, FakeSession { is_active: true }))
            .and_then(|builder| builder.name("org.freedesktop.login1"))
            .unwrap()
            .build()
            .await
            .unwrap();
        let (sender, away) = unbounded_channel();
        let ours = connect(&bus).await;
        let on_away = |way| sender.send(way).unwrap();
        tokio::select! {
            ended = watch_logind(&ours, &on_away) => panic!("it no longer watches: {ended:?}"),
            () = test(Logind { connection, away, delays }) => {}
        }
    });
}

async fn connect(bus: &str) -> Connection {
    conn::Builder::address(bus).unwrap().build().await.unwrap()
}

fn on_a_bus<Test: AsyncFnOnce(String)>(test: Test) {
    let mut daemon = Daemon(
        Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("dbus-daemon is installed"),
    );
    let mut address = String::new();
    BufReader::new(daemon.0.stdout.take().unwrap()).read_line(&mut address).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    LocalSet::new().block_on(&runtime, test(address.trim().to_owned()));
}

/// Ended with the test, also where that fails.
struct Daemon(Child);

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
