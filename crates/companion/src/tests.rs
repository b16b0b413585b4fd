//! The companion as its peers see it: over its real socket, with a vault on disk and a keychain in memory.

mod browsers;

use std::future::Future;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use lanyard_protocol::common::{Code, Problem, VaultState};
use lanyard_protocol::envelope::{Envelope, Message};
use lanyard_protocol::framing::{Frames, encode};
use lanyard_protocol::paths::Paths;
use lanyard_protocol::program::Programs;
use lanyard_protocol::{MAX_REPLY, VERSIONS, attach::Attach, terminal};
use lanyard_vault::{MemoryKeychain, Vault};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{mpsc, watch};
use tokio::task::LocalSet;

mod peers;

use crate::Options;
use crate::core::Core;
use crate::server::Guests;
use crate::tray::{Action, Icon, Tray};

#[test]
fn a_terminal_is_told_the_state() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        let mut terminal = desk.terminal().await;
        let terminal::Response::Status(status) = terminal.ask(terminal::Request::Status {}).await.unwrap()
        else {
            panic!("no status");
        };
        assert_eq!((status.vault, status.account), (VaultState::Locked {}, None));
    });
}

#[test]
fn a_locked_keychain_is_a_state_and_goes_away_when_it_is_unlocked() {
    let keychain = MemoryKeychain::new();
    keychain.set_locked(true);
    with_companion(&keychain.clone(), async |desk| {
        let mut terminal = desk.terminal().await;
        assert_eq!(terminal.refusal(terminal::Request::Unlock {}).await, Code::Keychain);
        assert_eq!(desk.tray.borrow().icon, Icon::Attention);
        keychain.set_locked(false);
        // The vault opens; that nobody is signed in is what is left.
        assert_eq!(terminal.refusal(terminal::Request::Unlock {}).await, Code::SignedOut);
    });
}

#[test]
fn without_a_window_to_agree_in_no_backup_takes_the_vault_s_place() {
    let keychain = MemoryKeychain::new();
    let home = tempfile::tempdir().unwrap();
    let backup = home.path().join("backup.db");
    let mut vault = Vault::open_or_create(&home.path().join("data"), Arc::new(keychain.clone())).unwrap();
    vault.unlock().unwrap();
    vault.back_up_to(&backup).unwrap();
    drop(vault);
    with_companion_in(home.path(), &keychain, async |desk| {
        let restore = |path: &Path| terminal::Request::RestoreVault {
            source: terminal::BackupSource::File { path: path.display().to_string() },
            other_vault: false,
            recovery_code: None,
            escrow_opening: None,
        };
        let mut terminal = desk.terminal().await;
        assert_eq!(terminal.refusal(restore(&backup)).await, Code::Unavailable);
        assert_eq!(terminal.refusal(restore(Path::new("/nowhere/at-all.db"))).await, Code::NotFound);
        assert_eq!(terminal.refusal(restore(Path::new("backup.db"))).await, Code::Invalid);
    });
    let names: Vec<_> =
        std::fs::read_dir(home.path().join("data")).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().starts_with("vault-kept")), "{names:?}");
    assert!(!names.iter().any(|name| name == "restoring"), "{names:?}");
}

#[test]
fn nothing_of_a_locked_vault_is_looked_through_copied_or_sealed_anew() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        let mut terminal = desk.terminal().await;
        let requests = [
            terminal::Request::VerifyVault {},
            terminal::Request::BackUpVault { to: None },
            terminal::Request::RekeyVault {},
        ];
        for request in requests {
            assert_eq!(terminal.refusal(request).await, Code::Locked);
        }
    });
}

