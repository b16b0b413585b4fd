//! The companion's own log: what happened to the program, never what passed through it.

use std::cell::RefCell;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// A log that has grown beyond this is begun anew at the next start; the one before is kept.
const MOST_BYTES: u64 = 1024 * 1024;

/// Where lines go: a file in the state directory, where it can be written.
pub(crate) struct Journal(RefCell<Option<File>>);

impl Journal {
    /// Opens `companion.log` in a directory, which is made where it is missing.
    pub(crate) fn open(directory: &Path) -> Self {
        let path = directory.join("companion.log");
        let _ = std::fs::DirBuilder::new().recursive(true).mode(0o700).create(directory);
        if std::fs::metadata(&path).is_ok_and(|file| file.len() > MOST_BYTES) {
            let _ = std::fs::rename(&path, directory.join("companion.log.1"));
        }
        Self(RefCell::new(OpenOptions::new().create(true).append(true).mode(0o600).open(path).ok()))
    }

    /// Writes a line. A log that cannot be written is no reason to stop.
    pub(crate) fn line(&self, text: &str) {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        if let Some(file) = self.0.borrow_mut().as_mut() {
            let _ = writeln!(file, "{seconds} {text}");
        }
    }

    /// Writes an error with all its causes.
    pub(crate) fn error(&self, what: &str, error: &dyn std::error::Error) {
        let mut text = format!("{what}: {error}");
        let mut cause = error.source();
        while let Some(error) = cause {
            text.push_str(": ");
            text.push_str(&error.to_string());
            cause = error.source();
        }
        self.line(&text);
    }
}
