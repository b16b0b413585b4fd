//! Frames: a little-endian `u32` length and that many bytes.
//!
//! Browsers use native byte order for native messaging; every system Lanyard is built for is little-endian. The same
//! frames travel on stdio and on sockets, so the native host copies them without looking inside.

use std::io::{self, Read, Write};

use serde::Serialize;
use zeroize::Zeroizing;

/// Bytes in front of every frame.
pub const HEADER: usize = 4;

/// Why a stream of frames cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// A header announced more than is allowed; nothing of the frame was read.
    #[error("a message of {length} bytes is larger than the {limit} that are allowed")]
    TooLarge {
        /// Announced length.
        length: usize,
        /// Allowed length.
        limit: usize,
    },
    /// The stream ended inside a frame.
    #[error("the connection ended in the middle of a message")]
    Truncated,
    /// Reading or writing failed.
    #[error("cannot read or write a message")]
    Io(#[from] io::Error),
}

/// Turns pieces of a stream, cut anywhere, into frames.
///
/// ```
/// use lanyard_protocol::framing::Frames;
///
/// let mut frames = Frames::new(1024);
/// frames.push(&[2, 0, 0]);
/// assert!(frames.next_frame().unwrap().is_none());
/// frames.push(&[0, b'{', b'}']);
/// assert_eq!(frames.next_frame().unwrap().unwrap().as_slice(), b"{}");
/// ```
pub struct Frames {
    buffer: Zeroizing<Vec<u8>>,
    limit: usize,
}

impl Frames {
    /// Frames of at most `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Self { buffer: Zeroizing::new(Vec::new()), limit }
    }

    /// From here on frames of at most `limit` bytes.
    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    /// Adds the next piece of the stream.
    pub fn push(&mut self, piece: &[u8]) {
        if self.buffer.capacity() - self.buffer.len() < piece.len() {
            // Growing in place would leave a copy of the old contents behind in freed memory.
            let mut grown =
                Zeroizing::new(Vec::with_capacity((self.buffer.len() + piece.len()).next_power_of_two()));
            grown.extend_from_slice(&self.buffer);
            self.buffer = grown;
        }
        self.buffer.extend_from_slice(piece);
    }

    /// Takes the next whole frame, where there is one.
    pub fn next_frame(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, FrameError> {
        let Some(header) = self.buffer.first_chunk::<HEADER>() else { return Ok(None) };
        let length = parse_header(*header, self.limit)?;
        let Some(body) = self.buffer.get(HEADER..HEADER + length) else { return Ok(None) };
        let frame = Zeroizing::new(body.to_vec());
        let rest = Zeroizing::new(self.buffer[HEADER + length..].to_vec());
        self.buffer = rest;
        Ok(Some(frame))
    }

    /// Says whether the stream may end here.
    pub fn end(&self) -> Result<(), FrameError> {
        if self.buffer.is_empty() { Ok(()) } else { Err(FrameError::Truncated) }
    }
}

