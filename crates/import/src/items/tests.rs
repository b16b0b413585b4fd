use proptest::prelude::*;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::{FileError, Login, Reason, Refused, Source, parse};

fn file(items: &Value) -> Vec<u8> {
    let account = json!({ "id": "AA", "username": "alice", "email": "", "collections": [], "items": items });
    let header = json!({ "version": { "major": 1, "minor": 0 }, "exporterRpId": "a.example",
        "exporterDisplayName": "A", "timestamp": 1, "accounts": [account] });
    serde_json::to_vec(&header).unwrap()
}

fn login(user_name: &str, password: &str) -> Value {
    json!({ "type": "basic-auth",
        "username": { "fieldType": "string", "value": user_name },
        "password": { "fieldType": "concealed-string", "value": password } })
}

fn item(credentials: &Value) -> Value {
    json!({ "id": "AA", "title": "Payroll", "credentials": credentials,
        "scope": { "urls": ["https://payroll.example/login"], "androidApps": [] } })
}

/// By the number of their items.
type Found<T> = Vec<(u64, T)>;

fn read(items: &Value) -> (Found<Login>, Found<Reason>) {
    let import = parse(&file(items)).unwrap();
    assert_eq!((import.source(), import.source().unit()), (Source::CredentialExchange, "item"));
    let (mut logins, mut refused) = (Vec::new(), Vec::new());
    for found in import {
        match found {
            Ok(numbered) => logins.push((numbered.line, numbered.login)),
            Err(Refused { line, reason }) => refused.push((line, reason)),
        }
    }
    (logins, refused)
}

fn seed_of(totp: &Value) -> Option<String> {
    let (logins, _) = read(&json!([item(&json!([login("alice", "x"), totp]))]));
    logins[0].1.one_time_code.as_ref().map(|seed| seed.expose_secret().to_owned())
}

#[test]
fn the_example_of_the_format_is_read_and_what_is_left_out_is_told() {
    let import = parse(include_bytes!("../../tests/examples/exchange.json")).unwrap();
    assert_eq!(import.collections(), 1);
    let (mut logins, mut left_out) = (Vec::new(), Vec::new());
    for found in import {
        match found {
            Ok(numbered) => logins.push((numbered.line, numbered.login)),
            Err(refused) => left_out.push((refused.line, refused.reason)),
        }
    }
    let [(1, first)] = &logins[..] else { panic!("one login") };
    assert_eq!((&*first.name, &*first.user_name), ("Payroll 2004", "alice"));
    assert_eq!(first.login_url, "https://payroll.example/login");
    assert_eq!(first.password.expose_secret(), "s3cret \"quoted\"");
    assert_eq!(first.notes.as_ref().unwrap().expose_secret(), "PUK 1234");
    let reasons: Vec<_> = left_out.iter().map(|(item, reason)| (*item, reason.to_string())).collect();
    let expected = [
        (1, "a passkey is left out"),
        (1, "a group of further fields is left out"),
        (1, "a further address is left out"),
        (2, "a credit card is left out"),
        (3, "something that Lanyard does not know is left out"),
    ];
    assert_eq!(reasons, expected.map(|(item, reason)| (item, reason.to_owned())));
}

#[test]
fn several_logins_of_an_item_are_taken_and_what_belongs_to_it_goes_with_the_first() {
    let note = json!({ "type": "note", "content": { "fieldType": "string", "value": "n" } });
    let totp =
        json!({ "type": "totp", "secret": "GEZDGNBV", "period": 30, "digits": 6, "algorithm": "sha1" });
    let (logins, refused) =
        read(&json!([item(&json!([note, login("a", ""), login("b", "x"), login("c", "y"), totp, note]))]));
    assert_eq!(refused, [(1, Reason::NoPassword)]);
    let [(_, first), (_, second)] = &logins[..] else { panic!("two logins") };
    assert_eq!((&*first.user_name, &*second.user_name), ("b", "c"));
    assert_eq!(first.notes.as_ref().unwrap().expose_secret(), "n\n\nn");
    assert_eq!(first.one_time_code.as_ref().unwrap().expose_secret(), "GEZDGNBV");
    assert!(second.notes.is_none() && second.one_time_code.is_none());
}

#[test]
fn seeds_keep_what_their_codes_need() {
    let totp = |period: u32, digits: u32, algorithm: &str, issuer: Value| {
        seed_of(&json!({ "type": "totp", "secret": "GEZDGNBV", "period": period, "digits": digits,
            "algorithm": algorithm, "username": "alice:a/b", "issuer": issuer }))
    };
    assert_eq!(totp(30, 6, "sha1", Value::Null).as_deref(), Some("GEZDGNBV"));
    let uri = totp(60, 8, "sha256", "Acme Inc+".into());
    let expected = "otpauth://totp/alice%20a%20b?secret=GEZDGNBV&algorithm=SHA256&digits=8&period=60&issuer=Acme%20Inc%2B";
    assert_eq!(uri.as_deref(), Some(expected));
    assert_eq!(totp(30, 6, "steam", Value::Null), None);
}

#[test]
fn items_that_cannot_be_used_keep_no_other_from_being_taken() {
    let no_scope = json!({ "id": "AA", "title": "A", "credentials": [login("a", "x")] });
    let phone = json!({ "id": "AA", "title": "A", "credentials": [login("a", "x")],
        "scope": { "urls": ["androidapp://a"], "androidApps": [] } });
    let note = json!([{ "type": "note", "content": { "fieldType": "string", "value": "n" } }]);
    let items = json!([
        7,
        { "title": 7 },
        no_scope,
        phone,
        item(&json!([])),
        item(&note),
        item(&json!([{ "type": "basic-auth", "password": 7 }])),
        item(&json!([login("a", &"x".repeat(4097))])),
        item(&json!([login("good", "x")])),
    ]);
    let (logins, refused) = read(&items);
    assert_eq!((logins.len(), logins[0].0), (1, 9));
    let expected = [
        (1, Reason::Malformed),
        (2, Reason::Malformed),
        (3, Reason::NoAddress),
        (4, Reason::NotAWebPage),
        (5, Reason::NothingInIt),
        (6, Reason::LeftOut("a note without a login")),
        (7, Reason::Malformed),
        (8, Reason::TooLong),
    ];
    assert_eq!(refused, expected);
}

