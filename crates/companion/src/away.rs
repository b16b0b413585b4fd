//! Locks when the person goes away: the screen is locked, the laptop sleeps, somebody else's session comes to the front.
//!
//! Screen savers say it on the session bus, logind on the system's. Whoever can speak there can have the vault locked, and
//! nothing more: it stays so until the person unlocks it.

use std::future::Future;
use std::process;
use std::rc::Rc;

use futures_util::StreamExt as _;
use zbus::zvariant::{OwnedFd, OwnedObjectPath};
use zbus::{Connection, MatchRule, MessageStream, conn, message, proxy};

use crate::core::Core;

/// Where logind is, whatever the environment says.
const SYSTEM_BUS: &str = "unix:path=/run/dbus/system_bus_socket";

/// The desktops' interfaces that say when the screen is locked.
const SCREEN_SAVERS: [&str; 5] = [
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
];

/// How the person went away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Away {
    ScreenLocked,
    Asleep,
    OtherSession,
}

impl Away {
    fn reason(self) -> &'static str {
        match self {
            Self::ScreenLocked => "the screen was locked",
            Self::Asleep => "the laptop went to sleep",
            Self::OtherSession => "another session came to the front",
        }
    }
}

/// <https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html>
#[proxy(
    interface = "org.freedesktop.login1.Manager",
    default_service = "org.freedesktop.login1",
    default_path = "/org/freedesktop/login1"
)]
trait Login {
    #[zbus(name = "GetSessionByPID")]
    fn session_by_pid(&self, pid: u32) -> zbus::Result<OwnedObjectPath>;
    fn get_user(&self, uid: u32) -> zbus::Result<OwnedObjectPath>;
    fn inhibit(&self, what: &str, who: &str, why: &str, mode: &str) -> zbus::Result<OwnedFd>;
    #[zbus(signal)]
    fn prepare_for_sleep(&self, begins: bool) -> zbus::Result<()>;
}

#[proxy(interface = "org.freedesktop.login1.User", default_service = "org.freedesktop.login1")]
trait User {
    /// The session with a screen.
    #[zbus(property)]
    fn display(&self) -> zbus::Result<(String, OwnedObjectPath)>;
}

#[proxy(interface = "org.freedesktop.login1.Session", default_service = "org.freedesktop.login1")]
trait Session {
    #[zbus(signal)]
    fn lock(&self) -> zbus::Result<()>;
    #[zbus(property)]
    fn active(&self) -> zbus::Result<bool>;
}

/// Watches for as long as the companion runs.
pub(crate) fn watch(core: &Rc<Core>) {
    tokio::task::spawn_local(watch_bus(Rc::clone(core), Connection::session(), watch_screen_savers));
    let system = async { conn::Builder::address(SYSTEM_BUS)?.build().await };
    tokio::task::spawn_local(watch_bus(Rc::clone(core), system, watch_logind));
}

/// A bus that is not there, or has nobody to say it, is one that this laptop does without.
async fn watch_bus(
    core: Rc<Core>,
    bus: impl Future<Output = zbus::Result<Connection>>,
    watch: impl AsyncFnOnce(&Connection, &dyn Fn(Away)) -> zbus::Result<()>,
) {
    let on_away = |away: Away| core.lock_away(away.reason());
    let watched = async { watch(&bus.await?, &on_away).await };
    if let Err(error) = watched.await {
        core.journal.error("it is not told when the person goes away", &error);
    }
}

async fn watch_screen_savers(session: &Connection, on_away: &dyn Fn(Away)) -> zbus::Result<()> {
    tell_locked(screen_signals(session).await?, on_away).await;
    Ok(())
}

async fn screen_signals(session: &Connection) -> zbus::Result<MessageStream> {
    let rule = MatchRule::builder().msg_type(message::Type::Signal).member("ActiveChanged")?.build();
    MessageStream::for_match_rule(rule, session, None).await
}

async fn tell_locked(mut signals: MessageStream, on_away: &dyn Fn(Away)) {
    while let Some(signal) = signals.next().await {
        if signal.is_ok_and(|signal| says_locked(&signal)) {
            on_away(Away::ScreenLocked);
        }
    }
}

fn says_locked(signal: &zbus::Message) -> bool {
    let header = signal.header();
    let is_screen_saver = header.interface().is_some_and(|name| SCREEN_SAVERS.contains(&name.as_str()));
    is_screen_saver && signal.body().deserialize::<bool>().is_ok_and(|is_locked| is_locked)
}

async fn watch_logind(system: &Connection, on_away: &dyn Fn(Away)) -> zbus::Result<()> {
    let login = LoginProxy::new(system).await?;
    let mut sleeps = login.receive_prepare_for_sleep().await?;
    let session = session_of_person(system, &login).await?;
    let mut locks = session.receive_lock().await?;
    let mut active = session.receive_active_changed().await;
    // While it is held the laptop waits a moment before it sleeps.
    let mut delay = delay_sleep(&login).await;
    loop {
        tokio::select! {
            Some(sleep) = sleeps.next() => {
                if sleep.args()?.begins {
                    on_away(Away::Asleep);
                    delay = None;
                } else if delay.is_none() {
                    delay = delay_sleep(&login).await;
                }
            }
            Some(_) = locks.next() => on_away(Away::ScreenLocked),
            Some(change) = active.next() => {
                if change.get().await.is_ok_and(|is_active| !is_active) {
                    on_away(Away::OtherSession);
                }
            }
            else => return Ok(()),
        }
    }
}

async fn session_of_person<'a>(
    system: &'a Connection,
    login: &LoginProxy<'a>,
) -> zbus::Result<SessionProxy<'a>> {
    let path = if let Ok(path) = login.session_by_pid(process::id()).await {
        path
    } else {
        // A service of the person's is in no session of its own.
        let user = login.get_user(rustix::process::geteuid().as_raw()).await?;
        UserProxy::builder(system).path(user)?.build().await?.display().await?.1
    };
    SessionProxy::builder(system).path(path)?.build().await
}

/// Without it the laptop may sleep before the vault is locked, by a few milliseconds.
async fn delay_sleep(login: &LoginProxy<'_>) -> Option<OwnedFd> {
    login.inhibit("sleep", "Lanyard", "the vault is being locked", "delay").await.ok()
}

#[cfg(test)]
mod tests;
