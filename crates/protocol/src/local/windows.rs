//! Where there are named pipes: one whose name has the person's security identifier and the session, and which lets in
//! nobody else. Anybody may make a pipe of that name first, so whoever connects looks at its owner before it says anything.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::os::windows::fs::OpenOptionsExt as _;
use std::os::windows::io::{AsHandle as _, OwnedHandle};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use interprocess::os::windows::named_pipe::{DuplexPipeStream, PipeListener, PipeListenerOptions, pipe_mode};
use interprocess::os::windows::security_descriptor::SecurityDescriptor;
use widestring::{U16CString, error::ContainsNul};
use windows_sys::Win32::Foundation::{
    ERROR_ACCESS_DENIED, ERROR_FILE_NOT_FOUND, ERROR_PIPE_BUSY, WIN32_ERROR,
};
use windows_sys::Win32::Storage::FileSystem::{FILE_FLAG_OVERLAPPED, SECURITY_IDENTIFICATION};

use super::LocalError;
use crate::paths::{Paths, fingerprint};
use crate::windows::{Sid, open_process, own_session};

/// How often it is tried to reach a companion that is busy with somebody else who just came.
const TRIES: u32 = 50;

/// A connection between two of our programs.
pub type Stream = DuplexPipeStream<pipe_mode::Bytes>;

/// Connects to whoever listens. It may learn who asks, and cannot act in that name.
pub(super) fn open(paths: &Paths) -> Result<Stream, LocalError> {
    let failed = |source| LocalError::Io { path: paths.socket(), source };
    let name = pipe_name(paths).map_err(failed)?;
    let pipe = open_pipe(&name).map_err(|error| match error {
        error if is(&error, ERROR_FILE_NOT_FOUND) => LocalError::NotRunning,
        // The person's own would let them in.
        error if is(&error, ERROR_ACCESS_DENIED) => LocalError::ForeignPeer,
        error => failed(error),
    })?;
    Stream::try_from(pipe)
        .map_err(|error| failed(error.cause.unwrap_or_else(|| io::ErrorKind::InvalidInput.into())))
}

fn open_pipe(name: &str) -> io::Result<OwnedHandle> {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    options.custom_flags(FILE_FLAG_OVERLAPPED).security_qos_flags(SECURITY_IDENTIFICATION);
    let mut tries = 0;
    loop {
        match options.open(name) {
            Err(error) if is(&error, ERROR_PIPE_BUSY) && tries < TRIES => {
                tries += 1;
                thread::sleep(Duration::from_millis(20));
            }
            pipe => return pipe.map(OwnedHandle::from),
        }
    }
}

fn is(error: &io::Error, code: WIN32_ERROR) -> bool {
    error.raw_os_error() == Some(code.cast_signed())
}

/// The companion's end. The name is its own for as long as this lives.
pub struct Listener {
    /// Where peers arrive.
    pub socket: PipeListener<pipe_mode::Bytes, pipe_mode::Bytes>,
    _lock: File,
}

/// Begins to listen. A second companion is told that there is one; a pipe that is there is never taken away.
pub fn listen(paths: &Paths) -> Result<Listener, LocalError> {
    let failed = |source| LocalError::Io { path: paths.lock(), source };
    make_private(&paths.runtime)?;
    let lock = OpenOptions::new().create(true).truncate(false).write(true).open(paths.lock());
    let lock = lock.map_err(failed)?;
    lock.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => LocalError::AlreadyRunning,
        TryLockError::Error(error) => failed(error),
    })?;
    let name = pipe_name(paths).map_err(failed)?;
    match create_pipe(&name) {
        Ok(socket) => Ok(Listener { socket, _lock: lock }),
        // It wants to be the first of its name, and whoever holds the lock has none yet.
        Err(error) if is(&error, ERROR_ACCESS_DENIED) => Err(LocalError::NotASocket(name.into())),
        Err(error) => Err(failed(error)),
    }
}

/// All is for its owner, and nothing for anybody else. The owner is named: of what an administrator makes it could be all
/// administrators.
fn create_pipe(name: &str) -> io::Result<PipeListener<pipe_mode::Bytes, pipe_mode::Bytes>> {
    let own = Sid::own()?;
    let descriptor = wide(&format!("O:{own}D:P(A;;GA;;;{own})"))?;
    let mut options = PipeListenerOptions::new();
    options.path = wide(name)?.into();
    options.accept_remote = false;
    options.security_descriptor = Some(SecurityDescriptor::deserialize(&descriptor)?);
    options.create_duplex()
}

/// Whether the other end, and the pipe itself, is the same user's.
///
/// At the companion's end Windows has let nobody else in; this is asked of the process all the same.
pub fn check_peer(stream: &Stream) -> Result<(), LocalError> {
    let failed = |source| LocalError::Io { path: PathBuf::new(), source };
    let own = Sid::own().map_err(failed)?;
    let pipe = Sid::of_owner(stream.as_handle()).map_err(failed)?;
    let process = stream.peer_process_id().and_then(open_process).map_err(failed)?;
    let peer = Sid::of_process(process.as_handle()).map_err(failed)?;
    if pipe == own && peer == own { Ok(()) } else { Err(LocalError::ForeignPeer) }
}

/// Makes a directory. It lies in the person's profile, which Windows opens to nobody else.
pub fn make_private(directory: &Path) -> Result<(), LocalError> {
    fs::create_dir_all(directory).map_err(|source| LocalError::Io { path: directory.to_owned(), source })
}

fn pipe_name(paths: &Paths) -> io::Result<String> {
    let (own, session) = (Sid::own()?, own_session()?);
    Ok(format!(r"\\.\pipe\lanyard-{own}-{session}-{:016x}", fingerprint(&paths.data)))
}

fn wide(text: &str) -> io::Result<U16CString> {
    U16CString::from_str(text).map_err(|error: ContainsNul<u16>| io::Error::other(error))
}

#[cfg(test)]
mod tests;
