//! What can go wrong, by what the caller does next.

use std::io;
use std::path::PathBuf;

use crate::Sequence;

/// Why the activity log could not be used. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A line was altered or removed, or it is not a log.
    #[error("the activity log at {} is damaged", path.display())]
    Damaged {
        /// The log file.
        path: PathBuf,
        /// What is wrong with it.
        source: Damage,
    },
    /// It was written with another key.
    #[error("the activity log at {} belongs to another vault", path.display())]
    Foreign {
        /// The log file.
        path: PathBuf,
    },
    /// A later Lanyard wrote it.
    #[error("the activity log at {} has format {version}, which is newer than this Lanyard", path.display())]
    Newer {
        /// The log file.
        path: PathBuf,
        /// Its format.
        version: u32,
    },
    /// Others can read or write it, or own it.
    #[error("{} is not private to you", path.display())]
    NotPrivate {
        /// The log file.
        path: PathBuf,
    },
    /// Another process has it open.
    #[error("the activity log at {} is in use by another Lanyard", path.display())]
    InUse {
        /// The log file.
        path: PathBuf,
    },
    /// The disk failed.
    #[error("cannot use the activity log at {}", path.display())]
    Io {
        /// The log file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl Error {
    /// What the person can do.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Damaged { .. } => {
                "tell your IT support; a new log is begun and the damaged file is kept beside it"
            }
            Self::Foreign { .. } => "a new log is begun, and this file is kept beside it",
            Self::Newer { .. } => "update Lanyard; the file was left as it is",
            Self::NotPrivate { .. } => {
                "make yourself its owner and take access from everybody else: chmod 600 for the file"
            }
            Self::InUse { .. } => "quit the other Lanyard, then try again",
            Self::Io { .. } => "check that the disk is not full and that the folder is yours, then try again",
        }
    }
}

/// What is wrong with a file that should be an activity log.
#[derive(Debug, thiserror::Error)]
pub enum Damage {
    /// It is not a file of ours.
    #[error("it is not an activity log of Lanyard")]
    NotALog,
    /// The end of the file is missing.
    #[error("the file was cut off")]
    CutOff,
    /// The file is gone and its write-ahead log is not.
    #[error("only the write-ahead log is there")]
    StrayLog,
    /// The database in it cannot be read.
    #[error("the database cannot be read")]
    Database(#[source] rusqlite::Error),
    /// This line does not open, or does not follow the one before it.
    #[error("line {0} was altered, or one before it was removed")]
    Line(Sequence),
    /// The head of the chain does not open, or is not at the last line.
    #[error("the end of the log was cut off or altered")]
    End,
}
