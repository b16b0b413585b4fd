//! What was sealed is opened, once, in order and whole, or nothing is.

use proptest::prelude::*;

use super::*;
use crate::tests::{Two, open};

/// A side that says what it likes.
fn lawless(mut transport: Transport) -> Transport {
    transport.longest_sent = usize::MAX;
    transport
}

fn message(length: usize) -> Vec<u8> {
    (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect()
}

fn open_all(transport: &mut Transport, frames: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, Error> {
    let opened: Result<Vec<_>, _> = frames.iter().map(|frame| transport.open(frame)).collect();
    Ok(opened?.into_iter().flatten().map(|message| message.to_vec()).collect())
}

#[test]
fn messages_of_every_length_at_a_border_arrive() {
    let (mut companion, mut extension) = open();
    for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, MAX_FROM_COMPANION] {
        let frames = companion.seal(&message(length)).unwrap();
        assert_eq!(frames.len(), length.div_ceil(CHUNK).max(1));
        assert!(frames.iter().all(|frame| frame.len() <= LONGEST));
        assert_eq!(open_all(&mut extension, &frames).unwrap(), [message(length)], "length {length}");
    }
    let frames = extension.seal(&message(MAX_FROM_EXTENSION)).unwrap();
    assert_eq!(open_all(&mut companion, &frames).unwrap(), [message(MAX_FROM_EXTENSION)]);
}

#[test]
fn what_is_too_long_is_not_sent_and_the_channel_goes_on() {
    let (mut companion, mut extension) = open();
    assert_eq!(companion.seal(&message(MAX_FROM_COMPANION + 1)).err(), Some(Error::TooLong));
    assert_eq!(extension.seal(&message(MAX_FROM_EXTENSION + 1)).err(), Some(Error::TooLong));
    let frames = companion.seal(b"short").unwrap();
    assert_eq!(open_all(&mut extension, &frames).unwrap(), [b"short"]);
}

#[test]
fn what_is_too_long_is_not_received() {
    for (is_companion, longest) in [(true, MAX_FROM_COMPANION), (false, MAX_FROM_EXTENSION)] {
        let (companion, extension) = open();
        let (sends, mut hears) = if is_companion { (companion, extension) } else { (extension, companion) };
        let frames = lawless(sends).seal(&message(longest + 1)).unwrap();
        assert_eq!(open_all(&mut hears, &frames).err(), Some(Error::TooLong));
        assert_eq!(hears.seal(b"more").err(), Some(Error::Ended));
    }
}

#[test]
fn a_chunk_of_another_form_has_no_meaning() {
    for (header, length) in [(MORE, CHUNK - 1), (MORE, 0), (2, 5), (255, CHUNK)] {
        let (mut companion, mut extension) = open();
        let frame = companion.seal_chunk(header, &message(length)).unwrap();
        assert_eq!(extension.open(&frame).err(), Some(Error::Malformed), "{header} {length}");
    }
    let (mut companion, mut extension) = open();
    let full = companion.seal_chunk(MORE, &message(CHUNK)).unwrap();
    let empty = companion.seal_chunk(LAST, b"").unwrap();
    assert_eq!(open_all(&mut extension, &[full, empty]).err(), Some(Error::Malformed));
}

#[test]
fn frames_of_no_possible_length_are_not_opened() {
    for length in [0, 1, TAG, LONGEST + 1] {
        let (mut companion, _) = open();
        assert_eq!(companion.open(&vec![0; length]).err(), Some(Error::Length), "length {length}");
    }
    let (mut companion, mut extension) = open();
    let sealed = extension.noise.as_mut().map(|noise| {
        let mut sealed = vec![0; TAG];
        noise.write_message(&[], &mut sealed).unwrap();
        sealed
    });
    assert_eq!(companion.open(&sealed.unwrap()).err(), Some(Error::Length));
}

#[test]
fn a_side_does_not_open_its_own_frames_or_those_of_another_channel() {
    let (mut companion, mut extension) = open();
    let own = extension.seal(b"own").unwrap();
    assert_eq!(extension.open(&own[0]).err(), Some(Error::NotOurs));
    let mut two = Two::new();
    two.pair();
    let (_, another) = two.compare();
    let foreign = another.confirm().1.seal(b"foreign").unwrap();
    assert_eq!(companion.open(&foreign[0]).err(), Some(Error::NotOurs));
}

/// What somebody on the way does to frames.
#[derive(Debug, Clone)]
enum Tampering {
    Flip { frame: prop::sample::Index, bit: prop::sample::Index },
    Truncate { frame: prop::sample::Index, to: prop::sample::Index },
    Extend { frame: prop::sample::Index, with: Vec<u8> },
    Drop { frame: prop::sample::Index },
    Repeat { frame: prop::sample::Index },
    Swap { frame: prop::sample::Index },
}

impl Tampering {
    /// Alters the frames, and says which is the first that is not as it was.
    fn alter(&self, frames: &mut Vec<Vec<u8>>) -> usize {
        let count = frames.len();
        match self {
            Self::Flip { frame, bit } => {
                let at = frame.index(count);
                let bit = bit.index(frames[at].len() * 8);
                frames[at][bit / 8] ^= 1 << (bit % 8);
                at
            }
            Self::Truncate { frame, to } => {
                let at = frame.index(count);
                let to = to.index(frames[at].len());
                frames[at].truncate(to);
                at
            }
            Self::Extend { frame, with } => {
                frames[frame.index(count)].extend(with);
                frame.index(count)
            }
            Self::Drop { frame } => {
                // Losing the last is losing the channel: there is nothing that shows it.
                frames.remove(frame.index(count - 1));
                frame.index(count - 1)
            }
            Self::Repeat { frame } => {
                let at = frame.index(count);
                frames.insert(at + 1, frames[at].clone());
                at + 1
            }
            Self::Swap { frame } => {
                let at = frame.index(count - 1);
                frames.swap(at, at + 1);
                at
            }
        }
    }
}

fn a_tampering() -> impl Strategy<Value = Tampering> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        (index(), index()).prop_map(|(frame, bit)| Tampering::Flip { frame, bit }),
        (index(), index()).prop_map(|(frame, to)| Tampering::Truncate { frame, to }),
        (index(), prop::collection::vec(any::<u8>(), 1..40))
            .prop_map(|(frame, with)| Tampering::Extend { frame, with }),
        index().prop_map(|frame| Tampering::Drop { frame }),
        index().prop_map(|frame| Tampering::Repeat { frame }),
        index().prop_map(|frame| Tampering::Swap { frame }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn messages_arrive_as_they_were_sent(lengths in prop::collection::vec(0_usize..200_000, 1..4)) {
        let (mut companion, mut extension) = open();
        for length in lengths {
            let frames = companion.seal(&message(length)).unwrap();
            prop_assert_eq!(open_all(&mut extension, &frames).unwrap(), [message(length)]);
        }
    }

    #[test]
    fn what_was_tampered_with_is_refused_and_ends_the_channel(
        lengths in prop::collection::vec(0_usize..140_000, 2..4),
        tampering in a_tampering(),
    ) {
        let (mut companion, mut extension) = open();
        let mut frames: Vec<_> =
            lengths.iter().flat_map(|length| companion.seal(&message(*length)).unwrap()).collect();
        let first = tampering.alter(&mut frames);
        prop_assert!(open_all(&mut extension, &frames[..first]).is_ok());
        let refused = extension.open(&frames[first]).err();
        prop_assert!(matches!(refused, Some(Error::NotOurs | Error::Length)), "{refused:?}");
        let (_, rest) = frames.split_at(first + 1);
        prop_assert!(rest.iter().all(|frame| extension.open(frame).err() == Some(Error::Ended)));
    }
}
