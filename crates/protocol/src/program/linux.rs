//! On Linux: what `/proc` says of the process, held fast by its pidfd.

use std::fs;
use std::io::{self, ErrorKind};
use std::os::fd::{AsRawFd as _, OwnedFd};
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use nix::sys::socket::{getsockopt, sockopt};

use super::{Program, gone};

/// What the kernel puts after the path of a file that was removed, or replaced by an update.
const DELETED: &str = " (deleted)";

/// A file that is run, whether or not it still has its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Executable {
    /// Where it is, or was.
    pub path: PathBuf,
    device: u64,
    inode: u64,
    deleted: bool,
}

impl Executable {
    fn of(process: u32) -> io::Result<Self> {
        let link = PathBuf::from(format!("/proc/{process}/exe"));
        let told = fs::read_link(&link)?;
        // Through the link, which leads to the file itself: in another mount namespace a path can be anything.
        let file = fs::metadata(&link)?;
        let (path, deleted) = split_deleted(&told, file.nlink());
        Ok(Self { path, device: file.dev(), inode: file.ino(), deleted })
    }

    pub(super) fn is(&self, file: &Path) -> bool {
        let same = |there: fs::Metadata| (there.dev(), there.ino()) == (self.device, self.inode);
        fs::metadata(file).is_ok_and(same) || (self.deleted && self.path == file)
    }
}

/// A file that bears the kernel's words in its own name has a link left.
fn split_deleted(told: &Path, links: u64) -> (PathBuf, bool) {
    match told.to_str().and_then(|told| told.strip_suffix(DELETED)) {
        Some(path) if links == 0 => (path.into(), true),
        _ => (told.into(), false),
    }
}

/// The program that connected, or that listened when this end connected.
pub fn of_peer(stream: &UnixStream) -> io::Result<Program> {
    match getsockopt(stream, sockopt::PeerPidfd) {
        Ok(process) => of_process(&process),
        // Linux before 6.5.
        Err(_) => of_credentials(stream),
    }
}

/// While the descriptor is held and the process lives, its number is nobody else's.
fn of_process(process: &OwnedFd) -> io::Result<Program> {
    let number = number_of(process)?;
    let found = Executable::of(number);
    if number_of(process)? != number {
        return Err(gone());
    }
    program(found)
}

/// A number that begins to live between two looks is another process's.
fn of_credentials(stream: &UnixStream) -> io::Result<Program> {
    let peer = rustix::net::sockopt::socket_peercred(stream)?;
    let number = peer.pid.as_raw_nonzero().get().unsigned_abs();
    let began = began(number)?;
    let found = Executable::of(number);
    if self::began(number)? != began {
        return Err(gone());
    }
    program(found)
}

fn program(found: io::Result<Executable>) -> io::Result<Program> {
    match found {
        Ok(executable) => Ok(Program::File(executable)),
        // Not found: where /proc shows only what its reader may look into.
        Err(error) if matches!(error.kind(), ErrorKind::PermissionDenied | ErrorKind::NotFound) => {
            Ok(Program::Hidden)
        }
        Err(error) => Err(error),
    }
}

/// The process id that a pidfd stands for (proc(5), fdinfo); an error once it has ended.
fn number_of(process: &OwnedFd) -> io::Result<u32> {
    let told = fs::read_to_string(format!("/proc/self/fdinfo/{}", process.as_raw_fd()))?;
    let number = told.lines().find_map(|line| line.strip_prefix("Pid:"));
    number.and_then(|number| number.trim().parse().ok()).filter(|number| *number > 0).ok_or_else(gone)
}

/// When a process began, in ticks since the machine did (proc(5), field 22 of `stat`).
fn began(process: u32) -> io::Result<u64> {
    let told = fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The second field is the program's own choice; it ends with the last bracket.
    let rest = told.rsplit_once(") ").map(|(_, rest)| rest);
    rest.and_then(|rest| rest.split(' ').nth(19)).and_then(|ticks| ticks.parse().ok()).ok_or_else(gone)
}

#[cfg(test)]
mod tests;
