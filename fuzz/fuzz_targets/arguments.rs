//! Arguments of `lanyard`: whatever is typed is understood or refused in words.

#![no_main]

use clap::Parser as _;
use libfuzzer_sys::fuzz_target;

#[allow(dead_code, reason = "what is understood is not carried out here")]
#[path = "../../crates/cli/src/arguments.rs"]
mod arguments;

fuzz_target!(|text: &str| {
    let words = std::iter::once("lanyard").chain(text.split('\n'));
    match arguments::Arguments::try_parse_from(words) {
        Ok(_) => {}
        Err(error) => assert!(!error.to_string().is_empty() && matches!(error.exit_code(), 0 | 2)),
    }
});
