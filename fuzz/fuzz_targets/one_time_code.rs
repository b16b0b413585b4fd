//! Seeds of one-time codes, `otpauth` addresses and bare keys: a code has six to eight digits and ends after its moment.

#![no_main]

use lanyard_broker::fuzzing::one_time_code;
use libfuzzer_sys::fuzz_target;

const NOW: u64 = 1_700_000_000_000;

fuzz_target!(|text: &str| {
    let Some((code, ends_at)) = one_time_code(text, NOW) else { return };
    assert!((6..=8).contains(&code.len()) && code.bytes().all(|digit| digit.is_ascii_digit()), "{code}");
    assert!(ends_at > NOW && ends_at <= NOW + 300_000, "{ends_at}");
    assert_eq!(one_time_code(text, ends_at - 1), Some((code, ends_at)), "it ends early");
});
