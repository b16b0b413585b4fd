//! The companion: the one long-lived process, and the only place where a secret is opened.
//!
//! It has a tray where the desktop has one, and starts `lanyard-window` when somebody wants to look. It links neither GTK
//! nor a web engine: a web view beside the keys would be attack surface, and cost ten times the memory.

#[path = "../companion/mod.rs"]
mod companion;

use std::process::ExitCode;

use lanyard_companion::tray::Tray;
use lanyard_companion::{Options, RunError, Wiping};
use lanyard_protocol::local::LocalError;
use tokio::sync::{mpsc, watch};

/// Nothing that a secret passed through outlives its buffer.
#[global_allocator]
static ALLOCATOR: Wiping = Wiping::system();

fn main() -> ExitCode {
    let background = match std::env::args().nth(1).as_deref() {
        None => false,
        Some("--background") => true,
        Some(_) => return usage(),
    };
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error, "sign in to this laptop again"),
    };
    let (tray, shown) = watch::channel(Tray::default());
    let (sender, actions) = mpsc::channel(16);
    let options = Options {
        window_program: companion::window_program(),
        tray,
        clipboard: Some(Box::new(companion::clipboard::DesktopClipboard)),
        actions,
        show_window: !background,
    };
    runtime.spawn(companion::tray::show(shown, sender));
    match runtime.block_on(lanyard_companion::run(options)) {
        // A browser asked for what is there already.
        Err(RunError::Local(LocalError::AlreadyRunning)) if background => ExitCode::SUCCESS,
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error, error.hint()),
    }
}

#[expect(clippy::print_stderr, reason = "started from a terminal")]
fn usage() -> ExitCode {
    eprintln!("error: lanyard-companion takes no argument but --background, which opens no window");
    eprintln!("hint: the command `lanyard` does everything else");
    ExitCode::from(2)
}

#[expect(clippy::print_stderr, reason = "the one place that can say why nothing happens")]
fn fail(error: &dyn std::error::Error, hint: &str) -> ExitCode {
    eprintln!("error: {error}");
    let mut cause = error.source();
    while let Some(error) = cause {
        eprintln!("cause: {error}");
        cause = error.source();
    }
    eprintln!("hint: {hint}");
    ExitCode::FAILURE
}
