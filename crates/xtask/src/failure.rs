//! What went wrong and what to do about it, as every command of xtask ends when it does not succeed.

use std::fmt;
use std::io;
use std::process::ExitCode;

/// A failure that a person reads: `error: …`, then `hint: …`.
#[derive(Debug)]
pub(crate) struct Failure {
    what: String,
    hint: String,
    needs_person: bool,
}

pub(crate) type Result<T = ()> = std::result::Result<T, Failure>;

impl Failure {
    /// Something failed.
    pub(crate) fn new(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { what: what.into(), hint: hint.into(), needs_person: false }
    }

    /// Only the person can make it go on.
    pub(crate) fn needs_person(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { needs_person: true, ..Self::new(what, hint) }
    }

    /// 1 where something failed, 2 where the person has to do something first.
    pub(crate) fn exit_code(&self) -> ExitCode {
        ExitCode::from(if self.needs_person { 2 } else { 1 })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}\nhint: {}", self.what, self.hint)
    }
}

/// Says what was being done when the system refused.
pub(crate) trait OrFail<T> {
    fn or_fail(self, what: &str) -> Result<T>;
}

impl<T> OrFail<T> for io::Result<T> {
    fn or_fail(self, what: &str) -> Result<T> {
        self.map_err(|e| {
            Failure::new(format!("cannot {what}: {e}"), "look at the path or program named above")
        })
    }
}
