//! Lanyard's window.
//!
//! ```text
//! companion ══ file descriptor 3 ══> [inherit] ──> [connection] <── [commands] <── ui (TypeScript)
//!                                                       │ events        request, subscribe
//!                                                       └──────────────> ui
//! ```
//!
//! It trusts nothing but that one socket, opens no other connection, reads no file of its own and remembers nothing.
//! When the companion's end closes, the window ends; when the window is closed, the program ends, and a question that
//! was not answered is a no.

mod commands;
mod connection;
mod environment;
mod inherit;
mod show;

use std::error::Error;
use std::process::ExitCode;

/// Why the window cannot be shown.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WindowError {
    /// Nobody handed a socket down, or not one of the person's own companion.
    #[error("the window was not started by Lanyard")]
    NotInherited(#[source] inherit::InheritError),
    /// A variable would open the window to remote control.
    #[error("`{0}` is set, which would let other programs control this window")]
    RemoteControl(&'static str),
    /// The companion sent something that makes no sense, or the socket failed.
    #[error("the connection to Lanyard broke")]
    Connection(#[source] Box<dyn Error + Send + Sync>),
    /// No display, or no web engine.
    #[error("cannot open a window")]
    Display(#[source] tauri::Error),
}

impl WindowError {
    /// What to do about it.
    fn hint(&self) -> &'static str {
        match self {
            Self::NotInherited(_) => {
                "start Lanyard from the applications menu, or choose Open Lanyard from its icon in the panel"
            }
            Self::RemoteControl(_) => "unset it and open Lanyard again",
            Self::Connection(_) => "open Lanyard again; if it happens again, install Lanyard anew",
            Self::Display(_) => "sign in to the desktop of this computer and open Lanyard there",
        }
    }

    fn exit_code(&self) -> u8 {
        match self {
            Self::NotInherited(_) | Self::RemoteControl(_) => 2,
            Self::Connection(_) | Self::Display(_) => 1,
        }
    }
}

/// Runs the window until it is closed or the companion ends.
pub(crate) fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => ExitCode::from(report(&error)),
    }
}

/// Opens the window. The socket is closed to children before the toolkit can start any.
fn run() -> Result<(), WindowError> {
    let stream = inherit::companion().map_err(WindowError::NotInherited)?;
    environment::check(std::env::vars_os().map(|(name, _)| name))?;
    // What a person types, in the web engine's processes too. Lowering one's own limit cannot fail.
    let _lowered = lanyard_protocol::hardening::no_core_dumps();
    show::run(stream)
}

/// Says on standard error what happened and what to do, and returns the exit code.
fn report(error: &WindowError) -> u8 {
    let mut line = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        line = format!("{line}: {deeper}");
        cause = deeper.source();
    }
    eprintln!("error: {line}\nhint: {}", error.hint());
    error.exit_code()
}
