//! From bytes to text, whatever program wrote them.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use zeroize::Zeroizing;

use crate::FileError;

/// A mark at the beginning names the encoding (UTF-8, UTF-16); without one it is UTF-8, else what Windows called ANSI.
pub(crate) fn decode(bytes: &[u8]) -> Result<Zeroizing<String>, FileError> {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => (encoding, &bytes[mark..]),
        None => (UTF_8, bytes),
    };
    let decode = |encoding: &'static Encoding| {
        encoding
            .decode_without_bom_handling_and_without_replacement(bytes)
            .map(|text| Zeroizing::new(text.into_owned()))
    };
    let text = decode(encoding).or_else(|| decode(WINDOWS_1252)).ok_or(FileError::NotText)?;
    // No text has these; a database and an archive do.
    if text.contains('\0') { Err(FileError::NotText) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let mark = std::iter::once(0xFEFF);
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        mark.chain(text.encode_utf16()).flat_map(bytes).collect()
    }

    #[test]
    fn text_is_read_in_the_encodings_that_programs_write() {
        for bytes in [
            "Müller,ß".as_bytes().to_vec(),
            "\u{feff}Müller,ß".as_bytes().to_vec(),
            utf16("Müller,ß", false),
            utf16("Müller,ß", true),
            b"M\xfcller,\xdf".to_vec(),
        ] {
            assert_eq!(decode(&bytes).unwrap().as_str(), "Müller,ß");
        }
    }

    #[test]
    fn what_is_not_text_is_refused() {
        assert_eq!(decode(b"SQLite format 3\0\x10").err(), Some(FileError::NotText));
        assert_eq!(decode(&[0xFF, 0xFE, 0x00, 0xD8]).err(), Some(FileError::NotText));
    }
}
