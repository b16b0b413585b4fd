//! What is written is opened by the decryptor of `age`, and read by somebody else's types of the format.

use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use age::{Decryptor, Identity, scrypt, x25519};
use credential_exchange_format::{Credential, Header, OTPHashAlgorithm};
use secrecy::ExposeSecret as _;

use super::*;

const PASSPHRASE: &str = "correct horse battery";

fn about() -> About {
    About {
        account: [7; 16],
        user_name: "Alice \"A\"".into(),
        email: Some("alice@acme.example".into()),
        made_at: 1_764_000_000_123,
    }
}

fn item(number: u8) -> Item {
    Item {
        id: [number; 16],
        changed_at: 1_763_000_000_999,
        name: format!("App {number}"),
        login_url: format!("https://app-{number}.example/login"),
        user_name: "alice".into(),
        password: format!("pass\"wörd\\{number}\n").into(),
        one_time_codes: None,
        notes: None,
        others: Vec::new(),
    }
}

fn place() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.age");
    (folder, path)
}

fn write(path: &Path, recipients: Recipients, items: &[Item]) -> u32 {
    let mut export = Export::begin(path, recipients, &about()).unwrap();
    for item in items {
        export.add(item).unwrap();
    }
    export.finish().unwrap()
}

fn read(path: &Path, identity: &dyn Identity) -> Header {
    let decryptor = Decryptor::new(fs::File::open(path).unwrap()).unwrap();
    let mut text = String::new();
    decryptor.decrypt(std::iter::once(identity)).unwrap().read_to_string(&mut text).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn key() -> (x25519::Identity, Recipients) {
    let identity = x25519::Identity::generate();
    let recipients = Recipients::parse_keys(&[identity.to_public().to_string()]).unwrap();
    (identity, recipients)
}

#[test]
fn whoever_has_the_passphrase_reads_everything() {
    let (_folder, path) = place();
    let recipients = Recipients::of_passphrase(PASSPHRASE.into()).unwrap();
    assert_eq!(write(&path, recipients, &[item(1), item(2)]), 2);
    let header = read(&path, &scrypt::Identity::new(PASSPHRASE.into()));
    assert_eq!((header.version.major, header.version.minor, header.timestamp), (1, 0, 1_764_000_000));
    let [account] = &header.accounts[..] else { panic!("one account") };
    assert_eq!((&*account.username, &*account.email), ("Alice \"A\"", "alice@acme.example"));
    assert_eq!(account.id.as_ref(), [7; 16]);
    let titles: Vec<_> = account.items.iter().map(|item| &*item.title).collect();
    assert_eq!(titles, ["App 1", "App 2"]);
    let first = &account.items[0];
    assert_eq!(first.scope.as_ref().unwrap().urls, ["https://app-1.example/login"]);
    assert_eq!((first.id.as_ref(), first.modified_at), (&[1; 16][..], Some(1_763_000_000)));
    let [Credential::BasicAuth(login)] = &first.credentials[..] else { panic!("a login alone") };
    assert_eq!(String::from(login.username.clone().unwrap().value), "alice");
    assert_eq!(String::from(login.password.clone().unwrap().value), "pass\"wörd\\1\n");
}

/// Whoever wrote `age` has never seen our code: the package of that name is part of the set-up.
#[test]
fn the_program_age_opens_it_with_the_key_and_with_the_passphrase() {
    let (folder, path) = place();
    let (identity, recipients) = key();
    write(&path, recipients, &[item(1)]);
    let secret = folder.path().join("key.txt");
    fs::write(&secret, identity.to_string().expose_secret()).unwrap();
    let opened = Command::new("age").args(["--decrypt", "--identity"]).args([&secret, &path]).output();
    let opened = opened.expect("age is installed");
    assert!(opened.status.success(), "{}", String::from_utf8_lossy(&opened.stderr));
    let header: Header = serde_json::from_slice(&opened.stdout).unwrap();
    assert_eq!(header.accounts[0].items[0].title, "App 1");

    let path = folder.path().join("passphrase.age");
    write(&path, Recipients::of_passphrase(PASSPHRASE.into()).unwrap(), &[item(2)]);
    let plain = folder.path().join("plain.json");
    // It asks for a passphrase at a terminal, and nowhere else.
    let decrypt = format!("age --decrypt --output {} {}", plain.display(), path.display());
    let mut terminal = Command::new("script");
    terminal.args(["--quiet", "--return", "--command", &decrypt, "/dev/null"]);
    let mut typing = terminal.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    writeln!(typing.stdin.take().unwrap(), "{PASSPHRASE}").unwrap();
    assert!(typing.wait().unwrap().success());
    let header: Header = serde_json::from_slice(&fs::read(&plain).unwrap()).unwrap();
    assert_eq!(header.accounts[0].items[0].title, "App 2");
}

#[test]
fn codes_notes_and_what_has_no_kind_of_its_own_are_in_it() {
    let (_folder, path) = place();
    let (identity, recipients) = key();
    let whole = Item {
        one_time_codes: Some(OneTimeCodes {
            secret: "GEZDGNBVGY3TQOJQ".into(),
            period: 60,
            digits: 8,
            algorithm: "sha256".into(),
            issuer: Some("Acme".into()),
        }),
        notes: Some("PUK 1234\nsecond line".into()),
        others: vec![CustomFields {
            label: "Former passwords",
            fields: vec![("until 2026-11-01".into(), "before".into())],
        }],
        ..item(1)
    };
    write(&path, recipients, &[whole]);
    let header = read(&path, &identity);
    let [_, Credential::Totp(codes), Credential::Note(note), Credential::CustomFields(others)] =
        &header.accounts[0].items[0].credentials[..]
    else {
        panic!("other kinds");
    };
    assert_eq!(codes.secret.as_ref(), b"1234567890");
    assert_eq!((codes.period, codes.digits, codes.issuer.as_deref()), (60, 8, Some("Acme")));
    assert_eq!(codes.algorithm, OTPHashAlgorithm::Sha256);
    assert_eq!(String::from(note.content.value.clone()), "PUK 1234\nsecond line");
    assert_eq!((others.label.as_deref(), others.fields.len()), (Some("Former passwords"), 1));
}

#[test]
fn an_export_of_nothing_is_whole_and_one_longer_than_any_buffer_too() {
    for count in [0, 1, 250] {
        let (_folder, path) = place();
        let (identity, recipients) = key();
        let items: Vec<_> =
            (0..count).map(|number| Item { notes: Some("n".repeat(1000).into()), ..item(number) }).collect();
        assert_eq!(write(&path, recipients, &items), u32::from(count));
        assert_eq!(read(&path, &identity).accounts[0].items.len(), usize::from(count));
    }
}

#[test]
fn nothing_of_it_is_on_the_disk_unencrypted_and_the_file_is_its_person_s_alone() {
    let (_folder, path) = place();
    write(&path, key().1, &[item(1)]);
    let bytes = fs::read(&path).unwrap();
    for secret in ["pass", "alice", "App 1", "exporterRpId"] {
        assert!(!bytes.windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret}");
    }
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn another_key_and_another_passphrase_read_nothing_and_a_changed_byte_is_noticed() {
    let (_folder, path) = place();
    let (identity, recipients) = key();
    write(&path, recipients, &[item(1)]);
    let decrypt = |identity: &dyn Identity| {
        let decryptor = Decryptor::new(fs::File::open(&path).unwrap()).unwrap();
        let mut text = String::new();
        let reader = decryptor.decrypt(std::iter::once(identity)).map_err(|error| error.to_string())?;
        { reader }.read_to_string(&mut text).map_err(|error| error.to_string())
    };
    assert!(decrypt(&x25519::Identity::generate()).is_err());
    assert!(decrypt(&scrypt::Identity::new(PASSPHRASE.into())).is_err());
    assert!(decrypt(&identity).is_ok());
    let mut bytes = fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&path, bytes).unwrap();
    assert!(decrypt(&identity).is_err());
}

#[test]
fn an_export_that_is_given_up_leaves_no_file() {
    let (folder, path) = place();
    let mut export = Export::begin(&path, key().1, &about()).unwrap();
    export.add(&item(1)).unwrap();
    assert!(path.exists());
    drop(export);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn no_file_is_written_over_and_no_link_followed() {
    let (folder, path) = place();
    fs::write(&path, "my notes").unwrap();
    assert!(Export::begin(&path, key().1, &about()).is_err());
    assert_eq!(fs::read_to_string(&path).unwrap(), "my notes");
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(folder.path().join("elsewhere"), &link).unwrap();
    assert!(Export::begin(&link, key().1, &about()).is_err());
    assert!(!folder.path().join("elsewhere").exists());
}

#[test]
fn what_nobody_or_everybody_could_open_is_refused() {
    let keys = |keys: &[&str]| {
        let keys: Vec<_> = keys.iter().map(|key| (*key).to_owned()).collect();
        Recipients::parse_keys(&keys).err()
    };
    let good = x25519::Identity::generate();
    let public = good.to_public().to_string();
    assert_eq!(keys(&[&public]), None);
    assert_eq!(keys(&[]), Some(InvalidRecipients::None));
    assert_eq!(keys(&[public.as_str(); 21]), Some(InvalidRecipients::TooMany));
    let secret = good.to_string();
    for wrong in ["", "age1", "ssh-ed25519 AAAA", "age1pq1qqqq", secret.expose_secret()] {
        assert_eq!(keys(&[&public, wrong]), Some(InvalidRecipients::NotAKey), "{wrong}");
    }
    let short = Recipients::of_passphrase("eleven char".into()).err();
    assert_eq!(short, Some(InvalidRecipients::ShortPassphrase));
    assert!(Recipients::of_passphrase("twelve chars".into()).is_ok());
}
