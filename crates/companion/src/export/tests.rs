//! What is written is opened by the decryptor of `age`; who says no, or is not there, leaves no file.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use lanyard_protocol::common::NewApp;
use lanyard_protocol::credential::{CredentialChange, Shown};
use tokio::net::UnixStream;

use super::*;
use crate::connection::{self, Outbox};
use crate::keeping::tests::{add, with_core};

const SECRET: &str = "GEZDGNBVGY3TQOJQ";

fn decrypt(path: &Path, identity: &age::x25519::Identity) -> serde_json::Value {
    let decryptor = age::Decryptor::new(fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    decryptor.decrypt(std::iter::once(identity as _)).unwrap().read_to_string(&mut text).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn keys(identity: &age::x25519::Identity) -> terminal::Recipients {
    terminal::Recipients::Keys { keys: vec![identity.to_public().to_string()] }
}

fn outbox() -> (Outbox, UnixStream) {
    let (ours, theirs) = UnixStream::pair().unwrap();
    (connection::split(ours).1, theirs)
}

#[test]
fn every_part_of_every_credential_is_in_the_file() {
    with_core(async |core, home| {
        let new = NewApp {
            name: "Payroll".into(),
            login_url: "https://payroll.example/login".into(),
            user_name: "alice".into(),
            password: "before".into(),
            auto_submit: true,
            one_time_code: Some(Shown(
                format!("otpauth://totp/Acme:alice?secret={SECRET}&issuer=Acme").into(),
            )),
            notes: Some(Shown("PUK 1234".into())),
        };
        let (record, _) = core.broker.borrow_mut().add_app(new).unwrap();
        let change = CredentialChange {
            name: None,
            login_url: None,
            user_name: None,
            password: Some(Shown("after".into())),
            one_time_code: None,
            notes: None,
            auto_submit: None,
            verify: None,
        };
        core.broker.borrow_mut().change_credential(record, change).unwrap();
        add(&core, "Wiki");

        let (path, identity) = (home.join("export.age"), age::x25519::Identity::generate());
        let (recipients, _) = parse(keys(&identity)).unwrap();
        let records = core.broker.borrow().exportable().unwrap().records;
        let count = core.write_all(path.clone(), recipients, &records, Presence::Agreed).await;
        assert_eq!(count.unwrap(), 2);

        let read = decrypt(&path, &identity);
        let items = read["accounts"][0]["items"].as_array().unwrap();
        let payroll = items.iter().find(|item| item["title"] == "Payroll").unwrap();
        assert_eq!(payroll["scope"]["urls"][0], "https://payroll.example/login");
        let credentials = &payroll["credentials"];
        assert_eq!(credentials[0]["password"]["value"], "after");
        assert_eq!(credentials[1]["secret"], SECRET);
        assert_eq!(
            (&credentials[1]["algorithm"], &credentials[1]["issuer"]),
            (&"sha1".into(), &"Acme".into())
        );
        assert_eq!(credentials[2]["content"]["value"], "PUK 1234");
        assert_eq!(credentials[3]["fields"][0]["value"], "before");
    });
}

#[test]
fn without_presence_nothing_is_written() {
    with_core(async |core, home| {
        add(&core, "Payroll");
        let path = home.join("export.age");
        let (recipients, _) = parse(keys(&age::x25519::Identity::generate())).unwrap();
        let records = core.broker.borrow().exportable().unwrap().records;
        let refused = core.write_all(path.clone(), recipients, &records, Presence::None).await;
        assert_eq!(refused.unwrap_err().code, Code::Declined);
        assert!(!path.exists());
    });
}

#[test]
fn a_vault_that_is_locked_while_it_is_written_leaves_no_file() {
    with_core(async |core, home| {
        for number in 0..=AT_ONCE {
            add(&core, &format!("App{number}"));
        }
        let path = home.join("export.age");
        let (recipients, _) = parse(keys(&age::x25519::Identity::generate())).unwrap();
        let records = core.broker.borrow().exportable().unwrap().records;
        let writing = core.write_all(path.clone(), recipients, &records, Presence::Agreed);
        let locking = async {
            // The first of them are on their way once the file is there.
            while !path.exists() {
                tokio::task::yield_now().await;
            }
            core.broker.borrow_mut().lock("the test");
        };
        let (written, ()) = tokio::join!(writing, locking);
        assert_eq!(written.unwrap_err().code, Code::Locked);
        assert!(!path.exists());
    });
}

#[test]
fn where_nobody_can_be_asked_nothing_is_written_and_the_log_has_it() {
    with_core(async |core, home| {
        add(&core, "Payroll");
        let (outbox, _terminal) = outbox();
        let path = home.join("export.age");
        let to = path.to_str().unwrap();
        let identity = age::x25519::Identity::generate();
        let refused = core.export_vault(to, keys(&identity), &outbox).await.err().unwrap();
        assert_eq!(refused.code, Code::Unavailable);
        assert!(!path.exists());
        let lines = core.broker.borrow().activity(None, 10).unwrap();
        let last = lines.last().unwrap();
        assert_eq!((last.event.as_str(), last.outcome.as_str()), ("exported", "refused"));
    });
}

#[test]
fn what_is_wrong_is_said_before_anybody_is_asked() {
    with_core(async |core, home| {
        let (outbox, _terminal) = outbox();
        let identity = age::x25519::Identity::generate();
        let there = home.join("notes");
        fs::write(&there, "my notes").unwrap();
        let passphrase = |text: &str| terminal::Recipients::Passphrase { passphrase: Shown(text.into()) };
        let new = home.join("new.age");
        let new = new.to_str().unwrap();
        for (to, recipients) in [
            ("export.age", keys(&identity)),
            (there.to_str().unwrap(), keys(&identity)),
            (new, passphrase("short")),
            (new, terminal::Recipients::Keys { keys: vec!["age1nonsense".into()] }),
            (new, terminal::Recipients::Keys { keys: Vec::new() }),
        ] {
            let refused = core.export_vault(to, recipients, &outbox).await.err().unwrap();
            assert_eq!(refused.code, Code::Invalid, "{}", refused.message);
        }
        assert_eq!(fs::read_to_string(there).unwrap(), "my notes");
    });
}

#[test]
fn codes_that_the_format_cannot_say_are_kept_as_they_were_written() {
    with_core(async |core, home| {
        let seed = format!("otpauth://totp/alice?secret={SECRET}&period=300");
        let new = NewApp {
            name: "Slow".into(),
            login_url: "https://slow.example/".into(),
            user_name: "alice".into(),
            password: "s3cret".into(),
            auto_submit: true,
            one_time_code: Some(Shown(seed.as_str().into())),
            notes: None,
        };
        core.broker.borrow_mut().add_app(new).unwrap();
        let (path, identity) = (home.join("export.age"), age::x25519::Identity::generate());
        let (recipients, _) = parse(keys(&identity)).unwrap();
        let records = core.broker.borrow().exportable().unwrap().records;
        core.write_all(path.clone(), recipients, &records, Presence::Agreed).await.unwrap();
        let read = decrypt(&path, &identity);
        let credentials = &read["accounts"][0]["items"][0]["credentials"];
        assert_eq!(credentials[1]["type"], "custom-fields");
        assert_eq!(credentials[1]["fields"][0]["value"], seed);
    });
}
