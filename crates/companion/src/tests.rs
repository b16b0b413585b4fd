//! The companion as its peers see it: over its real socket, with a vault on disk and a keychain in memory.

use std::future::Future;
use std::path::Path;
use std::sync::Arc;

use lanyard_protocol::browser::{self, FillCause, Frame};
use lanyard_protocol::common::{Code, Problem, VaultState};
use lanyard_protocol::envelope::{Envelope, Message};
use lanyard_protocol::extension::Extension;
use lanyard_protocol::framing::{Frames, encode};
use lanyard_protocol::paths::Paths;
use lanyard_protocol::security_key::KeyAnswer;
use lanyard_protocol::{MAX_REPLY, VERSIONS, attach::Attach, terminal};
use lanyard_vault::{MemoryKeychain, Vault};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{mpsc, watch};
use tokio::task::LocalSet;

use crate::Options;
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
fn a_browser_that_is_not_paired_is_greeted_and_refused() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        let mut browser = desk.browser().await;
        let greeted = browser.ask(hello(VERSIONS, &"a".repeat(32))).await.unwrap();
        assert!(matches!(
            greeted,
            browser::Response::Welcome { state: browser::State { paired: false, .. }, .. }
        ));
        let frame = Frame {
            tab: 1,
            frame: 0,
            document: "d".into(),
            frame_origin: "https://a.example".into(),
            top_origin: "https://a.example".into(),
        };
        let fill = browser::Request::Fill {
            frame,
            app: "0".repeat(32),
            cause: FillCause::Gesture {},
            parts: Vec::new(),
        };
        assert_eq!(browser.refusal(fill).await, Code::NotPaired);
    });
}

#[test]
fn a_browser_that_is_not_paired_has_no_security_key_asked_for() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        let mut browser = desk.browser().await;
        browser.ask(hello(VERSIONS, &"a".repeat(32))).await.unwrap();
        let verify = browser::Request::Verify { app: "0".repeat(32) };
        assert_eq!(browser.refusal(verify).await, Code::NotPaired);
        let look = browser::Request::SecurityKey { task: "0".repeat(32) };
        assert_eq!(browser.refusal(look).await, Code::Expired);
        let answer = browser::Request::AnswerSecurityKey {
            task: "0".repeat(32),
            answer: KeyAnswer::Credential { json: "{}".into() },
        };
        assert_eq!(browser.refusal(answer).await, Code::Expired);
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

#[test]
fn without_a_screen_a_browser_cannot_be_paired() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        let mut browser = desk.browser().await;
        browser.ask(hello(VERSIONS, &"a".repeat(32))).await.unwrap();
        assert_eq!(browser.refusal(browser::Request::Pair {}).await, Code::Unavailable);
    });
}

#[test]
fn a_browser_of_another_version_or_without_a_proper_profile_is_sent_away() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        assert_eq!(desk.browser().await.refusal(hello(&[99], &"a".repeat(32))).await, Code::Unavailable);
        assert_eq!(desk.browser().await.refusal(hello(VERSIONS, "../../etc")).await, Code::Invalid);
        assert_eq!(desk.browser().await.refusal(browser::Request::Pair {}).await, Code::Invalid);
    });
}

#[test]
fn a_foreign_extension_is_sent_away() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        let foreign = serde_json::json!({ "browser": { "extension": "chrome-extension://foreign/" } });
        assert!(desk.attached(&foreign).await.has_ended().await);
        let firefox = Attach::Browser { extension: Extension::Firefox };
        desk.peer(&firefox).await.ask(hello(VERSIONS, &"a".repeat(32))).await.unwrap();
    });
}

#[test]
fn an_extension_that_is_older_or_newer_by_a_version_is_understood() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        for (versions, expected) in [(&[2, 1][..], 2), (&[3, 2], 3), (&[4, 3], 4)] {
            let welcome = desk.browser().await.ask(hello(versions, &"a".repeat(32))).await.unwrap();
            let browser::Response::Welcome { version, state, .. } = welcome else { panic!("no welcome") };
            assert_eq!(version, expected, "{versions:?}");
            // What an older one does not know would be refused by it.
            assert_eq!((state.field_icon.is_some(), state.saving.is_some()), (version >= 3, version >= 3));
        }
        for versions in [&[1][..], &[5]] {
            let unknown = hello(versions, &"a".repeat(32));
            assert_eq!(desk.browser().await.refusal(unknown).await, Code::Unavailable);
        }
    });
}

