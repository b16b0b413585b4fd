//! The activity log as a file that a spreadsheet opens.

use std::env;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use lanyard_protocol::common::{ActivityLine, Code, Problem};

use crate::core::Core;

/// Lines read at once.
const CHUNK: usize = 1000;

/// Files of one day that may stand beside each other.
const MOST_FILES: u32 = 100;

impl Core {
    /// Writes the log into the person's folder for downloads. Says which file, and how many lines it has.
    pub(crate) async fn export_activity(&self) -> Result<(PathBuf, u32), Problem> {
        let failed = |error: &dyn std::error::Error| {
            self.journal.error("cannot export the activity log", error);
            Problem::new(
                Code::Internal,
                "the activity could not be written to a file",
                "check that your disk is not full and that your folder for downloads is yours",
            )
        };
        let (path, file) = create(&downloads(), Timestamp::now()).map_err(|error| failed(&error))?;
        let mut writer = csv::Writer::from_writer(file);
        writer
            .write_record(["time", "event", "outcome", "account", "app", "origin", "browser", "reason"])
            .map_err(|error| failed(&error))?;
        let (mut after, mut count) = (0, 0);
        loop {
            let lines = self.broker.borrow().activity(Some(after), CHUNK).map_err(|error| failed(&error))?;
            let Some(last) = lines.last() else { break };
            after = last.sequence;
            for line in &lines {
                writer.write_record(record(line)).map_err(|error| failed(&error))?;
                count += 1;
            }
            // Fills go on meanwhile.
            tokio::task::yield_now().await;
        }
        writer.flush().map_err(|error| failed(&error))?;
        Ok((path, count))
    }
}

fn record(line: &ActivityLine) -> [String; 8] {
    let time = i64::try_from(line.at).ok().and_then(|at| Timestamp::from_millisecond(at).ok());
    let text = |text: &Option<String>| harmless(text.as_deref().unwrap_or_default());
    [
        time.map_or_else(String::new, |time| time.to_string()),
        line.event.clone(),
        line.outcome.clone(),
        text(&line.account),
        text(&line.app),
        text(&line.origin),
        text(&line.browser),
        text(&line.reason),
    ]
}

/// A spreadsheet takes what begins with these for a formula, and names come from web pages.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// A new file that only its person can read, beside those that are there.
fn create(folder: &Path, now: Timestamp) -> io::Result<(PathBuf, File)> {
    let day = now.strftime("%Y-%m-%d");
    for number in 1..=MOST_FILES {
        let suffix = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(format!("lanyard-activity-{day}{suffix}.csv"));
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            file => return file.map(|file| (path, file)),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// The folder that the person's desktop calls the one for downloads (xdg-user-dirs), else the home directory.
pub(crate) fn downloads() -> PathBuf {
    let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = absolute("HOME").unwrap_or_else(|| "/".into());
    let config = absolute("XDG_CONFIG_HOME").unwrap_or_else(|| home.join(".config"));
    let chosen = fs::read_to_string(config.join("user-dirs.dirs")).unwrap_or_default();
    let chosen = chosen.lines().find_map(|line| line.trim().strip_prefix("XDG_DOWNLOAD_DIR="));
    let folder = match chosen.map(|value| value.trim_matches('"')) {
        Some(value) => match value.strip_prefix("$HOME") {
            Some(below) => home.join(below.trim_start_matches('/')),
            None => PathBuf::from(value),
        },
        None => home.join("Downloads"),
    };
    if folder.is_dir() { folder } else { home }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_is_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let now = Timestamp::UNIX_EPOCH;
        let (first, _) = create(folder.path(), now).unwrap();
        let (second, _) = create(folder.path(), now).unwrap();
        assert_eq!(first.file_name().unwrap(), "lanyard-activity-1970-01-01.csv");
        assert_eq!(second.file_name().unwrap(), "lanyard-activity-1970-01-01-2.csv");
    }

    #[test]
    fn a_name_from_a_web_page_is_no_formula() {
        assert_eq!(harmless("=HYPERLINK(\"https://evil.example\")"), "'=HYPERLINK(\"https://evil.example\")");
        assert_eq!(harmless("Payroll 2004"), "Payroll 2004");
    }
}
