//! Finds the companion, and starts it when it is not there.

use std::env;
use std::fs;
use std::io::Read as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use lanyard_protocol::attach::Attach;
use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::extension::Extension;
use lanyard_protocol::framing::encode;
use lanyard_protocol::local::{self, LocalError, Stream};
use lanyard_protocol::paths::Paths;
use lanyard_protocol::program;

/// A companion that takes longer to start is taken for broken.
const START_TIMEOUT: Duration = Duration::from_secs(15);

/// A connection to the companion, announced as the given extension's.
pub(crate) fn reach(extension: Extension) -> Result<Stream, Problem> {
    let paths = Paths::of_this_person()
        .map_err(|error| Problem::new(Code::Internal, error.to_string(), "sign in to this laptop again"))?;
    let mut stream = match local::connect(&paths) {
        Err(LocalError::NotRunning) => {
            if paths.was_quit() {
                return Err(Problem::new(Code::Unavailable, "Lanyard was quit", "open Lanyard again"));
            }
            start()?;
            connect_to_started(&paths)
        }
        connected => connected,
    }
    .map_err(|error| refused(&error))?;
    let attach = encode(&Attach::Browser { extension });
    std::io::Write::write_all(&mut stream, &attach)
        .map_err(|error| refused(&LocalError::Io { path: paths.socket(), source: error }))?;
    Ok(stream)
}

/// The one that was started may have left the work to another one, which is about to listen.
fn connect_to_started(paths: &Paths) -> Result<Stream, LocalError> {
    for _ in 0..50 {
        match local::connect(paths) {
            Err(LocalError::NotRunning) => thread::sleep(Duration::from_millis(20)),
            connected => return connected,
        }
    }
    local::connect(paths)
}

/// Starts the companion that was installed beside this host and waits until it listens.
fn start() -> Result<(), Problem> {
    let mut command = Command::new(beside_this_program()?);
    command.arg("--background").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    outlive_browser(&mut command);
    let mut child =
        command.spawn().map_err(|error| not_started(&format!("cannot start Lanyard: {error}")))?;
    wait_until_ready(&mut child)
}

/// A browser ends its hosts by process group; the companion goes on.
#[cfg(unix)]
fn outlive_browser(companion: &mut Command) {
    std::os::unix::process::CommandExt::process_group(companion, 0);
}

/// A browser ends its hosts with the job that they run in; the companion goes on.
/// <https://developer.mozilla.org/en-US/docs/Mozilla/Add-ons/WebExtensions/Native_messaging#closing_the_native_app>
#[cfg(windows)]
fn outlive_browser(companion: &mut Command) {
    const CREATE_BREAKAWAY_FROM_JOB: u32 = 0x0100_0000;
    const CREATE_NO_WINDOW: u32 = 0x0800_0000;
    std::os::windows::process::CommandExt::creation_flags(
        companion,
        CREATE_BREAKAWAY_FROM_JOB | CREATE_NO_WINDOW,
    );
}

/// The companion writes a line when it listens; its end without one means that it failed.
fn wait_until_ready(child: &mut Child) -> Result<(), Problem> {
    let mut output = child.stdout.take().expect("was piped");
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut byte = [0];
        let _ = sender.send(output.read(&mut byte).is_ok_and(|count| count == 1));
    });
    match receiver.recv_timeout(START_TIMEOUT) {
        Ok(true) => Ok(()),
        // A second start ends at once when another one was quicker; connecting decides.
        Ok(false) if child.wait().is_ok_and(|status| status.success()) => Ok(()),
        Ok(false) | Err(_) => Err(not_started("Lanyard could not be started")),
    }
}

fn beside_this_program() -> Result<PathBuf, Problem> {
    let own = env::current_exe()
        .and_then(fs::canonicalize)
        .map_err(|error| not_started(&format!("cannot find Lanyard's own folder: {error}")))?;
    let companion = program::beside(&own, "lanyard-companion");
    if companion.is_file() {
        Ok(companion)
    } else {
        Err(not_started("Lanyard is not completely installed: its companion is missing"))
    }
}

fn not_started(message: &str) -> Problem {
    Problem::new(
        Code::Unavailable,
        message,
        "open Lanyard from the applications menu; if it does not open, install it again",
    )
}

fn refused(error: &LocalError) -> Problem {
    let hint = match error {
        LocalError::NotRunning | LocalError::AlreadyRunning => "open Lanyard again",
        LocalError::NotPrivate(_) | LocalError::NotASocket(_) | LocalError::ForeignPeer => {
            "ask your administrator to look at this laptop: another user may be in the way"
        }
        LocalError::ForeignProgram => {
            "quit Lanyard and open it again; if it does not help, ask your administrator to look at this laptop"
        }
        LocalError::Io { .. } => "open Lanyard again; if it does not help, sign in to this laptop again",
    };
    Problem::new(Code::Unavailable, error.to_string(), hint)
}
