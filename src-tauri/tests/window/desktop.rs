//! A display and a session bus of the test's own.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// Gone, with all it started, when dropped.
pub(crate) struct Desktop {
    display: String,
    bus: String,
    home: TempDir,
    _programs: [Running; 2],
}

/// No services are started on demand: nothing outlives the test, and nothing of the person's is reached.
const BUS: &str = "<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>\
    <policy context='default'><allow send_destination='*' eavesdrop='true'/><allow eavesdrop='true'/>\
    <allow own='*'/></policy></busconfig>";

impl Desktop {
    pub(crate) fn start() -> Self {
        let home = tempfile::tempdir().unwrap();
        let config = home.path().join("bus.conf");
        std::fs::File::create(&config).unwrap().write_all(BUS.as_bytes()).unwrap();

        let mut x = Command::new("Xvfb");
        x.args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]);
        let (x, number) = start(x);
        let mut bus = Command::new("dbus-daemon");
        bus.arg("--config-file").arg(&config).args(["--nofork", "--print-address"]);
        let (bus_daemon, bus) = start(bus);
        Self { display: format!(":{number}"), bus, home, _programs: [x, bus_daemon] }
    }

    /// A window manager: title bars, focus, Alt+F4.
    pub(crate) fn manage_windows(&self) -> Running {
        let mut openbox = self.command("openbox");
        openbox.args(["--startup", "echo ready"]);
        start(openbox).0
    }

    /// A command that sees this desktop, and of the environment nothing else but where programs are.
    pub(crate) fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command
            .env_clear()
            .envs(std::env::var_os("PATH").map(|path| ("PATH", path)))
            .env("HOME", self.home.path())
            .env("XDG_RUNTIME_DIR", self.home.path())
            .env("DISPLAY", &self.display)
            .env("GDK_BACKEND", "x11")
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus);
        command
    }
}

/// Killed when dropped.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _gone = self.0.kill();
        let _status = self.0.wait();
    }
}

/// Starts a program and waits for the line with which it says that it is ready.
fn start(mut command: Command) -> (Running, String) {
    let name = command.get_program().display().to_string();
    let started = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut child = started.unwrap_or_else(|error| panic!("cannot start {name}: {error}"));
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(!line.is_empty(), "{name} did not start");
    (Running(child), line.trim().to_owned())
}
