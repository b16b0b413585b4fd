//! On macOS: the kernel names the process by its audit token, and vouches for the signature of the code that it runs.
//!
//! Where this program was not built to be signed by a team ([`TEAM`] is absent, as in development), any valid signature
//! will do, also one that names nobody: then only the file counts.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::os::unix::ffi::OsStringExt as _;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};

use core_foundation::base::TCFType as _;
use core_foundation::data::CFData;
use nix::sys::socket::{getsockopt, sockopt};
use security_framework::os::macos::code_signing::{Flags, GuestAttributes, SecCode, SecRequirement};

use super::{Program, gone};

/// The team whose certificate signs what is shipped; chosen when it is built.
const TEAM: Option<&str> = option_env!("LANYARD_TEAM_ID");

// It is written into a requirement, where a quotation mark would end it.
const _: () = assert!(match TEAM {
    Some(team) => is_team(team.as_bytes()),
    None => true,
});

const fn is_team(mut letters: &[u8]) -> bool {
    let right_length = letters.len() == 10;
    while let [letter, rest @ ..] = letters {
        if !letter.is_ascii_uppercase() && !letter.is_ascii_digit() {
            return false;
        }
        letters = rest;
    }
    right_length
}

/// A file that is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Executable {
    /// Where it is.
    pub path: PathBuf,
    device: u64,
    inode: u64,
}

impl Executable {
    pub(super) fn is(&self, file: &Path) -> bool {
        fs::metadata(file).is_ok_and(|there| (there.dev(), there.ino()) == (self.device, self.inode))
    }
}

/// The program that connected, or that listened when this end connected; an error where its code is not signed as this
/// program's is, or was changed since.
pub fn of_peer(stream: &UnixStream) -> io::Result<Program> {
    // The order matters: a process that still bears the token has borne the number until now.
    let path = path_of(getsockopt(stream, sockopt::LocalPeerPid)?)?;
    let file = fs::metadata(&path)?;
    check_signature(stream)?;
    Ok(Program::File(Executable { path, device: file.dev(), inode: file.ino() }))
}

fn check_signature(stream: &UnixStream) -> io::Result<()> {
    let token = getsockopt(stream, sockopt::LocalPeerToken)?;
    let token: Vec<u8> = token.val.iter().flat_map(|word| word.to_ne_bytes()).collect();
    let token = CFData::from_buffer(&token);
    let mut attributes = GuestAttributes::new();
    attributes.set_audit_token(token.as_concrete_TypeRef());
    let code =
        SecCode::copy_guest_with_attribues(None, &attributes, Flags::NONE).map_err(io::Error::other)?;
    code.check_validity(Flags::NONE, &requirement()?).map_err(io::Error::other)
}

/// Apple, "Code Signing Requirement Language".
fn requirement() -> io::Result<SecRequirement> {
    let wanted = match TEAM {
        Some(team) => format!("anchor apple generic and certificate leaf[subject.OU] = \"{team}\""),
        None => "always".into(),
    };
    wanted.parse().map_err(io::Error::other)
}

#[expect(unsafe_code, reason = "no library that is kept has this one call without a C compiler")]
fn path_of(process: libc::pid_t) -> io::Result<PathBuf> {
    let mut path = vec![0_u8; libc::PROC_PIDPATHINFO_MAXSIZE.unsigned_abs() as usize];
    let size = u32::try_from(path.len()).map_err(io::Error::other)?;
    // SAFETY: it writes at most as many bytes as it is told that there are.
    let written = unsafe { libc::proc_pidpath(process, path.as_mut_ptr().cast(), size) };
    if written <= 0 {
        return Err(gone());
    }
    path.truncate(written.unsigned_abs() as usize);
    Ok(OsString::from_vec(path).into())
}
