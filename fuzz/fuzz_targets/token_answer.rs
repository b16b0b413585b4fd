//! Answers of the token endpoint: an error gives no tokens, a success is no reason to go on polling, no life is endless.

#![no_main]

use lanyard_identity::fuzzing::tokens;
use libfuzzer_sys::fuzz_target;

/// A year and a day.
const LONGEST: u64 = 366 * 24 * 3600;

fuzz_target!(|data: &[u8]| {
    let (status, body) = match data.split_first() {
        Some((b'!', body)) => (400, body),
        _ => (200, data),
    };
    match tokens(status, body) {
        Ok(tokens) => {
            assert_eq!(status, 200, "an error gave tokens");
            assert!(tokens.lifetime <= LONGEST);
        }
        Err(goes_on) => assert!(!goes_on || status != 200, "a success that has no tokens is an end"),
    }
});