#[test]
fn a_lost_key_keeps_the_vault_and_lets_a_new_one_begin_beside_it() {
    let keychain = MemoryKeychain::new();
    let home = tempfile::tempdir().unwrap();
    with_companion_in(home.path(), &keychain.clone(), async |_| ());
    let before = std::fs::read(home.path().join("data/vault.db")).unwrap();
    keychain.forget_all();
    with_companion_in(home.path(), &keychain, async |desk| {
        let mut terminal = desk.terminal().await;
        let terminal::Response::Status(status) = terminal.ask(terminal::Request::Status {}).await.unwrap()
        else {
            panic!("no status");
        };
        assert!(matches!(status.vault, VaultState::Unavailable { may_begin_new: true, .. }));
        let terminal::Response::NewVault { kept } =
            terminal.ask(terminal::Request::BeginNewVault {}).await.unwrap()
        else {
            panic!("no new vault");
        };
        assert_eq!(std::fs::read(kept).unwrap(), before);
        assert_eq!(terminal.refusal(terminal::Request::BeginNewVault {}).await, Code::Invalid);
    });
}

#[test]
fn a_terminal_that_follows_hears_of_lines_and_leaves_nothing_behind() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        let mut follower = desk.terminal().await;
        follower.ask(terminal::Request::Activity { after: None, limit: 1, follow: true }).await.unwrap();
        assert_eq!(desk.terminal().await.refusal(terminal::Request::Unlock {}).await, Code::SignedOut);
        let frame = follower.frame().await.expect("a line");
        let news: Message<terminal::Response, terminal::Event> = serde_json::from_slice(&frame).unwrap();
        let Message::Event(terminal::Event::Activity(line)) = news else { panic!("no line") };
        assert_eq!((line.event.as_str(), line.outcome.as_str()), ("unlocked", "refused"));
    });
}

#[test]
fn a_wrong_issuer_is_said_and_logged() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        let mut terminal = desk.terminal().await;
        assert_eq!(terminal.refusal(terminal::Request::SignIn { provider: None }).await, Code::Invalid);
        let request = terminal::Request::Activity { after: None, limit: 10, follow: false };
        let terminal::Response::Activity { lines } = terminal.ask(request).await.unwrap() else {
            panic!("no lines");
        };
        assert_eq!(lines.last().map(|line| line.event.as_str()), Some("sign_in_failed"));
    });
}

#[test]
fn a_terminal_adds_and_removes_no_security_key_without_a_window_to_agree_in() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        let mut terminal = desk.terminal().await;
        let terminal::Response::SecurityKeys(view) =
            terminal.ask(terminal::Request::SecurityKeys {}).await.unwrap()
        else {
            panic!("no keys");
        };
        assert!(view.keys.is_empty() && !view.confirm && !view.browser);
        let add = terminal::Request::AddSecurityKey { name: "Blue key".into() };
        assert_eq!(terminal.refusal(add).await, Code::Unavailable);
        let remove = terminal::Request::RemoveSecurityKey { key: "Blue key".into() };
        assert_eq!(terminal.refusal(remove).await, Code::NotFound);
    });
}

/// A running companion and what a desktop would give it.
struct Desk {
    paths: Paths,
    tray: watch::Receiver<Tray>,
    actions: mpsc::Sender<Action>,
}

impl Desk {
    async fn peer(&self, attach: &Attach) -> Peer {
        self.attached(attach).await
    }

    async fn attached(&self, attach: &impl serde::Serialize) -> Peer {
        let stream = UnixStream::connect(self.paths.socket()).await.unwrap();
        let mut peer = Peer { stream, frames: Frames::new(MAX_REPLY), next: 0 };
        peer.send_bytes(&encode(attach)).await;
        peer
    }

    async fn terminal(&self) -> Peer {
        self.peer(&Attach::Terminal { versions: VERSIONS.to_vec() }).await
    }
}

/// The other end of the companion's socket.
struct Peer {
    stream: UnixStream,
    frames: Frames,
    next: u32,
}

