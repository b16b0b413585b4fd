//! Trusts nobody whom the environment names to vouch for a provider.

use std::convert::Infallible;
use std::env;
use std::ffi::OsString;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

/// Variables that name further certificates to vouch for a provider.
const CERTIFICATES: &[&str] = &["SSL_CERT_FILE", "SSL_CERT_DIR"];

/// Begins anew without what would have others vouch for a provider than the system does. Comes first: what is in the
/// environment can only be left out when a program begins.
pub(crate) fn leave_out() -> io::Result<()> {
    if !names_certificates(env::vars_os().map(|(name, _)| name)) {
        return Ok(());
    }
    begin_anew().map(|never| match never {})
}

fn names_certificates(mut names: impl Iterator<Item = OsString>) -> bool {
    names.any(|name| CERTIFICATES.iter().any(|certificates| name == *certificates))
}

fn begin_anew() -> io::Result<Infallible> {
    let mut arguments = env::args_os();
    let mut command = Command::new(env::current_exe()?);
    if let Some(name) = arguments.next() {
        command.arg0(name);
    }
    command.args(arguments);
    for name in CERTIFICATES {
        command.env_remove(name);
    }
    Err(command.exec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_that_name_certificates_are_found() {
        let names = |names: &[&str]| names_certificates(names.iter().map(OsString::from));
        assert!(names(&["HOME", "SSL_CERT_FILE"]) && names(&["SSL_CERT_DIR"]));
        assert!(!names(&["HOME", "SSL_CERT", "HTTPS_PROXY"]));
    }
}