/// Reads one frame; `None` when the stream ends before it.
pub fn read_frame(stream: &mut impl Read, limit: usize) -> Result<Option<Zeroizing<Vec<u8>>>, FrameError> {
    let mut header = [0; HEADER];
    let mut filled = 0;
    while filled < HEADER {
        match stream.read(&mut header[filled..]) {
            Ok(0) if filled == 0 => return Ok(None),
            Ok(0) => return Err(FrameError::Truncated),
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    let mut frame = Zeroizing::new(vec![0; parse_header(header, limit)?]);
    stream.read_exact(&mut frame).map_err(|error| {
        let ended = error.kind() == io::ErrorKind::UnexpectedEof;
        if ended { FrameError::Truncated } else { FrameError::Io(error) }
    })?;
    Ok(Some(frame))
}

/// Writes one frame.
pub fn write_frame(stream: &mut impl Write, frame: &[u8]) -> Result<(), FrameError> {
    stream.write_all(&with_header(frame)?)?;
    stream.flush()?;
    Ok(())
}

/// A frame with its header, in one buffer that is wiped when it is dropped.
pub fn with_header(frame: &[u8]) -> Result<Zeroizing<Vec<u8>>, FrameError> {
    let header = u32::try_from(frame.len())
        .map_err(|_| FrameError::TooLarge { length: frame.len(), limit: u32::MAX as usize })?;
    let mut bytes = Zeroizing::new(Vec::with_capacity(HEADER + frame.len()));
    bytes.extend_from_slice(&header.to_le_bytes());
    bytes.extend_from_slice(frame);
    Ok(bytes)
}

/// A message as a frame, header included, in one buffer that is wiped when it is dropped.
///
/// # Panics
///
/// Never: every message of this crate is plain data with string keys.
pub fn encode(message: &impl Serialize) -> Zeroizing<Vec<u8>> {
    let length = length_of(message);
    let mut bytes = Zeroizing::new(Vec::with_capacity(HEADER + length));
    let header = u32::try_from(length).expect("messages are smaller than 4 GiB");
    bytes.extend_from_slice(&header.to_le_bytes());
    serde_json::to_writer(&mut *bytes, message).expect("messages are plain data");
    bytes
}

/// A message without a header, as it is sealed; in one buffer that is wiped when it is dropped.
///
/// # Panics
///
/// Never, as [`encode`].
pub fn encode_body(message: &impl Serialize) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(length_of(message)));
    serde_json::to_writer(&mut *bytes, message).expect("messages are plain data");
    bytes
}

/// One pass to learn the length, so that the buffer never grows and leaves copies behind.
fn length_of(message: &impl Serialize) -> usize {
    let mut length = Counter(0);
    serde_json::to_writer(&mut length, message).expect("messages are plain data");
    length.0
}

/// The length in a header, if it is allowed.
pub fn parse_header(header: [u8; HEADER], limit: usize) -> Result<usize, FrameError> {
    let length = u32::from_le_bytes(header) as usize;
    if length > limit { Err(FrameError::TooLarge { length, limit }) } else { Ok(length) }
}

struct Counter(usize);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_stream_that_ends_between_frames_has_ended() {
        assert!(read_frame(&mut &[][..], 10).unwrap().is_none());
    }

    #[test]
    fn half_a_header_and_half_a_body_are_truncated() {
        assert!(matches!(read_frame(&mut &[1, 0][..], 10), Err(FrameError::Truncated)));
        assert!(matches!(read_frame(&mut &[3, 0, 0, 0, b'x'][..], 10), Err(FrameError::Truncated)));
    }

    #[test]
    fn a_frame_at_the_limit_passes_and_one_above_is_refused_unread() {
        assert!(read_frame(&mut &[2, 0, 0, 0, b'{', b'}'][..], 2).unwrap().is_some());
        assert!(matches!(
            read_frame(&mut &[3, 0, 0, 0][..], 2),
            Err(FrameError::TooLarge { length: 3, limit: 2 })
        ));
    }

    #[test]
    fn a_huge_length_allocates_nothing() {
        assert!(matches!(read_frame(&mut &[0xff; 8][..], 64), Err(FrameError::TooLarge { .. })));
    }

    proptest! {
        #[test]
        fn frames_come_out_as_they_went_in_however_the_stream_is_cut(
            bodies in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..200), 0..8),
            cut in 1_usize..50,
        ) {
            let mut stream = Vec::new();
            for body in &bodies {
                write_frame(&mut stream, body).unwrap();
            }
            let mut frames = Frames::new(200);
            let mut seen = Vec::new();
            for piece in stream.chunks(cut) {
                frames.push(piece);
                while let Some(frame) = frames.next_frame().unwrap() {
                    seen.push(frame.to_vec());
                }
            }
            prop_assert_eq!(seen, bodies);
            prop_assert!(frames.end().is_ok());
        }
    }
}
