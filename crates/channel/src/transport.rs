//! Whole messages over a channel, in as many Noise messages as they need.
//!
//! What a Noise message carries is a chunk, one byte and data:
//!
//! ```text
//! 0 ‖ 65,518 bytes        more follows: a chunk that is not the last is full
//! 1 ‖ 0 to 65,518 bytes   the last of its message: empty only where the message is
//! ```
//!
//! So each message has one form, and its length is counted on what was decrypted. Noise numbers its messages, and the
//! number is under the seal: none can be left out, repeated or moved. After the first that is not right nothing more is
//! opened or sealed.

use snow::TransportState;
use zeroize::Zeroizing;

use crate::Error;
use crate::noise::{LONGEST, TAG};

/// The longest message of an extension.
pub const MAX_FROM_EXTENSION: usize = 64 * 1024;
/// The longest message of the companion: its base64 is within the 1 MiB that a browser accepts.
pub const MAX_FROM_COMPANION: usize = 700 * 1024;

const MORE: u8 = 0;
const LAST: u8 = 1;
const HEADER: usize = 1;
pub(crate) const CHUNK: usize = LONGEST - TAG - HEADER;

/// A channel that is open. Dropping it ends it.
pub struct Transport {
    noise: Option<TransportState>,
    longest_sent: usize,
    longest_received: usize,
    received: Zeroizing<Vec<u8>>,
}

impl Transport {
    pub(crate) fn of_companion(noise: TransportState) -> Self {
        Self::new(noise, MAX_FROM_COMPANION, MAX_FROM_EXTENSION)
    }

    pub(crate) fn of_extension(noise: TransportState) -> Self {
        Self::new(noise, MAX_FROM_EXTENSION, MAX_FROM_COMPANION)
    }

    fn new(noise: TransportState, longest_sent: usize, longest_received: usize) -> Self {
        Self { noise: Some(noise), longest_sent, longest_received, received: Zeroizing::default() }
    }

    /// The Noise messages that carry a message, to be sent in this order with nothing in between.
    pub fn seal(&mut self, message: &[u8]) -> Result<Vec<Vec<u8>>, Error> {
        if message.len() > self.longest_sent {
            return Err(Error::TooLong);
        }
        let (full, last) = split(message);
        let mut sealed = Vec::with_capacity(full.len() + 1);
        for data in full {
            sealed.push(self.seal_chunk(MORE, data)?);
        }
        sealed.push(self.seal_chunk(LAST, last)?);
        Ok(sealed)
    }

    /// Opens the next Noise message: the message of which it is the last, or none yet.
    pub fn open(&mut self, sealed: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        let opened = self.open_chunk(sealed);
        if opened.is_err() {
            self.noise = None;
            self.received = Zeroizing::default();
        }
        opened
    }

    /// The one Noise message of a short message.
    pub(crate) fn seal_short(&mut self, message: &[u8]) -> Result<Vec<u8>, Error> {
        self.seal_chunk(LAST, message)
    }

    /// The short message of one Noise message.
    pub(crate) fn open_short(&mut self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        self.open(sealed)?.ok_or(Error::Malformed)
    }

    fn seal_chunk(&mut self, header: u8, data: &[u8]) -> Result<Vec<u8>, Error> {
        let noise = self.noise.as_mut().ok_or(Error::Ended)?;
        let mut plain = Zeroizing::new(Vec::with_capacity(HEADER + data.len()));
        plain.push(header);
        plain.extend_from_slice(data);
        let mut sealed = vec![0; plain.len() + TAG];
        // Noise gives out no number twice; at 2^64 messages it refuses.
        noise.write_message(&plain, &mut sealed).map_err(|_| Error::Ended)?;
        Ok(sealed)
    }

    fn open_chunk(&mut self, sealed: &[u8]) -> Result<Option<Zeroizing<Vec<u8>>>, Error> {
        let noise = self.noise.as_mut().ok_or(Error::Ended)?;
        if !(HEADER + TAG..=LONGEST).contains(&sealed.len()) {
            return Err(Error::Length);
        }
        let mut plain = Zeroizing::new(vec![0; sealed.len()]);
        let length = noise.read_message(sealed, &mut plain).map_err(|_| Error::NotOurs)?;
        match plain[..length].split_first() {
            Some((&MORE, data)) if data.len() == CHUNK => self.receive(data).map(|()| None),
            Some((&LAST, data)) if !data.is_empty() || self.received.is_empty() => {
                self.receive(data)?;
                Ok(Some(std::mem::take(&mut self.received)))
            }
            Some(_) | None => Err(Error::Malformed),
        }
    }

    fn receive(&mut self, data: &[u8]) -> Result<(), Error> {
        let length = self.received.len() + data.len();
        if length > self.longest_received {
            return Err(Error::TooLong);
        }
        if length > self.received.capacity() {
            // A growing buffer leaves what it held behind, so it grows at most once.
            let room = if data.len() == CHUNK { self.longest_received } else { length };
            let mut larger = Zeroizing::new(Vec::with_capacity(room));
            larger.extend_from_slice(&self.received);
            self.received = larger;
        }
        self.received.extend_from_slice(data);
        Ok(())
    }
}

/// Full chunks, and what is left for the last.
fn split(message: &[u8]) -> (Vec<&[u8]>, &[u8]) {
    let mut chunks: Vec<&[u8]> = message.chunks(CHUNK).collect();
    let last = chunks.pop().unwrap_or_default();
    (chunks, last)
}

#[cfg(test)]
mod tests;
