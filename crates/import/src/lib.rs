//! Password exports of browsers and password stores: read into logins, and written. Pure: bytes in, logins out.
//!
//! ```
//! let file = b"name,url,username,password\nPayroll,https://payroll.example/login,alice,s3cret\n";
//! let import = lanyard_import::parse(file).unwrap();
//! assert_eq!(import.source(), lanyard_import::Source::Chrome);
//! let logins: Vec<_> = import.collect();
//! assert_eq!(logins[0].as_ref().unwrap().login.name, "Payroll");
//! ```
//!
//! The columns are found by the names in the first line, in whatever order. A line that cannot be taken is reported with
//! its number and the reason, and keeps no other line from being read. Nothing that is reported quotes the file.
//!
//! JSON is read as the Credential Exchange Format (CXF 1.0): an item can hold several logins, and much that is none. Whatever
//! of it is left out is reported with the number of the item.
//!
//! What is decoded here is wiped when it is dropped; the buffers of the `csv` crate are not, so a process that read an
//! export should not live long afterwards.
//!
//! A field that begins with `=`, `+`, `-` or `@` stays as it is, also when it is written: it is a password, and whoever
//! takes the file has to get the same one.

mod address;
mod columns;
mod credential;
mod decode;
mod items;
mod lines;
mod login;
mod write;

pub use columns::Source;
pub use login::{Login, Numbered, Reason, Refused};
pub use write::write_csv;

use items::Items;
use lines::Lines;

/// Why a file cannot be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is not text.
    #[error("the file is not a text file")]
    NotText,
    /// The first line names no columns that are known, or the JSON is not of an exchange of credentials.
    #[error("the file is not a password export that Lanyard knows")]
    Unknown,
    /// The Credential Exchange Format has another version by then.
    #[error("the file is of a version of the Credential Exchange Format that Lanyard does not know")]
    OtherVersion,
}

impl FileError {
    /// What to do about it.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Empty => "export the passwords again",
            Self::NotText => "export the passwords as a CSV file, not as a database or an archive",
            Self::Unknown => {
                "export the passwords as CSV from Chrome, Edge, Firefox, Bitwarden or KeePassXC, or in the Credential Exchange Format"
            }
            Self::OtherVersion => "export the passwords as version 1 of it, or as CSV",
        }
    }
}

/// The logins of a file, one after the other.
pub struct Import {
    source: Source,
    logins: Logins,
}

enum Logins {
    Lines(Box<Lines>),
    Items(Items),
}

/// Reads a file as far as its beginning; the logins follow.
pub fn parse(bytes: &[u8]) -> Result<Import, FileError> {
    let text = decode::decode(bytes)?;
    let first = text.trim_start();
    if first.is_empty() {
        return Err(FileError::Empty);
    }
    if first.starts_with('{') {
        let items = items::parse(text)?;
        return Ok(Import { source: Source::CredentialExchange, logins: Logins::Items(items) });
    }
    let (source, lines) = lines::parse(text)?;
    Ok(Import { source, logins: Logins::Lines(Box::new(lines)) })
}

impl Import {
    /// Whose export it is.
    pub fn source(&self) -> Source {
        self.source
    }

    /// How much of the file was read, in hundredths.
    pub fn progress(&self) -> u8 {
        match &self.logins {
            Logins::Lines(lines) => lines.progress(),
            Logins::Items(items) => items.progress(),
        }
    }

    /// How many collections the file sorts its logins into. They are left out; what is in them is not.
    pub fn collections(&self) -> usize {
        match &self.logins {
            Logins::Lines(_) => 0,
            Logins::Items(items) => items.collections(),
        }
    }
}

impl Iterator for Import {
    type Item = Result<Numbered, Refused>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.logins {
            Logins::Lines(lines) => lines.next(),
            Logins::Items(items) => items.next(),
        }
    }
}

#[cfg(test)]
mod tests;
