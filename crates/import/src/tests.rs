use std::fmt::Write as _;

use proptest::prelude::*;
use secrecy::ExposeSecret as _;

use super::*;

/// A login as text, to compare.
type Plain = (String, String, String, String, Option<String>, Option<String>);

fn plain(login: &Login) -> Plain {
    let secret = |secret: &Option<secrecy::SecretString>| {
        secret.as_ref().map(|secret| secret.expose_secret().to_owned())
    };
    (
        login.name.clone(),
        login.login_url.clone(),
        login.user_name.clone(),
        login.password.expose_secret().to_owned(),
        secret(&login.one_time_code),
        secret(&login.notes),
    )
}

fn read(bytes: &[u8]) -> (Source, Vec<Plain>, Vec<(u64, Reason)>) {
    let import = parse(bytes).unwrap();
    let source = import.source();
    let (mut logins, mut refused) = (Vec::new(), Vec::new());
    for login in import {
        match login {
            Ok(numbered) => logins.push(plain(&numbered.login)),
            Err(Refused { line, reason }) => refused.push((line, reason)),
        }
    }
    (source, logins, refused)
}

#[expect(clippy::unnecessary_wraps, reason = "as the fields have it")]
fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn chrome() {
    let (source, logins, refused) = read(include_bytes!("../tests/examples/chrome.csv"));
    assert_eq!(source, Source::Chrome);
    let (payroll, wiki) = (&logins[0], &logins[1]);
    assert_eq!((payroll.0.as_str(), payroll.3.as_str()), ("payroll.example", "s3cret"));
    assert_eq!(wiki.3, "pass,word \"quoted\"");
    assert_eq!(wiki.5, text("two\nlines"));
    assert_eq!(refused, [(5, Reason::NotAWebPage), (6, Reason::NoPassword)]);
}

#[test]
fn firefox() {
    let (source, logins, refused) = read(include_bytes!("../tests/examples/firefox.csv"));
    assert_eq!(source, Source::Firefox);
    assert_eq!(logins.len(), 1);
    assert_eq!(logins[0].0, "payroll.example");
    assert_eq!(refused, [(3, Reason::BrowserDialog), (4, Reason::NotAWebPage)]);
}

#[test]
fn bitwarden() {
    let (source, logins, refused) = read(include_bytes!("../tests/examples/bitwarden.csv"));
    assert_eq!(source, Source::Bitwarden);
    assert_eq!(logins[0].1, "https://payroll.example/login");
    assert_eq!(logins[0].4, text("otpauth://totp/Payroll:alice?secret=GEZDGNBVGY3TQOJQ"));
    assert_eq!(logins[0].5, text("PUK 1234"));
    assert_eq!(refused, [(3, Reason::NotALogin)]);
}

#[test]
fn keepassxc() {
    let (source, logins, refused) = read(include_bytes!("../tests/examples/keepassxc.csv"));
    assert_eq!(source, Source::KeePassXc);
    assert_eq!(logins[0].1, "https://payroll.example:8443/login");
    assert_eq!(logins[0].4, text("GEZDGNBVGY3TQOJQ"));
    assert_eq!(refused, [(3, Reason::NoAddress)]);
}

#[test]
fn columns_are_found_by_name_in_any_order_with_other_delimiters_and_line_ends() {
    let file = "\u{feff}Password;URL;UserName;Name\r\ns3cret;https://a.example/;alice;A\r\n\r\n";
    let (_, logins, refused) = read(file.as_bytes());
    assert_eq!((logins[0].0.as_str(), logins[0].3.as_str(), refused.len()), ("A", "s3cret", 0));
    let tabs = "name\turl\tusername\tpassword\nA\thttps://a.example/\talice\ts3;c,ret\n";
    assert_eq!(read(tabs.as_bytes()).1[0].3, "s3;c,ret");
    let old_mac = "name,url,username,password\rA,https://a.example/,alice,s3cret\r";
    assert_eq!(read(old_mac.as_bytes()).1.len(), 1);
}

