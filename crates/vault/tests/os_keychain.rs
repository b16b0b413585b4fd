//! The keychain of the operating system, asked for real: a bus and a GNOME Keyring of the test's own.
//!
//! The bus address and the folders reach the library through the environment, so the test starts itself again as a
//! child with an environment of its own, and the child writes down what the keychain answered.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};
use std::{env, fs};

use lanyard_vault::{Item, Keychain, KeychainError, OsKeychain, VaultId};
use secrecy::ExposeSecret;
use tempfile::TempDir;
use zbus::blocking::{Connection, connection::Builder, fdo::DBusProxy};

const THIS: &str = "the_states_of_a_real_keyring_are_told_apart";
const CALL: &str = "LANYARD_TEST_CALL";
const ANSWER: &str = "LANYARD_TEST_ANSWER";
/// Half of what the library waits for a keychain that does not answer: none of these calls may run into that.
const AT_ONCE: Duration = Duration::from_millis(2500);
/// How long a part of the system may take to start.
const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn the_states_of_a_real_keyring_are_told_apart() {
    if let Ok(call) = env::var(CALL) {
        fs::write(env::var_os(ANSWER).unwrap(), answer(&call)).unwrap();
        return;
    }
    let mut desktop = Desktop::new();

    assert_eq!(desktop.ask("get"), "absent", "no bus");
    desktop.start_bus();
    assert_eq!(desktop.ask("get"), "absent", "no Secret Service on the bus");
    assert_eq!(desktop.ask("set one"), "absent");

    desktop.start_keyring(None);
    assert_eq!(desktop.ask("get"), "absent", "no default collection");
    assert_eq!(desktop.ask("set one"), "absent");
    desktop.stop_keyring();

    desktop.start_keyring(Some("login password"));
    assert_eq!(desktop.ask("get"), "none");
    assert_eq!(desktop.ask("remove"), "done", "removing what is not there");
    assert_eq!(desktop.ask("set one"), "done");
    assert_eq!(desktop.ask("get"), "found one");
    assert_eq!(desktop.ask("set two"), "done", "replacing");
    assert_eq!(desktop.ask("get"), "found two");
    assert_eq!(desktop.ask("get-other"), "none", "another vault's entry");

    desktop.lock_keyring();
    for call in ["get", "get-other", "set three", "remove"] {
        assert_eq!(desktop.ask(call), "locked", "{call}");
    }
    desktop.stop_keyring();

    desktop.start_keyring(Some("login password"));
    assert_eq!(desktop.ask("get"), "found two", "after a new login");
    assert_eq!(desktop.ask("remove"), "done");
    assert_eq!(desktop.ask("get"), "none");
    desktop.stop_bus();
    assert_eq!(desktop.ask("get"), "absent", "the bus is gone");
}

/// What the child does: one call, and its answer in a word.
fn answer(call: &str) -> String {
    let keychain = OsKeychain::new();
    let item = Item::device_secret(VaultId::from_bytes([1; 16]));
    let other = Item::device_secret(VaultId::from_bytes([2; 16]));
    let begin = Instant::now();
    let result = match call.split_once(' ').unwrap_or((call, "")) {
        ("get", _) => keychain.get(&item).map(describe),
        ("get-other", _) => keychain.get(&other).map(describe),
        ("set", value) => keychain.set(&item, &value.into()).map(|()| "done".to_owned()),
        ("remove", _) => keychain.remove(&item).map(|()| "done".to_owned()),
        _ => panic!("{call}"),
    };
    let took = begin.elapsed();
    assert!(took < AT_ONCE, "{call} took {took:?}");
    match result {
        Ok(answer) => answer,
        Err(KeychainError::Locked) => "locked".into(),
        Err(KeychainError::Absent) => "absent".into(),
        Err(KeychainError::Failed(error)) => format!("failed: {error}"),
    }
}

fn describe(found: Option<secrecy::SecretString>) -> String {
    found.map_or_else(|| "none".into(), |value| format!("found {}", value.expose_secret()))
}

/// A home, a bus and a keyring, gone when this is dropped.
struct Desktop {
    root: TempDir,
    bus: Option<(Child, String)>,
    keyring: Option<Child>,
}

