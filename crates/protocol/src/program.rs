//! Which program is at the other end of a socket.
//!
//! This is hygiene and no boundary: a program of the same user can start our genuine programs and speak through them. It
//! keeps out whatever connects, or listens, by itself. What lets a browser have a secret is its key and the person.
//!
//! Linux and Windows say which file a process runs, macOS whose signature its code bears as well.

use std::env;
use std::io;
#[cfg(any(target_os = "linux", target_os = "macos"))]
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

#[cfg(target_os = "linux")]
use linux as system;
#[cfg(target_os = "macos")]
use macos as system;
#[cfg(windows)]
use windows as system;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

pub use system::{Executable, of_peer};

/// The file that a process runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Program {
    /// This one.
    File(Executable),
    /// The process lives, and does not say. On Linux one that is not dumpable does not tell even its own user. The
    /// companion is one, so whoever connects to it learns only that.
    Hidden,
}

/// Programs that belong to each other: one installation has them in one folder.
#[derive(Debug, Clone)]
pub struct Programs(Vec<PathBuf>);

impl Programs {
    /// Those of these names that were installed beside this program.
    pub fn beside_this(names: &[&str]) -> io::Result<Self> {
        // Where an update has replaced this program, only the name is another; the folder is not.
        let own = env::current_exe()?;
        Ok(Self(names.iter().map(|name| beside(&own, name)).collect()))
    }

    /// These files.
    pub fn at(files: impl IntoIterator<Item = PathBuf>) -> Self {
        Self(files.into_iter().collect())
    }

    /// Whether this is one of them. A program that goes on running after an update is.
    pub fn contain(&self, executable: &Executable) -> bool {
        self.0.iter().any(|file| executable.is(file))
    }
}

/// Where the program with this name is, of the installation that has `own`.
pub fn beside(own: &Path, name: &str) -> PathBuf {
    own.with_file_name(format!("{name}{}", env::consts::EXE_SUFFIX))
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn gone() -> io::Error {
    io::Error::new(ErrorKind::NotConnected, "the program at the other end has ended")
}
