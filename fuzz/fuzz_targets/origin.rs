//! Addresses and origins: an origin is read as itself alone, is the one browsers compute, and its host is the one they show.

#![no_main]

use lanyard_catalog::Origin;
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|text: &str| {
    if let Ok(origin) = Origin::parse(text) {
        assert_eq!(origin.as_str(), text, "two spellings of one origin");
    }
    let Ok(origin) = Origin::of_page(text) else { return };
    let url = Url::parse(text).expect("a page has an address");
    assert_eq!(origin.as_str(), url.origin().ascii_serialization());
    assert_eq!(Some(origin.host()), url.host_str());
    assert_eq!(Origin::parse(origin.as_str()).as_ref(), Ok(&origin));
    assert!(origin.as_str().is_ascii() && !origin.as_str().contains(['@', '\\', '%', ' ', '?', '#']));
    assert!(!origin.host().ends_with('.') && !origin.host().is_empty());
    assert_eq!(Origin::of_page(&format!("{origin}/x?y#z")).as_ref(), Ok(&origin));
    for elsewhere in [format!("{origin}.evil.example"), format!("https://evil.example/{origin}")] {
        let is_evil = origin.host().ends_with("evil.example");
        assert!(is_evil || Origin::of_page(&elsewhere).as_ref() != Ok(&origin), "{elsewhere}");
    }
    assert!(!origin.is_trustworthy() || origin.as_str().starts_with("https://") || is_local(&url));
});

fn is_local(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") || host == "[::1]"
}
