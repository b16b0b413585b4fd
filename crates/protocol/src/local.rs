//! The companion's socket: where it is and who may be at the other end.
//!
//! The directory belongs to the person and to nobody else, and both ends check the other's user id. That keeps out other
//! users. It is no boundary against programs of the same user; that each end looks at the other's file too ([`program`]) is
//! hygiene.

use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{
    DirBuilderExt as _, FileTypeExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _,
};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, OFlags};

use crate::paths::Paths;
use crate::program::{self, Program, Programs};

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
pub fn connect(paths: &Paths) -> Result<UnixStream, LocalError> {
    let companions = Programs::beside_this(COMPANIONS)
        .map_err(|source| LocalError::Io { path: paths.socket(), source })?;
    connect_to(paths, &companions)
}

fn connect_to(paths: &Paths, companions: &Programs) -> Result<UnixStream, LocalError> {
    match check_private(&paths.runtime) {
        Err(LocalError::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => {
            return Err(LocalError::NotRunning);
        }
        checked => checked?,
    }
    let path = paths.socket();
    check_socket(&path)?;
    let stream = UnixStream::connect(&path).map_err(|source| not_connected(path, source))?;
    check_peer(&stream)?;
    check_companion(&stream, companions)?;
    Ok(stream)
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

/// A companion is not dumpable and thus hidden, but from root; what shows itself has to be one of ours.
fn check_companion(stream: &UnixStream, companions: &Programs) -> Result<(), LocalError> {
    match program::of_peer(stream) {
        Ok(Program::Hidden) => Ok(()),
        Ok(Program::File(executable)) if companions.contain(&executable) => Ok(()),
        Ok(Program::File(_)) | Err(_) => Err(LocalError::ForeignProgram),
    }
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
pub fn check_peer(stream: &UnixStream) -> Result<(), LocalError> {
    let peer = rustix::net::sockopt::socket_peercred(stream)
        .map_err(|error| LocalError::Io { path: PathBuf::new(), source: error.into() })?;
    if peer.uid == rustix::process::geteuid() { Ok(()) } else { Err(LocalError::ForeignPeer) }
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
mod tests {
    use super::*;

    fn paths(directory: &Path) -> Paths {
        let runtime = directory.join("run");
        Paths { data: directory.into(), config: directory.into(), state: directory.into(), runtime }
    }

    fn this_program() -> Programs {
        Programs::at([std::env::current_exe().unwrap()])
    }

    #[test]
    fn one_companion_listens_and_a_second_is_told() {
        let directory = tempfile::tempdir().unwrap();
        let paths = paths(directory.path());
        let _first = listen(&paths).unwrap();
        assert!(matches!(listen(&paths), Err(LocalError::AlreadyRunning)));
        connect_to(&paths, &this_program()).unwrap();
    }

    #[test]
    fn a_socket_left_behind_is_replaced() {
        let directory = tempfile::tempdir().unwrap();
        let paths = paths(directory.path());
        drop(listen(&paths).unwrap());
        assert!(matches!(connect(&paths), Err(LocalError::NotRunning)));
        let _second = listen(&paths).unwrap();
        connect_to(&paths, &this_program()).unwrap();
    }

    #[test]
    fn a_folder_that_others_can_enter_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let paths = paths(directory.path());
        drop(listen(&paths).unwrap());
        std::fs::set_permissions(&paths.runtime, Permissions::from_mode(0o755)).unwrap();
        assert!(matches!(listen(&paths), Err(LocalError::NotPrivate(_))));
        assert!(matches!(connect(&paths), Err(LocalError::NotPrivate(_))));
    }

    #[test]
    fn a_folder_that_is_a_link_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let paths = paths(directory.path());
        let elsewhere = directory.path().join("elsewhere");
        make_private(&elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, &paths.runtime).unwrap();
        assert!(matches!(connect(&paths), Err(LocalError::NotPrivate(_))));
    }

    #[test]
    fn a_socket_that_is_a_link_or_a_file_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let paths = paths(directory.path());
        make_private(&paths.runtime).unwrap();
        let elsewhere = directory.path().join("elsewhere.sock");
        let _squatter = UnixListener::bind(&elsewhere).unwrap();
        std::os::unix::fs::symlink(&elsewhere, paths.socket()).unwrap();
        assert!(matches!(connect(&paths), Err(LocalError::NotASocket(_))));
        // Whoever listens takes the name, not what the link leads to.
        let _companion = listen(&paths).unwrap();
        connect_to(&paths, &this_program()).unwrap();
        assert!(elsewhere.exists());
        std::fs::remove_file(paths.socket()).unwrap();
        std::fs::write(paths.socket(), "").unwrap();
        assert!(matches!(connect(&paths), Err(LocalError::NotASocket(_))));
    }

    #[test]
    fn a_lock_that_is_a_link_is_refused_and_what_it_leads_to_stays_as_it_is() {
        let directory = tempfile::tempdir().unwrap();
        let paths = paths(directory.path());
        make_private(&paths.runtime).unwrap();
        let elsewhere = directory.path().join("elsewhere");
        std::os::unix::fs::symlink(&elsewhere, paths.lock()).unwrap();
        assert!(matches!(listen(&paths), Err(LocalError::Io { .. })));
        assert!(!elsewhere.exists());
    }

    #[test]
    fn a_folder_that_is_a_file_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let paths = paths(directory.path());
        std::fs::write(&paths.runtime, "").unwrap();
        assert!(listen(&paths).is_err());
        assert!(matches!(connect(&paths), Err(LocalError::NotPrivate(_))));
    }

    #[test]
    #[ignore = "gives a folder away"]
    fn root_only_a_folder_that_belongs_to_another_user_is_refused() {
        let directory = tempfile::tempdir().unwrap();
        let paths = paths(directory.path());
        drop(listen(&paths).unwrap());
        std::os::unix::fs::chown(&paths.runtime, Some(65534), Some(65534)).unwrap();
        assert!(matches!(listen(&paths), Err(LocalError::NotPrivate(_))));
        assert!(matches!(connect(&paths), Err(LocalError::NotPrivate(_))));
    }

    #[test]
    fn whoever_listens_and_is_not_lanyard_is_not_spoken_to() {
        let directory = tempfile::tempdir().unwrap();
        let paths = paths(directory.path());
        let _this_test = listen(&paths).unwrap();
        assert!(matches!(connect(&paths), Err(LocalError::ForeignProgram)));
    }

    #[test]
    fn nobody_there_is_not_running() {
        let directory = tempfile::tempdir().unwrap();
        assert!(matches!(connect(&paths(directory.path())), Err(LocalError::NotRunning)));
    }
}
