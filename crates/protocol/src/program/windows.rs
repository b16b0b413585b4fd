//! On Windows: the image of the process that the pipe names.

use std::fs;
use std::io;
use std::os::windows::io::AsHandle as _;
use std::path::{Path, PathBuf};

use super::Program;
use crate::local::Stream;
use crate::windows::{image_of, open_process};

/// A file that is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Executable {
    /// Where it is.
    pub path: PathBuf,
}

impl Executable {
    /// A file that is run can be renamed but not replaced, so a path that leads to it is enough.
    pub(super) fn is(&self, file: &Path) -> bool {
        match (fs::canonicalize(&self.path), fs::canonicalize(file)) {
            (Ok(this), Ok(that)) => this == that,
            _ => false,
        }
    }
}

/// The program that connected, or that listened when this end connected.
pub fn of_peer(stream: &Stream) -> io::Result<Program> {
    // While the handle is held, its number is nobody else's.
    let process = open_process(stream.peer_process_id()?)?;
    Ok(Program::File(Executable { path: image_of(process.as_handle())? }))
}
