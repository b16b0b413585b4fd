//! Device authorization answers: a code that can be shown, pages that a browser may be sent to, and a wait that ends.

#![no_main]

use lanyard_identity::fuzzing::{LONGEST_WAIT, device};
use libfuzzer_sys::fuzz_target;
use url::Url;

fuzz_target!(|data: &[u8]| {
    let (status, body) = match data.split_first() {
        Some((b'!', body)) => (400, body),
        _ => (200, data),
    };
    let Some(sign_in) = device(status, body) else { return };
    assert_eq!(status, 200, "an error is no code");
    assert!(!sign_in.user_code.is_empty() && !sign_in.user_code.contains(char::is_control));
    assert!(sign_in.expires_in <= LONGEST_WAIT);
    for page in std::iter::once(&sign_in.verification_uri).chain(&sign_in.verification_uri_complete) {
        let page = Url::parse(page).expect("a page has an address");
        let local = matches!(page.host_str(), Some("localhost" | "[::1]"))
            || page.host_str().is_some_and(|host| host.starts_with("127."));
        assert!(page.scheme() == "https" || (page.scheme() == "http" && local), "{page}");
        assert!(page.username().is_empty() && page.password().is_none(), "{page}");
    }
});