#[test]
fn a_name_that_is_missing_is_the_host() {
    let nameless = json!({ "id": "AA", "title": " ", "credentials": [login("a", "x")],
        "scope": { "urls": ["http://intranet/login"], "androidApps": [] } });
    assert_eq!(read(&json!([nameless])).0[0].1.name, "intranet");
}

#[test]
fn a_host_that_is_longer_than_a_name_is_cut() {
    let host = format!("{}example", "a.".repeat(120));
    let mut nameless = item(&json!([login("alice", "s3cret")]));
    nameless["title"] = json!("");
    nameless["scope"]["urls"] = json!([format!("https://{host}/")]);
    let (logins, refused) = read(&json!([nameless]));
    assert!(refused.is_empty());
    assert_eq!(logins[0].1.name, host[..200]);
}

#[test]
fn what_is_no_file_of_the_format_is_refused() {
    for (text, error) in [
        ("{}", FileError::Unknown),
        ("{\"accounts\":[]}", FileError::Unknown),
        ("{\"version\":{\"major\":2,\"minor\":0},\"accounts\":[]}", FileError::OtherVersion),
        ("{\"version\":{\"major\":1,\"minor\":0},\"accounts\":[{\"items\":[", FileError::Unknown),
        ("{\"version\":{\"major\":1},\"accounts\":[]} {", FileError::Unknown),
    ] {
        assert_eq!(parse(text.as_bytes()).err(), Some(error), "{text}");
    }
    assert_eq!(read(&json!([])).0.len(), 0);
}

#[test]
fn what_is_nested_without_end_is_refused_and_nothing_worse() {
    let deep = "[".repeat(200_000);
    let bytes = String::from_utf8(file(&json!(["HERE"]))).unwrap().replace("\"HERE\"", &deep);
    assert_eq!(parse(bytes.as_bytes()).err(), Some(FileError::Unknown));
    let closed = format!("{deep}{}", "]".repeat(200_000));
    let bytes = String::from_utf8(file(&json!(["HERE"]))).unwrap().replace("\"HERE\"", &closed);
    let refused: Vec<_> = parse(bytes.as_bytes()).unwrap().filter_map(Result::err).collect();
    assert_eq!(refused, [Refused { line: 1, reason: Reason::Malformed }]);
}

proptest! {
    #[test]
    fn every_login_is_read_as_it_was_written(
        rows in proptest::collection::vec(("\\PC{0,20}", "\\PC{1,40}", proptest::option::of("[^\\x00]{1,40}")), 0..20)
    ) {
        let items: Vec<Value> = rows.iter().map(|(user, password, note)| {
            let mut credentials = vec![login(user, password)];
            credentials.extend(note.as_ref().map(|note| json!({ "type": "note",
                "content": { "fieldType": "string", "value": note } })));
            item(&Value::from(credentials))
        }).collect();
        let (logins, refused) = read(&Value::from(items));
        prop_assert!(refused.is_empty());
        prop_assert_eq!(logins.len(), rows.len());
        for (row, (number, login)) in rows.iter().zip(&logins) {
            prop_assert!(*number >= 1 && login.user_name == row.0);
            prop_assert_eq!(login.password.expose_secret(), &*row.1);
            let note = login.notes.as_ref().map(ExposeSecret::expose_secret);
            prop_assert_eq!(note, row.2.as_deref().filter(|note| !note.trim().is_empty()));
        }
    }

    #[test]
    fn whatever_is_in_an_item_is_taken_or_told(
        kinds in proptest::collection::vec(prop_oneof![
            Just("basic-auth"), Just("note"), Just("totp"), Just("passkey"), Just("wifi"), Just("unheard-of"),
        ], 0..8)
    ) {
        let credentials: Vec<Value> = kinds.iter().map(|kind| match *kind {
            "basic-auth" => login("alice", "x"),
            "note" => json!({ "type": "note", "content": { "fieldType": "string", "value": "n" } }),
            "totp" => json!({ "type": "totp", "secret": "GEZDGNBV", "period": 30, "digits": 6, "algorithm": "sha1" }),
            other => json!({ "type": other }),
        }).collect();
        let (logins, refused) = read(&json!([item(&Value::from(credentials))]));
        let count = |kind: &str| kinds.iter().filter(|it| **it == kind).count();
        prop_assert_eq!(logins.len(), count("basic-auth"));
        let others = count("passkey") + count("wifi") + count("unheard-of");
        let expected = match (logins.len(), kinds.len()) {
            (0, 0) => 1,
            (0, all) => all,
            (_, _) => others + count("totp").saturating_sub(1),
        };
        prop_assert_eq!(refused.len(), expected);
    }

    #[test]
    fn nothing_makes_it_panic(text in "\\PC{0,200}", bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let whole = file(&json!([item(&json!([login("a", "x")]))]));
        let at = text.len() % whole.len();
        let mut changed = whole.clone();
        changed.splice(at..at, bytes.iter().copied());
        for file in [whole[..at].to_vec(), changed, format!("{{{text}").into_bytes()] {
            if let Ok(import) = parse(&file) {
                prop_assert!(import.count() <= file.len());
            }
        }
    }
}