impl Desktop {
    fn new() -> Self {
        let desktop = Self { root: TempDir::new().unwrap(), bus: None, keyring: None };
        for name in ["home", "run"] {
            private_dir(&desktop.path(name));
        }
        desktop
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// Makes the child call the keychain, in the environment of this desktop.
    fn ask(&self, call: &str) -> String {
        let (answer, output) = (self.path("answer"), self.path("output"));
        let _ = fs::remove_file(&answer);
        let mut child = self
            .command(&env::current_exe().unwrap())
            .args(["--exact", THIS, "--nocapture"])
            .env(CALL, call)
            .env(ANSWER, &answer)
            .stdout(fs::File::create(&output).unwrap())
            .stderr(fs::File::options().append(true).open(&output).unwrap())
            .spawn()
            .unwrap();
        child.wait().unwrap();
        fs::read_to_string(answer)
            .unwrap_or_else(|_| panic!("{call}: {}", fs::read_to_string(output).unwrap()))
    }

    fn start_bus(&mut self) {
        let config = self.path("bus.conf");
        // No service activation: a keyring that the bus started would have another home.
        fs::write(
            &config,
            format!(
                "<busconfig><type>session</type><listen>unix:dir={}</listen><auth>EXTERNAL</auth>\
                 <policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/>\
                 <allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>",
                self.path("run").display()
            ),
        )
        .unwrap();
        let mut bus = self
            .command("dbus-daemon".as_ref())
            .arg(format!("--config-file={}", config.display()))
            .args(["--nofork", "--print-address=1"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("dbus-daemon is installed");
        let mut address = String::new();
        BufReader::new(bus.stdout.take().unwrap()).read_line(&mut address).unwrap();
        self.bus = Some((bus, address.trim().to_owned()));
    }

    fn stop_bus(&mut self) {
        self.stop_keyring();
        if let Some((bus, _)) = self.bus.take() {
            stop(bus);
        }
    }

    /// With a password there is a login keyring, and it is unlocked with it.
    fn start_keyring(&mut self, password: Option<&str>) {
        let up = self.when_keyring_is_up();
        let mut command = self.command("gnome-keyring-daemon".as_ref());
        command.args(["--foreground", "--components=secrets"]).stdin(Stdio::piped()).stdout(Stdio::null());
        if password.is_some() {
            command.arg("--unlock");
        }
        let mut keyring = command.spawn().expect("gnome-keyring-daemon is installed");
        keyring.stdin.take().unwrap().write_all(password.unwrap_or_default().as_bytes()).unwrap();
        self.keyring = Some(keyring);
        up.recv_timeout(PATIENCE).expect("the keyring is on the bus");
    }

    fn stop_keyring(&mut self) {
        if let Some(keyring) = self.keyring.take() {
            stop(keyring);
        }
    }

    fn when_keyring_is_up(&self) -> mpsc::Receiver<()> {
        let bus = DBusProxy::new(&self.connect()).unwrap();
        let mut changes =
            bus.receive_name_owner_changed_with_args(&[(0, "org.freedesktop.secrets")]).unwrap();
        let (tell, told) = mpsc::channel();
        thread::spawn(move || {
            if changes.any(|change| change.args().is_ok_and(|args| args.new_owner.is_some())) {
                tell.send(()).ok();
            }
        });
        told
    }

    fn lock_keyring(&self) {
        let login =
            zbus::zvariant::ObjectPath::try_from("/org/freedesktop/secrets/collection/login").unwrap();
        self.connect()
            .call_method(
                Some("org.freedesktop.secrets"),
                "/org/freedesktop/secrets",
                Some("org.freedesktop.Secret.Service"),
                "Lock",
                &vec![login],
            )
            .unwrap();
    }

    fn connect(&self) -> Connection {
        let (_, address) = self.bus.as_ref().unwrap();
        Builder::address(address.as_str()).unwrap().build().unwrap()
    }

    fn command(&self, program: &std::path::Path) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", env::var_os("PATH").unwrap())
            .env("HOME", self.path("home"))
            .env("XDG_RUNTIME_DIR", self.path("run"))
            .stderr(Stdio::null());
        if let Some((_, address)) = &self.bus {
            command.env("DBUS_SESSION_BUS_ADDRESS", address);
        }
        command
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        self.stop_bus();
    }
}

fn stop(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

fn private_dir(path: &std::path::Path) {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(path).unwrap();
}
