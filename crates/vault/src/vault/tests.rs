#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod backups;
mod begin_again;
mod damage;
mod formats;
mod keychains;
mod pins;
mod recovering;
mod restoring;
mod slots;
mod whole;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use lanyard_policy::{ExposureFacts, Presence, decide_exposure};
use rusqlite::Connection;
use secrecy::{ExposeSecret, SecretString};
use tempfile::TempDir;

use super::*;
use crate::{
    Holds, MemoryKeychain, NewPin, Overview, Permit, Pin, RecordId, RecoveryCode, Secret, SecretChange,
    StoreError, UnlockError,
};

/// A folder, a keychain, and whatever vault is made of them.
struct Place {
    root: TempDir,
    keychain: MemoryKeychain,
}

impl Place {
    fn new() -> Self {
        Self { root: TempDir::new().unwrap(), keychain: MemoryKeychain::new() }
    }

    /// A place with a vault of two records, closed; Alice's first, Bob's second.
    fn with_two_records() -> (Self, [RecordId; 2]) {
        let place = Self::new();
        let mut vault = place.unlocked();
        let ids = [("alice", "one"), ("bob", "two")]
            .map(|(user, password)| vault.add(overview(user), secret(password)).unwrap());
        vault.service_put("tokens", b"refresh").unwrap();
        drop(vault);
        (place, ids)
    }

    fn dir(&self) -> PathBuf {
        self.root.path().join("data")
    }

    fn path(&self) -> PathBuf {
        self.dir().join("vault.db")
    }

    fn keychain(&self) -> Arc<dyn Keychain> {
        Arc::new(self.keychain.clone())
    }

    fn open(&self) -> Result<Vault, OpenError> {
        Vault::open_or_create(&self.dir(), self.keychain())
    }

    fn unlocked(&self) -> Vault {
        let mut vault = self.open().unwrap();
        vault.unlock().unwrap();
        vault
    }

    fn begin_beside(&self) -> Result<(Vault, PathBuf), OpenError> {
        Vault::begin_beside(&self.dir(), self.keychain())
    }

    /// Changes the closed file behind the vault's back.
    fn alter(&self, sql: &str) {
        Connection::open(self.path()).unwrap().execute_batch(sql).unwrap();
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(self.path()).unwrap()
    }

    /// Opening fails in this way, and the file is as it was.
    #[track_caller]
    fn refuses(&self, expected: impl Fn(&OpenError) -> bool) {
        let before = self.bytes();
        let error = self.open().err().expect("the vault does not open");
        assert!(expected(&error), "{error:?}");
        assert!(self.bytes() == before, "the file was changed");
    }

    fn copy_to(&self, other: &Path) {
        for file in fs::read_dir(self.dir()).unwrap() {
            let file = file.unwrap();
            if file.file_type().unwrap().is_file() {
                fs::copy(file.path(), other.join(file.file_name())).unwrap();
            }
        }
    }
}

/// What the person at the window gets.
fn permit(id: RecordId) -> Permit {
    let facts = ExposureFacts {
        signed_in: true,
        unlocked: true,
        known: true,
        presence: Presence::Window,
        key_required: false,
    };
    Permit::new(id, decide_exposure(&facts).unwrap())
}

fn overview(user: &str) -> Overview {
    Overview {
        compartment: Compartment::Personal,
        title: "Payroll 2004".into(),
        user_name: user.into(),
        origin: "https://payroll.test".into(),
        login_url: "https://payroll.test/login".into(),
        auto_submit: true,
        changed_at: 1_700_000_000_000,
        holds: Holds::default(),
        verify: false,
        form: None,
    }
}

fn secret_of(vault: &Vault, id: RecordId) -> Result<String, StoreError> {
    vault.expose_secret(permit(id)).map(|secret| secret.password.expose_secret().to_owned())
}

fn secret(text: &str) -> SecretString {
    text.into()
}

fn kinds(vault: &Vault) -> Vec<SlotKind> {
    let mut kinds: Vec<_> = vault.slots().map(crate::Slot::kind).collect();
    kinds.sort();
    kinds
}

fn slot_of(vault: &Vault, kind: SlotKind) -> SlotId {
    vault.slots().find(|slot| slot.kind() == kind).unwrap().id
}

fn pin(text: &str) -> Pin {
    Pin::parse(text.into()).unwrap()
}

fn set_pin(vault: &mut Vault, text: &str) {
    vault.set_pin(&NewPin::stretch(&pin(text)).unwrap(), now()).unwrap();
}

fn unlock_with_pin(vault: &mut Vault, text: &str, now: SystemTime) -> Result<(), UnlockError> {
    let guess = vault.begin_pin_guess(now)?.stretch(&pin(text)).unwrap();
    vault.unlock_with_pin(&guess)
}

/// A vault of two records that a PIN has to open, or the code.
fn asks_always() -> (Place, [RecordId; 2], RecoveryCode) {
    let (place, ids) = Place::with_two_records();
    let mut vault = place.unlocked();
    let code = RecoveryCode::make_random();
    vault.set_recovery_code(&code, now()).unwrap();
    set_pin(&mut vault, "1234");
    vault.always_ask().unwrap();
    drop(vault);
    (place, ids, code)
}

/// 2023-11-14.
fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000)
}