impl Peer {
    async fn send_bytes(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).await.unwrap();
    }

    async fn frame(&mut self) -> Option<Vec<u8>> {
        loop {
            if let Some(frame) = self.frames.next_frame().unwrap() {
                return Some(frame.to_vec());
            }
            let mut piece = [0; 4096];
            match self.stream.read(&mut piece).await {
                Ok(0) | Err(_) => return None,
                Ok(count) => self.frames.push(&piece[..count]),
            }
        }
    }

    async fn ask<Request: Asked>(&mut self, request: Request) -> Result<Request::Response, Problem> {
        self.next += 1;
        let id = self.next;
        self.send_bytes(&encode(&Envelope { id, request })).await;
        loop {
            let frame = self.frame().await.expect("an answer");
            let message: Message<Request::Response, Request::Event> = serde_json::from_slice(&frame).unwrap();
            match message {
                Message::Reply(reply) if reply.id == id => return reply.result.into(),
                Message::Reply(_) | Message::Event(_) => {}
            }
        }
    }

    async fn refusal<Request: Asked>(&mut self, request: Request) -> Code {
        match self.ask(request).await {
            Ok(_) => panic!("not refused"),
            Err(problem) => problem.code,
        }
    }

    async fn has_ended(&mut self) -> bool {
        self.frame().await.is_none()
    }
}

/// A request with the answers of its kind of peer.
trait Asked: Serialize {
    type Response: Serialize + DeserializeOwned;
    type Event: Serialize + DeserializeOwned;
}

impl Asked for terminal::Request {
    type Response = terminal::Response;
    type Event = terminal::Event;
}

/// What the tasks share, of a companion that nobody serves.
pub(crate) fn core_in(home: &Path, keychain: &MemoryKeychain) -> Rc<Core> {
    let (tray, _shown) = watch::channel(Tray::default());
    let (_actions, actions) = mpsc::channel(1);
    let options = Options { window_program: None, tray, actions, show_window: false, clipboard: None };
    crate::run::make_core(paths(home), &options, None, Arc::new(keychain.clone()), guests())
}

/// This test is every program.
fn guests() -> Guests {
    let this = || Programs::at([std::env::current_exe().unwrap()]);
    Guests { browsers: this(), terminals: this() }
}

fn paths(home: &Path) -> Paths {
    Paths {
        data: home.join("data"),
        config: home.join("config"),
        state: home.join("state"),
        runtime: home.join("run"),
    }
}

fn with_companion<Test: AsyncFnOnce(Desk)>(keychain: &MemoryKeychain, test: Test) {
    let home = tempfile::tempdir().unwrap();
    with_companion_in(home.path(), keychain, test);
}

/// Runs a test against a companion, then has the companion end as by its tray and waits for its end.
fn with_companion_in<Test: AsyncFnOnce(Desk)>(home: &Path, keychain: &MemoryKeychain, test: Test) {
    with_guests(guests(), home, keychain, test);
}

fn with_guests<Test: AsyncFnOnce(Desk)>(guests: Guests, home: &Path, keychain: &MemoryKeychain, test: Test) {
    let paths = paths(home);
    let (tray, shown) = watch::channel(Tray::default());
    let (actions, receiver) = mpsc::channel(4);
    let options =
        Options { window_program: None, tray, actions: receiver, show_window: false, clipboard: None };
    let keychain = Arc::new(keychain.clone());
    on_one_thread(async {
        lanyard_protocol::local::make_private(&paths.runtime).unwrap();
        let socket = UnixListener::bind(paths.socket()).unwrap();
        let companion =
            tokio::task::spawn_local(crate::run::serve(paths.clone(), socket, options, keychain, guests));
        test(Desk { paths, tray: shown, actions: actions.clone() }).await;
        // It may be on its way out already.
        let _ = actions.send(Action::Quit).await;
        companion.await.unwrap().unwrap();
    });
    std::fs::remove_file(self::paths(home).socket()).unwrap();
}

fn on_one_thread(task: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    LocalSet::new().block_on(&runtime, task);
}
