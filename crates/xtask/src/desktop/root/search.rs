//! Looks for bytes in the memory of a process.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;

/// Memory is read in pieces of this size.
const PIECE: usize = 1024 * 1024;

/// `PID HEX…` of a program of this user: how often each is there, with a blank between.
pub(super) fn search(line: &str, user: u32) -> Option<String> {
    let mut words = line.split(' ');
    let pid: u32 = words.next()?.parse().ok()?;
    let needles = words.map(parse_hex).collect::<Option<Vec<_>>>().filter(|needles| !needles.is_empty())?;
    if user_of(pid)? != user {
        return None;
    }
    let counts = counts(pid, &needles)?;
    Some(counts.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
}

pub(super) fn parse_hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pairs = text.as_bytes().chunks(2).map(|pair| match pair {
        [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
        _ => None,
    });
    pairs.collect::<Option<Vec<_>>>().filter(|bytes| !bytes.is_empty())
}

fn user_of(pid: u32) -> Option<u32> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("Uid:"))?.split_whitespace().next()?.parse().ok()
}

fn counts(pid: u32, needles: &[Vec<u8>]) -> Option<Vec<usize>> {
    let memory = File::open(format!("/proc/{pid}/mem")).ok()?;
    let maps = fs::read_to_string(format!("/proc/{pid}/maps")).ok()?;
    let mut counts = vec![0; needles.len()];
    for (from, to) in maps.lines().filter_map(readable) {
        let overlap = needles.iter().map(Vec::len).max()?.saturating_sub(1) as u64;
        let mut at = from;
        while at < to {
            let mut piece = vec![0; PIECE.min(usize::try_from(to - at).ok()?)];
            // What cannot be read is the kernel's, or gone by now.
            let Ok(count @ 1..) = memory.read_at(&mut piece, at) else { break };
            piece.truncate(count);
            let next = at + count as u64;
            // What lies across two pieces is seen whole in the second.
            let new =
                if next < to { count.saturating_sub(usize::try_from(overlap).ok()?).max(1) } else { count };
            add_found(&piece, new, needles, &mut counts);
            at += new as u64;
        }
    }
    Some(counts)
}

/// Counts what begins in the first `new` bytes.
fn add_found(piece: &[u8], new: usize, needles: &[Vec<u8>], counts: &mut [usize]) {
    let mut by_first: [Vec<usize>; 256] = std::array::from_fn(|_| Vec::new());
    for (index, needle) in needles.iter().enumerate() {
        by_first[usize::from(needle[0])].push(index);
    }
    for (at, byte) in piece[..new].iter().enumerate() {
        for index in &by_first[usize::from(*byte)] {
            counts[*index] += usize::from(piece[at..].starts_with(&needles[*index]));
        }
    }
}

fn readable(line: &str) -> Option<(u64, u64)> {
    let (range, rest) = line.split_once(' ')?;
    let (from, to) = range.split_once('-')?;
    let number = |text| u64::from_str_radix(text, 16).ok();
    rest.starts_with('r').then_some((number(from)?, number(to)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_found_however_the_memory_is_cut() {
        let needles = vec![b"needle".to_vec(), b"absent".to_vec()];
        let mut counts = vec![0; 2];
        add_found(b"needle needlneedle", 18, &needles, &mut counts);
        assert_eq!(counts, [2, 0]);
        let mut counts = vec![0; 2];
        add_found(b"needle needle", 7, &needles, &mut counts);
        assert_eq!(counts, [1, 0]);
    }

    #[test]
    fn this_process_has_what_it_holds() {
        let mut held = vec![0; 3 * PIECE];
        let needle: Vec<u8> = (0..24).map(|byte: u8| byte.wrapping_mul(37) ^ 0x5a).collect();
        for at in [0, PIECE - 7, 2 * PIECE + 11] {
            held[at..at + needle.len()].copy_from_slice(&needle);
        }
        let found = counts(std::process::id(), std::slice::from_ref(&needle)).unwrap();
        assert!(found[0] >= 4, "three in there and the needle: {found:?}");
        assert!(held.len() > needle.len());
    }

    #[test]
    fn only_hex_is_hex() {
        assert_eq!(parse_hex("00ff7A"), Some(vec![0, 255, 0x7a]));
        for text in ["", "0", "0g", "+1", "é"] {
            assert_eq!(parse_hex(text), None, "{text}");
        }
    }

    #[test]
    fn memory_that_may_not_be_read_is_left_out() {
        assert_eq!(readable("7f00-7f10 r--p 00000000 00:00 0 [x]"), Some((0x7f00, 0x7f10)));
        assert_eq!(readable("7f00-7f10 ---p 00000000 00:00 0"), None);
    }
}
