//! Frames, however the stream is cut: both readers agree, nothing above the limit comes out, and what comes out is written
//! as it came in.

#![no_main]

use lanyard_protocol::framing::{FrameError, Frames, HEADER, read_frame, write_frame};
use libfuzzer_sys::fuzz_target;

const LIMIT: usize = 300;

fuzz_target!(|data: &[u8]| {
    let Some((cut, stream)) = data.split_first() else { return };
    let (pieces, pieces_end) = in_pieces(stream, usize::from(*cut).max(1));
    let (whole, whole_end) = at_once(stream);
    assert_eq!(pieces, whole);
    assert_eq!(pieces_end, whole_end);
    let mut written = Vec::new();
    for frame in &whole {
        assert!(frame.len() <= LIMIT);
        write_frame(&mut written, frame).expect("memory can be written");
    }
    assert!(stream.starts_with(&written));
    assert_eq!(written.len(), whole.iter().map(|frame| HEADER + frame.len()).sum::<usize>());
});

/// How a stream ended.
#[derive(Debug, PartialEq, Eq)]
enum End {
    Between,
    Inside,
    TooLarge,
}

fn in_pieces(stream: &[u8], cut: usize) -> (Vec<Vec<u8>>, End) {
    let (mut frames, mut seen) = (Frames::new(LIMIT), Vec::new());
    for piece in stream.chunks(cut) {
        frames.push(piece);
        loop {
            match frames.next_frame() {
                Ok(Some(frame)) => seen.push(frame.to_vec()),
                Ok(None) => break,
                Err(error) => return (seen, end(&error)),
            }
        }
    }
    let end = frames.end().map_or_else(|error| end(&error), |()| End::Between);
    (seen, end)
}

fn at_once(mut stream: &[u8]) -> (Vec<Vec<u8>>, End) {
    let mut seen = Vec::new();
    loop {
        match read_frame(&mut stream, LIMIT) {
            Ok(Some(frame)) => seen.push(frame.to_vec()),
            Ok(None) => return (seen, End::Between),
            Err(error) => return (seen, end(&error)),
        }
    }
}

fn end(error: &FrameError) -> End {
    match error {
        FrameError::TooLarge { .. } => End::TooLarge,
        FrameError::Truncated => End::Inside,
        FrameError::Io(error) => panic!("memory can be read: {error}"),
    }
}
