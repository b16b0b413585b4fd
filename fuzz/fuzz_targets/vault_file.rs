//! A vault's file that somebody altered: it is refused, or what it gives is what was put in.
//!
//! An input is a list of alterations of four bytes: two say where, one with what, one how. `examples/make_vault.rs` made the
//! file.

#![no_main]

use std::fs::{self, File, Permissions};
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use lanyard_policy::{ExposureFacts, Presence, decide_exposure};
use lanyard_vault::{Item, Keychain, MemoryKeychain, OpenError, Permit, RecordId, StoreError, Vault};
use libfuzzer_sys::fuzz_target;
use secrecy::{ExposeSecret as _, SecretString};

const FILE: &[u8] = include_bytes!("../vault/vault.db");
const ID: &str = include_str!("../vault/id");
const DEVICE_SECRET: &str = include_str!("../vault/device-secret");
const GENERATION: &str = include_str!("../vault/generation");

/// Where something stands; most of a small file is zeros.
static FILLED: LazyLock<Vec<usize>> = LazyLock::new(|| (0..FILE.len()).filter(|at| FILE[*at] != 0).collect());

static FOLDER: LazyLock<(tempfile::TempDir, PathBuf)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let data = folder.path().join("data");
    fs::create_dir(&data).expect("the folder is ours");
    fs::set_permissions(&data, Permissions::from_mode(0o700)).expect("the folder is ours");
    (folder, data)
});

fuzz_target!(|data: &[u8]| {
    let bytes = altered(data);
    let folder = &FOLDER.1;
    put(folder, &bytes);
    let keychain: Arc<dyn Keychain> = Arc::new(keychain());
    match Vault::open_or_create(folder, keychain) {
        Ok(mut vault) => look(&mut vault),
        Err(OpenError::KeyLost { .. } | OpenError::Foreign { .. } | OpenError::Newer { .. }) => {
            let left = fs::read(folder.join("vault.db")).expect("the file is still there");
            assert!(left == bytes, "a file that was only looked at was changed");
        }
        Err(_) => {}
    }
});

/// What the person at the window gets.
fn permit(id: RecordId) -> Permit {
    let facts = ExposureFacts {
        signed_in: true,
        unlocked: true,
        known: true,
        presence: Presence::Window,
        key_required: false,
    };
    Permit::new(id, decide_exposure(&facts).expect("nothing is missing"))
}

fn look(vault: &mut Vault) {
    if let Ok(Some(entry)) = vault.service_get("tokens") {
        assert_eq!(entry.as_slice(), b"refresh");
    }
    if vault.unlock().is_err() {
        return;
    }
    let mut seen: Vec<_> = vault
        .overviews()
        .expect("it is unlocked")
        .map(|(id, overview)| (overview.user_name.to_string(), overview.origin.to_string(), id))
        .collect();
    seen.sort();
    let expected = [("alice", "https://payroll.test", "one"), ("bob", "https://stock.test", "two")];
    assert_eq!(seen.len(), expected.len(), "a record was dropped or added");
    for ((user, origin, id), (expected_user, expected_origin, password)) in seen.into_iter().zip(expected) {
        assert_eq!((user.as_str(), origin.as_str()), (expected_user, expected_origin));
        match vault.expose_secret(permit(id)) {
            Ok(secret) => assert_eq!(secret.password.expose_secret(), password),
            Err(StoreError::Damaged { .. } | StoreError::Io { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }
}

fn altered(data: &[u8]) -> Vec<u8> {
    let mut bytes = FILE.to_vec();
    for &[high, low, value, how] in data.as_chunks::<4>().0.iter().take(64) {
        let place = usize::from(u16::from_be_bytes([high, low]));
        let filled = FILLED[place % FILLED.len()].min(bytes.len().saturating_sub(1));
        let anywhere = place % bytes.len().max(1);
        match how % 8 {
            _ if bytes.is_empty() => {}
            0 | 1 => bytes[filled] = value,
            2 | 3 => bytes[filled] ^= value,
            4 => bytes[anywhere] = value,
            5 => {
                let from = FILLED[usize::from(value) * 8 % FILLED.len()].min(bytes.len() - 1);
                let length = 32.min(bytes.len() - from.max(filled));
                bytes.copy_within(from..from + length, filled);
            }
            6 => bytes.truncate(bytes.len().saturating_sub(usize::from(value) * 256)),
            _ => bytes.truncate(anywhere),
        }
    }
    bytes
}

fn put(folder: &Path, bytes: &[u8]) {
    for old in fs::read_dir(folder).expect("the folder is there").flatten() {
        // Backups have a folder of their own.
        let is_folder = old.file_type().expect("the folder is ours").is_dir();
        let removed = if is_folder { fs::remove_dir_all(old.path()) } else { fs::remove_file(old.path()) };
        removed.expect("the folder is ours");
    }
    let mut file = File::create(folder.join("vault.db")).expect("the folder is ours");
    file.set_permissions(Permissions::from_mode(0o600)).expect("the file is ours");
    file.write_all(bytes).expect("the file is ours");
}

fn keychain() -> MemoryKeychain {
    let keychain = MemoryKeychain::new();
    let id = ID.trim().parse().expect("an id");
    for (item, text) in [(Item::device_secret(id), DEVICE_SECRET), (Item::generation(id), GENERATION)] {
        keychain.set(&item, &SecretString::from(text.trim())).expect("memory keeps it");
    }
    keychain
}
