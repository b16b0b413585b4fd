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
//! What is decoded here is wiped when it is dropped; the buffers of the `csv` crate are not, so a process that read an
//! export should not live long afterwards.
//!
//! A field that begins with `=`, `+`, `-` or `@` stays as it is, also when it is written: it is a password, and whoever
//! takes the file has to get the same one.

mod columns;
mod decode;
mod login;
mod write;

use std::io;

use zeroize::Zeroizing;

pub use columns::Source;
pub use login::{Login, Numbered, Reason, Refused};
pub use write::write_csv;

use columns::Columns;

/// Why a file cannot be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is not text.
    #[error("the file is not a text file")]
    NotText,
    /// The first line names no columns that are known.
    #[error("the file is not a password export that Lanyard knows")]
    Unknown,
}

impl FileError {
    /// What to do about it.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Empty => "export the passwords again",
            Self::NotText => "export the passwords as a CSV file, not as a database or an archive",
            Self::Unknown => "export the passwords as CSV from Chrome, Edge, Firefox, Bitwarden or KeePassXC",
        }
    }
}

/// The logins of a file, one after the other.
pub struct Import {
    source: Source,
    columns: Columns,
    reader: csv::Reader<io::Cursor<Text>>,
    record: csv::StringRecord,
    size: u64,
    /// Line breaks were counted up to this byte, which is on this line.
    counted: usize,
    line: u64,
}

/// Decoded text that is wiped when it is dropped.
struct Text(Zeroizing<String>);

impl AsRef<[u8]> for Text {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// Reads a file as far as its first line; the logins follow.
pub fn parse(bytes: &[u8]) -> Result<Import, FileError> {
    let text = decode::decode(bytes)?;
    let first = text.trim_start_matches(['\r', '\n']);
    if first.is_empty() {
        return Err(FileError::Empty);
    }
    let delimiter = columns::delimiter_of(first);
    let size = text.len() as u64;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(io::Cursor::new(Text(text)));
    let header = reader.headers().map_err(|_| FileError::Unknown)?;
    let (source, columns) = columns::find(header).ok_or(FileError::Unknown)?;
    Ok(Import { source, columns, reader, record: csv::StringRecord::new(), size, counted: 0, line: 1 })
}

impl Import {
    /// Whose export it is.
    pub fn source(&self) -> Source {
        self.source
    }

    /// How much of the file was read, in hundredths.
    pub fn progress(&self) -> u8 {
        let read = self.reader.position().byte().min(self.size);
        u8::try_from(read * 100 / self.size.max(1)).unwrap_or(100)
    }

    /// On which line of the file the record begins that was just read, and on how many it stands. A record whose line ends
    /// in CR and LF leaves the LF to the next one, which the reader then counts too late.
    fn lines(&mut self) -> (u64, u64) {
        let text = self.reader.get_ref().get_ref().as_ref();
        let at = |byte: u64| usize::try_from(byte).unwrap_or(text.len()).min(text.len());
        let is_break = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let breaks = |text: &[u8]| text.split(|byte| *byte == b'\n').count() as u64 - 1;
        let start = at(self.record.position().map_or(0, csv::Position::byte));
        let start = start + text[start..].iter().take_while(|byte| is_break(byte)).count();
        let end = at(self.reader.position().byte()).max(start);
        let length = text[start..end].iter().rposition(|byte| !is_break(byte)).map_or(0, |last| last + 1);
        let lines = 1 + breaks(&text[start..start + length]);
        self.line += breaks(&text[self.counted..start]);
        self.counted = start;
        (self.line, lines)
    }
}

impl Iterator for Import {
    type Item = Result<Numbered, Refused>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.reader.read_record(&mut self.record) {
                Ok(true) => {}
                // The text is valid UTF-8 and in memory: nothing is left that can go wrong.
                Ok(false) | Err(_) => return None,
            }
            let (line, lines) = self.lines();
            if let Some(login) = self.columns.read(&self.record, lines).transpose() {
                return Some(match login {
                    Ok(login) => Ok(Numbered { line, login }),
                    Err(reason) => Err(Refused { line, reason }),
                });
            }
        }
    }
}

#[cfg(test)]
mod tests;
