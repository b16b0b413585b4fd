//! A CSV file, line by line.

use std::io;

use zeroize::Zeroizing;

use crate::columns::{self, Columns};
use crate::{FileError, Numbered, Refused, Source};

/// The logins of a CSV file, one after the other.
pub(crate) struct Lines {
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
pub(crate) fn parse(text: Zeroizing<String>) -> Result<(Source, Lines), FileError> {
    let delimiter = columns::delimiter_of(text.trim_start_matches(['\r', '\n']));
    let size = text.len() as u64;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(io::Cursor::new(Text(text)));
    let header = reader.headers().map_err(|_| FileError::Unknown)?;
    let (source, columns) = columns::find(header).ok_or(FileError::Unknown)?;
    Ok((source, Lines { columns, reader, record: csv::StringRecord::new(), size, counted: 0, line: 1 }))
}

impl Lines {
    /// How much of the file was read, in hundredths.
    pub(crate) fn progress(&self) -> u8 {
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

impl Iterator for Lines {
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
