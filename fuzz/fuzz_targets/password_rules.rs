//! Rules of passwords: what is read can be met.

#![no_main]

use lanyard_catalog::PasswordRules;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(rules) = PasswordRules::parse(text) else { return };
    let (allowed, required) = (rules.allowed(), rules.required());
    assert!(allowed.len() >= 2 && allowed.iter().all(char::is_ascii_graphic));
    assert!(allowed.windows(2).all(|pair| pair[0] < pair[1]), "a character twice");
    assert!((1..=128).contains(&rules.length()) && required.len() <= rules.length());
    assert!(required.iter().all(|set| !set.is_empty() && set.iter().all(|letter| allowed.contains(letter))));
    assert!(rules.max_consecutive() != Some(0));
});