#[test]
fn garbage_ends_the_connection_and_nothing_else() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        let mut browser = desk.browser().await;
        browser.ask(hello(VERSIONS, &"a".repeat(32))).await.unwrap();
        browser.send_bytes(&[3, 0, 0, 0, b'{', b'x', b'}']).await;
        assert_eq!(browser.told_unavailable().await, Code::Invalid);
        assert!(browser.has_ended().await);
        desk.terminal().await.ask(terminal::Request::Status {}).await.unwrap();
    });
}

#[test]
fn what_a_browser_sends_wrongly_is_not_quoted_in_the_log() {
    let home = tempfile::tempdir().unwrap();
    with_companion_in(home.path(), &MemoryKeychain::new(), async |desk| {
        let mut browser = desk.browser().await;
        browser.ask(hello(VERSIONS, &"a".repeat(32))).await.unwrap();
        let frame = br#"{"id":2,"request":{"capture":{"password":31337}}}"#;
        browser.send_bytes(&u32::try_from(frame.len()).unwrap().to_le_bytes()).await;
        browser.send_bytes(frame).await;
        assert!(browser.told_unavailable().await == Code::Invalid && browser.has_ended().await);
    });
    let log = std::fs::read_to_string(home.path().join("state/companion.log")).unwrap();
    assert!(log.contains("not understood") && !log.contains("31337"), "{log}");
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
fn an_oversized_frame_ends_the_connection_unread() {
    with_companion(&MemoryKeychain::new(), async |desk| {
        let mut browser = desk.browser().await;
        browser.ask(hello(VERSIONS, &"a".repeat(32))).await.unwrap();
        browser.send_bytes(&u32::MAX.to_le_bytes()).await;
        assert_eq!(browser.told_unavailable().await, Code::Invalid);
        assert!(browser.has_ended().await);
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
fn quit_in_the_tray_ends_it_and_browsers_leave_it_alone() {
    let home = tempfile::tempdir().unwrap();
    with_companion_in(home.path(), &MemoryKeychain::new(), async |desk| {
        let mut browser = desk.browser().await;
        browser.ask(hello(VERSIONS, &"a".repeat(32))).await.unwrap();
        desk.actions.send(Action::Quit).await.unwrap();
        assert_eq!(browser.told_unavailable().await, Code::Unavailable);
    });
    assert!(paths(home.path()).was_quit());
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

    async fn browser(&self) -> Peer {
        self.peer(&Attach::Browser { extension: Extension::Chromium }).await
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

    async fn told_unavailable(&mut self) -> Code {
        loop {
            let frame = self.frame().await.expect("a last word");
            let message: Message<browser::Response, browser::Event> = serde_json::from_slice(&frame).unwrap();
            if let Message::Event(browser::Event::Unavailable(problem)) = message {
                return problem.code;
            }
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

impl Asked for browser::Request {
    type Response = browser::Response;
    type Event = browser::Event;
}

fn hello(versions: &[u16], profile: &str) -> browser::Request {
    browser::Request::Hello {
        versions: versions.to_vec(),
        extension_version: "0".into(),
        browser: "Chromium".into(),
        profile: profile.into(),
    }
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
    let paths = paths(home);
    let (tray, shown) = watch::channel(Tray::default());
    let (actions, receiver) = mpsc::channel(4);
    let options =
        Options { window_program: None, tray, actions: receiver, show_window: false, clipboard: None };
    let keychain = Arc::new(keychain.clone());
    on_one_thread(async {
        lanyard_protocol::local::make_private(&paths.runtime).unwrap();
        let socket = UnixListener::bind(paths.socket()).unwrap();
        let companion = tokio::task::spawn_local(crate::run::serve(paths.clone(), socket, options, keychain));
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