#[test]
fn lines_are_numbered_as_an_editor_does() {
    let file =
        "name,url,username,password\n\"a\nb\",https://a.example/,alice,x\nB,ftp://b.example/,alice,x\n";
    assert_eq!(read(file.as_bytes()).2, [(4, Reason::NotAWebPage)]);
    let of_windows = file.replace('\n', "\r\n");
    assert_eq!(read(of_windows.as_bytes()).2, [(4, Reason::NotAWebPage)]);
    let apart = format!("\n{}", file.replace("x\nB", "x\n\nB"));
    assert_eq!(read(apart.as_bytes()).2, [(6, Reason::NotAWebPage)]);
}

#[test]
fn lines_of_the_wrong_shape_are_refused_one_by_one() {
    let file = "name,url,username,password\nA,https://a.example/\nB,https://b.example/,bob,x,y,z\n\
                C,https://c.example/,carol,x\nD,https://d.example/,\"dan,x\nE,https://e.example/,eve,x\n";
    let (_, logins, refused) = read(file.as_bytes());
    assert_eq!(logins.len(), 1);
    assert_eq!(refused, [(2, Reason::Fields), (3, Reason::Fields), (5, Reason::Quote)]);
}

#[test]
fn a_field_that_nobody_typed_is_refused() {
    let long = "x".repeat(4097);
    let file = format!("name,url,username,password\nA,https://a.example/,alice,{long}\n");
    assert_eq!(read(file.as_bytes()).2, [(2, Reason::TooLong)]);
}

#[test]
fn addresses_that_are_no_web_pages_are_refused() {
    for address in [
        "chrome://settings/",
        "javascript:alert(1)",
        "https://a@b.example/",
        "file:///etc/passwd",
        "word",
        "data:text/html,x",
    ] {
        let file = format!("name,url,username,password\nA,\"{address}\",alice,x\n");
        assert_eq!(read(file.as_bytes()).2, [(2, Reason::NotAWebPage)], "{address}");
    }
}

#[test]
fn what_is_no_export_is_refused() {
    assert_eq!(parse(b"").err(), Some(FileError::Empty));
    assert_eq!(parse(b"\n\n").err(), Some(FileError::Empty));
    assert_eq!(parse(b"date,amount\n1,2\n").err(), Some(FileError::Unknown));
    assert_eq!(parse(b"PK\x03\x04\0\0").err(), Some(FileError::NotText));
    assert_eq!(read(b"name,url,username,password\n").1.len(), 0);
}

#[test]
fn a_hundred_thousand_lines_are_read_one_by_one() {
    let mut file = String::from("name,url,username,password\n");
    for number in 0..100_000 {
        writeln!(file, "App {number},https://app-{number}.example/,alice,s3cret-{number}").unwrap();
    }
    let import = parse(file.as_bytes()).unwrap();
    assert_eq!(import.flatten().count(), 100_000);
}

fn login_strategy() -> impl Strategy<Value = Plain> {
    let text = || "[^\\x00\\x7f-\\x9f]{1,40}";
    let secret = || "[^\\x00]{1,40}".prop_filter("says something", |text| !text.trim().is_empty());
    (
        text().prop_filter("a name", |name| !name.trim().is_empty()),
        "https://[a-z]{1,10}\\.example/[a-z]{0,10}",
        text(),
        secret(),
        proptest::option::of("[A-Z2-7]{16}"),
        proptest::option::of(secret()),
    )
}

proptest! {
    #[test]
    fn what_was_written_is_read_again(rows in proptest::collection::vec(login_strategy(), 0..20)) {
        let logins: Vec<Login> = rows.iter().map(|(name, url, user, password, code, notes)| Login {
            name: name.clone(),
            login_url: url.clone(),
            user_name: user.clone(),
            password: password.as_str().into(),
            one_time_code: code.as_deref().map(Into::into),
            notes: notes.as_deref().map(Into::into),
        }).collect();
        let mut file = Vec::new();
        write_csv(&mut file, &logins).unwrap();
        let (_, read, refused) = read(&file);
        prop_assert!(refused.is_empty());
        let expected: Vec<Plain> = rows.into_iter().map(|mut row| {
            row.0 = row.0.trim().chars().filter(|letter| !letter.is_control()).collect();
            row
        }).collect();
        prop_assert_eq!(read, expected);
    }

    #[test]
    fn nothing_makes_it_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..400), header in any::<bool>()) {
        if header {
            bytes.splice(0..0, *b"name,url,username,password,totp\n");
        }
        if let Ok(import) = parse(&bytes) {
            prop_assert!(import.count() <= bytes.len());
        }
    }
}
