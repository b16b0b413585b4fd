//! What both sides must agree on before the first message, without sending it here: the Noise prologue.
//!
//! ```text
//! number of versions (1 byte) ‖ each version (2 bytes) ‖ length of the origin (2 bytes) ‖ the origin (UTF-8)
//! ```
//!
//! Numbers are big-endian. The extension puts in the versions that it offers, newest first, and its own origin; the
//! companion the versions that it was offered, and the origin that the browser named. Where these differ, somebody has
//! taken a version out or calls himself by another's name, and the handshake fails.

use crate::Error;

const MOST_VERSIONS: usize = u8::MAX as usize;
const LONGEST_ORIGIN: usize = 255;

/// Offered versions and the extension's origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prologue(Vec<u8>);

impl Prologue {
    /// `origin` as pairings are bound to it: `chrome-extension://…/` or `moz-extension:…`.
    pub fn new(versions: &[u16], origin: &str) -> Result<Self, Error> {
        let fits = !versions.is_empty() && versions.len() <= MOST_VERSIONS;
        if !fits || origin.is_empty() || origin.len() > LONGEST_ORIGIN {
            return Err(Error::Prologue);
        }
        let mut bytes = vec![u8::try_from(versions.len()).map_err(|_| Error::Prologue)?];
        bytes.extend(versions.iter().flat_map(|version| version.to_be_bytes()));
        bytes.extend(u16::try_from(origin.len()).map_err(|_| Error::Prologue)?.to_be_bytes());
        bytes.extend(origin.as_bytes());
        Ok(Self(bytes))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_written_as_documented() {
        let prologue = Prologue::new(&[3, 258], "moz-extension:a").unwrap();
        assert_eq!(prologue.as_bytes(), b"\x02\x00\x03\x01\x02\x00\x0fmoz-extension:a");
    }

    #[test]
    fn no_versions_no_origin_and_too_much_of_either_are_refused() {
        let all = vec![1; 255];
        assert!(Prologue::new(&all, &"o".repeat(255)).is_ok());
        assert_eq!(Prologue::new(&[all, vec![1]].concat(), "o").err(), Some(Error::Prologue));
        assert_eq!(Prologue::new(&[1], &"o".repeat(256)).err(), Some(Error::Prologue));
        assert_eq!(Prologue::new(&[], "o").err(), Some(Error::Prologue));
        assert_eq!(Prologue::new(&[1], "").err(), Some(Error::Prologue));
    }
}
