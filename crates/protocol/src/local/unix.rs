//! Where there are Unix sockets: one in a directory that belongs to the person and to nobody else.

use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{
    DirBuilderExt as _, FileTypeExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _,
};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, OFlags};

use super::LocalError;
use crate::paths::Paths;

/// A connection between two of our programs.
pub type Stream = UnixStream;

/// Connects to whoever listens, after checking that its socket is the person's own.
pub(super) fn open(paths: &Paths) -> Result<Stream, LocalError> {
    match check_private(&paths.runtime) {
        Err(LocalError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
            return Err(LocalError::NotRunning);
        }
        checked => checked?,
    }
    let path = paths.socket();
    check_socket(&path)?;
    UnixStream::connect(&path).map_err(|source| not_connected(path, source))
}

fn not_connected(path: PathBuf, source: io::Error) -> LocalError {
    let nobody = matches!(source.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused);
    if nobody { LocalError::NotRunning } else { LocalError::Io { path, source } }
}

/// A link could lead to a socket anywhere.
fn check_socket(path: &Path) -> Result<(), LocalError> {
    let metadata = std::fs::symlink_metadata(path).map_err(|source| not_connected(path.into(), source))?;
    if metadata.file_type().is_socket() { Ok(()) } else { Err(LocalError::NotASocket(path.into())) }
}

/// The companion's end. The socket is its own for as long as this lives.
pub struct Listener {
    /// Where peers arrive.
    pub socket: UnixListener,
    _lock: File,
}

/// Begins to listen. A second companion is told that there is one; a live socket is never taken away.
pub fn listen(paths: &Paths) -> Result<Listener, LocalError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| LocalError::Io { path, source }
    };
    make_private(&paths.runtime)?;
    let lock_path = paths.lock();
    let lock = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
        .open(&lock_path)
        .map_err(failed(&lock_path))?;
    rustix::fs::flock(&lock, FlockOperation::NonBlockingLockExclusive).map_err(|error| match error {
        rustix::io::Errno::WOULDBLOCK => LocalError::AlreadyRunning,
        error => failed(&lock_path)(error.into()),
    })?;
    let path = paths.socket();
    // Whoever holds the lock owns the name: what lies there was left by a companion that is gone.
    match std::fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(&path)(error)),
        _ => {}
    }
    let socket = UnixListener::bind(&path).map_err(failed(&path))?;
    std::fs::set_permissions(&path, Permissions::from_mode(0o600)).map_err(failed(&path))?;
    Ok(Listener { socket, _lock: lock })
}

/// Whether the other end runs as the same user.
pub fn check_peer(stream: &Stream) -> Result<(), LocalError> {
    let uid = uid_of_peer(stream).map_err(|source| LocalError::Io { path: PathBuf::new(), source })?;
    if uid == rustix::process::geteuid().as_raw() { Ok(()) } else { Err(LocalError::ForeignPeer) }
}

#[cfg(target_os = "linux")]
fn uid_of_peer(stream: &Stream) -> io::Result<u32> {
    Ok(rustix::net::sockopt::socket_peercred(stream)?.uid.as_raw())
}

#[cfg(target_os = "macos")]
fn uid_of_peer(stream: &Stream) -> io::Result<u32> {
    use nix::sys::socket::{getsockopt, sockopt};
    Ok(getsockopt(stream, sockopt::LocalPeerCred)?.uid())
}

/// Makes a directory that only this person can enter, or checks that it is one.
pub fn make_private(directory: &Path) -> Result<(), LocalError> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(directory)
        .map_err(|source| LocalError::Io { path: directory.to_owned(), source })?;
    check_private(directory)
}

fn check_private(directory: &Path) -> Result<(), LocalError> {
    let metadata = std::fs::symlink_metadata(directory)
        .map_err(|source| LocalError::Io { path: directory.to_owned(), source })?;
    let own = metadata.uid() == rustix::process::geteuid().as_raw();
    if metadata.is_dir() && own && metadata.mode() & 0o077 == 0 {
        Ok(())
    } else {
        Err(LocalError::NotPrivate(directory.to_owned()))
    }
}

#[cfg(test)]
mod tests;
