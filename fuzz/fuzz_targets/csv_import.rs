//! CSV exports: every login is a page's and within bounds, lines count up, and what is written is read again.

#![no_main]

use lanyard_catalog::Origin;
use lanyard_import::{Login, Source, parse, write_csv};
use libfuzzer_sys::fuzz_target;
use secrecy::{ExposeSecret as _, SecretString};

fuzz_target!(|data: &[u8]| {
    let Ok(mut import) = parse(data) else { return };
    // `cxf` looks at these.
    if import.source() == Source::CredentialExchange {
        return;
    }
    let lines = data.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
    let (mut logins, mut last) = (Vec::new(), 1);
    while let Some(line) = import.next() {
        assert!(import.progress() <= 100);
        let at = match line {
            Ok(numbered) => {
                check(&numbered.login);
                logins.push(numbered.login);
                numbered.line
            }
            Err(refused) => refused.line,
        };
        assert!(at >= last && at <= lines, "line {at} after {last} of {lines}");
        last = at;
    }
    check_written(&logins);
});

fn check(login: &Login) {
    let origin = Origin::of_page(&login.login_url);
    assert!(origin.is_ok() || ends_with_a_dot(&login.login_url), "{}", login.login_url);
    assert!(login.name.chars().count() <= 200 && !login.name.contains(char::is_control));
    assert!(!login.password.expose_secret().is_empty());
    assert!(login.user_name.len() <= 4096 && login.password.expose_secret().len() <= 4096);
}

/// A host that the engine refuses later, in words.
fn ends_with_a_dot(url: &str) -> bool {
    url::Url::parse(url).is_ok_and(|url| url.host_str().is_some_and(|host| host.ends_with('.')))
}

fn check_written(logins: &[Login]) {
    if logins.is_empty() {
        return;
    }
    let mut written = Vec::new();
    write_csv(&mut written, logins).expect("memory can be written");
    let again: Vec<_> = parse(&written)
        .expect("what was written is read")
        .map(|line| line.map(|numbered| numbered.login).expect("each line of it is a login"))
        .collect();
    assert_eq!(again.len(), logins.len());
    for (one, other) in logins.iter().zip(&again) {
        assert!(parts(one) == parts(other));
    }
}

fn parts(login: &Login) -> [&str; 5] {
    [
        &login.login_url,
        &login.user_name,
        login.password.expose_secret(),
        text_of(login.one_time_code.as_ref()),
        text_of(login.notes.as_ref()),
    ]
}

fn text_of(secret: Option<&SecretString>) -> &str {
    secret.map_or("", |text| text.expose_secret())
}
