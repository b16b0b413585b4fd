//! Selectors: short, without control characters, balanced, and read again as they are; a parameter's name never ends its
//! quotes.

#![no_main]

use lanyard_catalog::Selector;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(selector) = Selector::parse(text) {
        let text = selector.as_str();
        assert!(!text.is_empty() && text.chars().count() <= 300 && !text.contains(char::is_control));
        assert_eq!(text, text.trim());
        assert_eq!(Selector::parse(text).as_ref(), Ok(&selector));
    }
    if let Ok(selector) = Selector::parse_parameter(text) {
        let inner = selector.as_str().strip_prefix("[name=\"").and_then(|rest| rest.strip_suffix("\"]"));
        let mut letters = inner.expect("it is an attribute selector").chars();
        while let Some(letter) = letters.next() {
            assert_ne!(letter, '"', "the name ends its quotes");
            assert!(letter != '\\' || letters.next().is_some(), "the name takes the quote that ends it");
        }
    }
});
