//! The socket that the companion hands down as file descriptor 3.
//!
//! Only a child can be given it, so nothing else on the machine can pretend to be this window. From here on it is the
//! window's alone: the web engine's processes do not get it.

use std::os::fd::{FromRawFd as _, OwnedFd};
use std::os::unix::net::UnixStream;

use lanyard_protocol::local::{self, LocalError};
use rustix::io::{Errno, FdFlags, fcntl_getfd, fcntl_setfd};
use rustix::net::{AddressFamily, SocketType, getpeername, getsockname, sockopt};

/// Where the companion puts it.
const DESCRIPTOR: i32 = 3;

/// Why there is no companion to speak to.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InheritError {
    /// Nothing is there, or something else than a connected socket.
    #[error("no socket was handed down")]
    NoSocket(#[source] Option<Errno>),
    /// The other end belongs to somebody else.
    #[error(transparent)]
    Foreign(LocalError),
}

/// Takes the socket, once, before anything else runs.
pub(crate) fn companion() -> Result<UnixStream, InheritError> {
    let descriptor = take_descriptor().map_err(|error| InheritError::NoSocket(Some(error)))?;
    check(descriptor)
}

/// Takes over a connected stream socket of this user's and closes it to children.
fn check(descriptor: OwnedFd) -> Result<UnixStream, InheritError> {
    fcntl_setfd(&descriptor, FdFlags::CLOEXEC).map_err(|error| InheritError::NoSocket(Some(error)))?;
    let family = getsockname(&descriptor).map(|address| address.address_family());
    let local = family == Ok(AddressFamily::UNIX)
        && sockopt::socket_type(&descriptor) == Ok(SocketType::STREAM)
        && getpeername(&descriptor).is_ok();
    if !local {
        return Err(InheritError::NoSocket(None));
    }
    let stream = UnixStream::from(descriptor);
    local::check_peer(&stream).map_err(InheritError::Foreign)?;
    Ok(stream)
}

#[expect(
    unsafe_code,
    reason = "a number becomes an owner; `main` runs this first and once, so nobody else owns it"
)]
fn take_descriptor() -> Result<OwnedFd, Errno> {
    // SAFETY: the descriptor was inherited. It is borrowed for one call that only asks whether it is open.
    fcntl_getfd(unsafe { std::os::fd::BorrowedFd::borrow_raw(DESCRIPTOR) })?;
    // SAFETY: it is open, and nothing in this process has opened anything that could have become this number.
    Ok(unsafe { OwnedFd::from_raw_fd(DESCRIPTOR) })
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::os::unix::net::UnixDatagram;

    use super::*;

    #[test]
    fn a_connected_socket_is_taken_and_closed_to_children() {
        let (ours, _theirs) = UnixStream::pair().unwrap();
        fcntl_setfd(&ours, FdFlags::empty()).unwrap();
        let taken = check(ours.into()).unwrap();
        assert_eq!(fcntl_getfd(&taken), Ok(FdFlags::CLOEXEC));
    }

    #[test]
    fn a_file_is_refused() {
        assert!(matches!(check(File::open("/dev/null").unwrap().into()), Err(InheritError::NoSocket(_))));
    }

    #[test]
    fn a_datagram_socket_is_refused() {
        let (ours, _theirs) = UnixDatagram::pair().unwrap();
        assert!(matches!(check(ours.into()), Err(InheritError::NoSocket(None))));
    }

    #[test]
    fn a_network_socket_is_refused() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let ours = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        assert!(matches!(check(ours.into()), Err(InheritError::NoSocket(None))));
    }

    #[test]
    fn a_socket_that_is_not_connected_is_refused() {
        let socket = rustix::net::socket(AddressFamily::UNIX, SocketType::STREAM, None).unwrap();
        assert!(matches!(check(socket), Err(InheritError::NoSocket(None))));
    }
}
