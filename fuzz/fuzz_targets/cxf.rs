//! Credential Exchange files: every login is a page's and within bounds, items count up, and each of them is taken or told.

#![no_main]

use lanyard_catalog::Origin;
use lanyard_import::{Login, Source, parse};
use libfuzzer_sys::fuzz_target;
use secrecy::{ExposeSecret as _, SecretString};

fuzz_target!(|data: &[u8]| {
    let Ok(mut import) = parse(data) else { return };
    if import.source() != Source::CredentialExchange {
        return;
    }
    let mut last = 0;
    while let Some(found) = import.next() {
        assert!(import.progress() <= 100);
        let at = match found {
            Ok(numbered) => {
                check(&numbered.login);
                numbered.line
            }
            Err(refused) => {
                assert!(!refused.reason.to_string().is_empty());
                refused.line
            }
        };
        assert!(at == last || at == last + 1, "item {at} after {last}");
        last = at;
    }
    assert_eq!(import.progress(), if last == 0 { 0 } else { 100 });
});

fn check(login: &Login) {
    let origin = Origin::of_page(&login.login_url);
    assert!(origin.is_ok() || ends_with_a_dot(&login.login_url), "{}", login.login_url);
    assert!(login.name.chars().count() <= 200 && !login.name.contains(char::is_control));
    assert!(!login.password.expose_secret().is_empty());
    assert!(login.user_name.len() <= 4096 && login.password.expose_secret().len() <= 4096);
    assert!(length(login.notes.as_ref()) <= 16 * 1024);
    // An address says a byte of the key in three, and names issuer and account besides.
    assert!(length(login.one_time_code.as_ref()) <= 3 * 4096 + 8192);
}

fn length(secret: Option<&SecretString>) -> usize {
    secret.map_or(0, |text| text.expose_secret().len())
}

/// A host that the engine refuses later, in words.
fn ends_with_a_dot(url: &str) -> bool {
    url::Url::parse(url).is_ok_and(|url| url.host_str().is_some_and(|host| host.ends_with('.')))
}
