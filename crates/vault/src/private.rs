//! The vault's folder and file are the person's alone.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;

use crate::OpenError;

/// Makes the folder where it is missing, and refuses one that others can look into.
pub(crate) fn ensure_dir(dir: &Path) -> Result<(), OpenError> {
    make_dir(dir).map_err(|source| OpenError::Io { path: dir.into(), source })?;
    let metadata = fs::metadata(dir).map_err(|source| OpenError::Io { path: dir.into(), source })?;
    if is_private(&metadata) { Ok(()) } else { Err(OpenError::NotPrivate { path: dir.into() }) }
}

/// Holds off other processes that would make a vault in the folder, until it is dropped.
pub(crate) struct DirLock {
    _dir: Option<File>,
}

/// Takes the folder for making a vault in it; fails where another process has it.
#[cfg(unix)]
pub(crate) fn lock_dir(dir: &Path) -> Result<DirLock, OpenError> {
    use rustix::fs::{FlockOperation, flock};
    let io = |source| OpenError::Io { path: dir.into(), source };
    let file = File::open(dir).map_err(io)?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(DirLock { _dir: Some(file) }),
        Err(rustix::io::Errno::WOULDBLOCK) => Err(OpenError::InUse { path: dir.into() }),
        Err(error) => Err(io(error.into())),
    }
}

/// Folders cannot be opened as files, so that nothing is held off.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "as on other systems")]
pub(crate) fn lock_dir(_: &Path) -> Result<DirLock, OpenError> {
    Ok(DirLock { _dir: None })
}

/// Makes the name of the folder survive a power cut, and those of the folders above it that may be new: the person's own.
/// What is saved in a folder whose name is lost would be lost with it.
pub(crate) fn sync_dirs_above(dir: &Path) -> io::Result<()> {
    for above in dir.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty()) {
        if !is_ours(&fs::metadata(above)?) {
            break;
        }
        sync_dir(above)?;
    }
    Ok(())
}

/// Refuses a file that others own or can read.
pub(crate) fn check_file(path: &Path, metadata: &Metadata) -> Result<(), OpenError> {
    if is_private(metadata) { Ok(()) } else { Err(OpenError::NotPrivate { path: path.into() }) }
}

/// Makes an empty file that nobody else can open; it must not exist.
pub(crate) fn create_file(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes names that were added to or removed from the folder survive a power cut.
pub(crate) fn sync_dir(dir: &Path) -> io::Result<()> {
    // Elsewhere folders cannot be opened as files, and the file system does it.
    if cfg!(unix) { File::open(dir)?.sync_all() } else { Ok(()) }
}

/// Makes the folder and those above it that are missing.
pub(crate) fn make_dir(dir: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)
}

#[cfg(unix)]
fn is_ours(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.uid() == rustix::process::geteuid().as_raw()
}

#[cfg(not(unix))]
fn is_ours(_: &Metadata) -> bool {
    true
}

#[cfg(unix)]
fn is_private(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    is_ours(metadata) && metadata.mode() & 0o077 == 0
}

#[cfg(not(unix))]
fn is_private(_: &Metadata) -> bool {
    // The profile folder is private by the access control list it inherits.
    true
}
