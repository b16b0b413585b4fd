//! The companion's socket: where it is and who may be at the other end.
//!
//! Both ends check that the other is the same user's. That keeps out other users. It is no boundary against programs of the
//! same user; that each end looks at the other's file too ([`program`]) is hygiene.
//!
//! On Windows it is a named pipe.

use std::io;
use std::path::PathBuf;

#[cfg(unix)]
use unix as system;
#[cfg(windows)]
use windows as system;

use crate::paths::Paths;
use crate::program::{self, Program, Programs};

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

pub use system::{Listener, Stream, check_peer, listen, make_private};

/// The programs that listen.
const COMPANIONS: &[&str] = &["lanyard-companion", "lanyard"];

/// Why the socket cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LocalError {
    /// No companion is listening.
    #[error("lanyard is not running")]
    NotRunning,
    /// A companion is running already.
    #[error("lanyard is already running")]
    AlreadyRunning,
    /// The directory is a link, belongs to somebody else, or is open to others.
    #[error("the folder `{0}` is not private to you")]
    NotPrivate(PathBuf),
    /// What lies at the socket's place is none.
    #[error("`{0}` is not Lanyard's socket")]
    NotASocket(PathBuf),
    /// The other end runs as another user.
    #[error("the program at the other end belongs to another user")]
    ForeignPeer,
    /// The other end is not one of our programs.
    #[error("the program at the other end is not Lanyard's")]
    ForeignProgram,
    /// Anything else.
    #[error("cannot use the socket `{path}`")]
    Io {
        /// The socket, or its directory.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Connects to the companion, after checking that its socket is the person's own. Nothing was sent yet when this returns.
pub fn connect(paths: &Paths) -> Result<Stream, LocalError> {
    let companions = Programs::beside_this(COMPANIONS)
        .map_err(|source| LocalError::Io { path: paths.socket(), source })?;
    connect_to(paths, &companions)
}

fn connect_to(paths: &Paths, companions: &Programs) -> Result<Stream, LocalError> {
    let stream = system::open(paths)?;
    check_peer(&stream)?;
    check_companion(&stream, companions)?;
    Ok(stream)
}

/// On Linux a companion is not dumpable and thus hidden, but from root; what shows itself has to be one of ours.
fn check_companion(stream: &Stream, companions: &Programs) -> Result<(), LocalError> {
    match program::of_peer(stream) {
        Ok(Program::Hidden) => Ok(()),
        Ok(Program::File(executable)) if companions.contain(&executable) => Ok(()),
        Ok(Program::File(_)) | Err(_) => Err(LocalError::ForeignProgram),
    }
}

#[cfg(test)]
mod tests;
