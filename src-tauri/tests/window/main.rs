//! The real window on a display of the test's own, with the test as its companion.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod desktop;

use std::fs;
use std::io::{Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use desktop::{Desktop, Running};
use lanyard_protocol::common::{AccountView, SettingsView, Theme, VaultState};
use lanyard_protocol::envelope::{Envelope, Message, Outcome, Reply};
use lanyard_protocol::slots::{SlotKind, WaysIn};
use lanyard_protocol::window::{Event, Page, Request, Response, State};
use lanyard_protocol::{MAX_REQUEST, framing};

const PROGRAM: &str = env!("CARGO_BIN_EXE_lanyard-window");

/// Longer than any machine takes; reached only when something hangs.
const PATIENCE: Duration = Duration::from_mins(1);

#[test]
fn it_says_hello_and_shows_what_the_companion_tells() {
    let desktop = Desktop::start();
    let window = Window::open(&desktop);
    window.welcome(&state(VaultState::Locked {}));
    // Only an unlocked vault has apps to ask for, so the page has heard of it when it asks.
    window.send(&Message::Event(Event::State(state(VaultState::Unlocked {}))));
    let asked = window.receive();
    assert!(matches!(&asked.request, Request::Apps { query, .. } if query.is_empty()));
    window.reply(asked.id, Response::Apps { apps: Vec::new(), recent: 0, total: 0 });
    // The list is asked for again when it changed.
    window.send(&Message::Event(Event::AppsChanged {}));
    assert!(matches!(window.receive().request, Request::Apps { .. }));
}

#[test]
fn the_web_engine_does_not_get_the_socket() {
    let desktop = Desktop::start();
    let window = Window::open(&desktop);
    window.welcome(&state(VaultState::Locked {}));
    let pid = window.program.0.id();
    let socket = fs::read_link(format!("/proc/{pid}/fd/3")).unwrap();
    assert!(closes_on_exec(pid, 3));
    let children = descendants(pid);
    assert!(!children.is_empty(), "the web engine has processes of its own");
    for child in children {
        let open = open_files(child);
        assert!(!open.is_empty(), "the files of process {child} can be seen");
        assert!(!open.contains(&socket), "process {child} has the socket");
    }
}

#[test]
fn the_end_of_the_companion_ends_it() {
    let desktop = Desktop::start();
    let mut window = Window::open(&desktop);
    window.welcome(&state(VaultState::Locked {}));
    window.hang_up();
    assert!(window.wait().success());
}

#[test]
fn closing_it_ends_it_and_the_companion_sees_the_end() {
    let desktop = Desktop::start();
    let _window_manager = desktop.manage_windows();
    let mut window = Window::open(&desktop);
    window.welcome(&state(VaultState::Locked {}));
    close(&desktop, &mut window.program);
    assert!(window.wait().success());
    assert_eq!(window.companion.as_ref().unwrap().read(&mut [0; 1]).unwrap(), 0);
}

#[test]
fn a_message_that_it_does_not_know_ends_it_with_an_error() {
    let desktop = Desktop::start();
    let mut window = Window::open(&desktop);
    window.send_raw(br#"{"event":{"reboot":{}}}"#);
    assert_eq!(window.wait().code(), Some(1));
    assert!(window.error().contains("error: the connection to Lanyard broke: unknown variant `reboot`"));
}

#[test]
fn started_by_hand_it_says_how_to_start_it() {
    let desktop = Desktop::start();
    let output = desktop.command(PROGRAM).output().unwrap();
    assert_refused(output.status, &String::from_utf8(output.stderr).unwrap());
}

#[test]
fn a_file_in_place_of_the_socket_is_refused() {
    let desktop = Desktop::start();
    let mut window = Window::start(&desktop, fs::File::open("/dev/null").unwrap().into());
    let status = wait(&mut window);
    assert_refused(status, &read_error(&mut window));
}

fn assert_refused(status: ExitStatus, error: &str) {
    assert_eq!(status.code(), Some(2));
    assert!(error.starts_with("error: the window was not started by Lanyard"), "{error}");
    assert!(error.contains("\nhint: start Lanyard from"), "{error}");
}

struct Window {
    program: Running,
    companion: Option<UnixStream>,
}

impl Window {
    fn open(desktop: &Desktop) -> Self {
        let (companion, inherited) = UnixStream::pair().unwrap();
        companion.set_read_timeout(Some(PATIENCE)).unwrap();
        let program = Self::start(desktop, inherited.into());
        Self { program, companion: Some(companion) }
    }

    /// Hands `inherited` down as descriptor 3. A shell moves it there: nothing in the standard library does.
    fn start(desktop: &Desktop, inherited: OwnedFd) -> Running {
        let mut shell = desktop.command("/bin/sh");
        shell.args(["-c", r#"exec 3<&0 </dev/null; exec "$0""#, PROGRAM]).stdin(inherited);
        Running(shell.stderr(Stdio::piped()).spawn().unwrap())
    }

    fn welcome(&self, state: &State) {
        let hello = self.receive();
        assert!(matches!(hello.request, Request::Hello {}));
        let (state, companion_version) = (state.clone(), "0.1.0".to_owned());
        self.reply(hello.id, Response::Welcome { state, page: Page::Home, companion_version });
    }

    fn receive(&self) -> Envelope<Request> {
        let mut companion = self.companion.as_ref().unwrap();
        let frame = framing::read_frame(&mut companion, MAX_REQUEST).unwrap().expect("the window is there");
        serde_json::from_slice(&frame).unwrap()
    }

    fn reply(&self, id: u32, response: Response) {
        self.send(&Message::Reply(Reply { id, result: Outcome::Ok(response) }));
    }

    fn send(&self, message: &Message<Response, Event>) {
        self.companion.as_ref().unwrap().write_all(&framing::encode(message)).unwrap();
    }

    fn send_raw(&self, frame: &[u8]) {
        framing::write_frame(&mut self.companion.as_ref().unwrap(), frame).unwrap();
    }

    fn hang_up(&mut self) {
        self.companion = None;
    }

    fn wait(&mut self) -> ExitStatus {
        wait(&mut self.program)
    }

    fn error(&mut self) -> String {
        read_error(&mut self.program)
    }
}

impl Drop for Window {
    /// Ends it as the companion does, so that the web engine's processes end too.
    fn drop(&mut self) {
        self.hang_up();
        ends(&mut self.program, PATIENCE);
    }
}

/// Waits for the end, and not for ever.
fn wait(program: &mut Running) -> ExitStatus {
    assert!(ends(program, PATIENCE), "the window did not end");
    program.0.wait().unwrap()
}

fn ends(program: &mut Running, patience: Duration) -> bool {
    if program.0.try_wait().is_ok_and(|status| status.is_some()) {
        return true;
    }
    let pid = rustix::process::Pid::from_child(&program.0);
    let ended = rustix::process::pidfd_open(pid, rustix::process::PidfdFlags::empty()).unwrap();
    let mut watched = [rustix::event::PollFd::new(&ended, rustix::event::PollFlags::IN)];
    let patience = rustix::event::Timespec { tv_sec: patience.as_secs().cast_signed(), tv_nsec: 0 };
    rustix::event::poll(&mut watched, Some(&patience)) == Ok(1)
}

/// What a program that has ended said.
fn read_error(program: &mut Running) -> String {
    let mut error = program.0.stderr.take().unwrap();
    let (sender, said) = mpsc::channel();
    std::thread::spawn(move || {
        let mut text = String::new();
        error.read_to_string(&mut text).map(|_| sender.send(text))
    });
    said.recv_timeout(PATIENCE).unwrap()
}

/// Closes the window as a person would.
fn close(desktop: &Desktop, program: &mut Running) {
    let xdotool = |arguments: &[&str]| {
        assert!(desktop.command("xdotool").args(arguments).stdout(Stdio::null()).status().unwrap().success());
    };
    xdotool(&["search", "--sync", "--onlyvisible", "--name", "^Lanyard$", "windowactivate", "--sync"]);
    // A person presses again where a busy desktop lost the keys.
    for _ in 0..20 {
        // A call of its own, so that the key goes to the window manager and not to the window that was found.
        xdotool(&["key", "alt+F4"]);
        if ends(program, Duration::from_secs(3)) {
            return;
        }
    }
}

fn state(vault: VaultState) -> State {
    let account = AccountView {
        name: "Alice Meyer".into(),
        email: Some("alice@acme.example".into()),
        provider_host: "acme.example".into(),
    };
    State {
        account: Some(account),
        provider: None,
        sign_in: None,
        vault,
        ways_in: WaysIn { kinds: vec![SlotKind::Device], pin_waits_until: None },
        browsers: Vec::new(),
        questions: Vec::new(),
        key_asked_in: None,
        settings: SettingsView {
            offer_to_save: None,
            saving_forbidden: false,
            lock_after: 60,
            lock_after_most: None,
            language: None,
            theme: Theme::System,
            start_at_login: false,
        },
        organisation: None,
    }
}

fn descendants(pid: u32) -> Vec<u32> {
    let tasks = fs::read_dir(format!("/proc/{pid}/task")).unwrap();
    let children = tasks.flat_map(|task| {
        let children = fs::read_to_string(task.unwrap().path().join("children")).unwrap_or_default();
        children.split_whitespace().map(|child| child.parse().unwrap()).collect::<Vec<u32>>()
    });
    children.flat_map(|child| std::iter::once(child).chain(descendants(child))).collect()
}

fn closes_on_exec(pid: u32, descriptor: u32) -> bool {
    let info = fs::read_to_string(format!("/proc/{pid}/fdinfo/{descriptor}")).unwrap();
    let flags = info.lines().find_map(|line| line.strip_prefix("flags:")).unwrap().trim();
    let flags = rustix::fs::OFlags::from_bits_retain(u32::from_str_radix(flags, 8).unwrap());
    flags.contains(rustix::fs::OFlags::CLOEXEC)
}

fn open_files(pid: u32) -> Vec<std::path::PathBuf> {
    let files = fs::read_dir(format!("/proc/{pid}/fd")).unwrap();
    files.filter_map(|file| fs::read_link(file.ok()?.path()).ok()).collect()
}
