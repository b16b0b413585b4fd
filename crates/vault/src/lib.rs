//! The encrypted store of Lanyard, its keys, and the keychain of the operating system.
//!
//! ```text
//! OS keychain: one 32-byte device secret per vault
//!    ├─ wraps the service key ── HKDF ─> entries that are readable while locked; keys for other files
//!    └─ has a part in three of the slots
//!
//! slot           opened by, through HKDF                              without the device secret
//! device         the device secret                                    lost
//! PIN            Argon2id(PIN) ‖ device secret                        lost
//! security key   what the key answers (PRF) ‖ device secret           lost
//! recovery code  128 random bits, written as 12 words                 opens
//! escrow         an X25519 private key that the organisation has      opens
//!
//! slot key ── wraps an X25519 private key; to its public half the vault key is sealed (HPKE), with other words for each slot
//! vault key
//!    ├─ HKDF ─> header key, set-hash key, slots key
//!    └─ wraps one key per compartment ── HKDF ─> two keys per record: overview and secret
//! ```
//!
//! Slots are alternatives: while there is slot "device", a PIN or a security key shows that somebody is there, and protects
//! nothing from who can read the keychain. Without it (`Vault::always_ask`) one of them is needed, or the words, or the
//! organisation. A removed slot opens copies of the file that were made before.
//!
//! Invariants:
//!
//! - A vault file that exists is never overwritten and never given a new key. Where its keychain entry is lost, the
//!   file is kept and [`Vault::begin_beside`] begins another.
//! - Unlocking opens overviews. A secret is opened one at a time, for a [`Permit`] that is used up by it, and there
//!   is no permit without a decision of [`lanyard_policy`].
//! - There is always a slot that opens: see `StoreError::LastWay`. Slots are bound to this vault, and the set of them to its
//!   header.
//! - A guess at the PIN is counted on the disk before it is tried, and each wrong one after the third makes the next wait.
//! - Every record, and the set of them, is bound to this vault and its revision: a record that was altered, swapped,
//!   dropped or rolled back is noticed when the vault is unlocked, a swapped secret when it is opened. A whole file
//!   that was rolled back is noticed by its generation, which is mirrored in the keychain.
//! - A backup is a copy of the sealed file; it is complete and was read back before it has its name. An older format is
//!   copied before it is brought up to date.
//! - Service entries are bound to their name only: they change while the vault is locked, and an older token is refused
//!   by whoever issued it.
//! - The keychain being locked, being absent and having no such entry are three different answers, see
//!   [`KeychainError`].
//!
//! Trusted: the keychain, and this process. Not trusted: the file. Whoever can read both the file and the unlocked
//! keychain of the person can read the vault while it has slot "device"; without that slot they can guess at the PIN, as fast
//! as Argon2id lets them.
//!
//! This crate does not decide who may have a secret, opens no connection but the one to the keychain, and never prints.

mod error;
mod file;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod header;
mod id;
mod keychain;
mod overview;
mod permit;
mod private;
mod seal;
mod secret;
mod slot;
mod vault;
mod vault_file;

pub use error::{Damage, OpenError, RecoverError, RestoreError, StoreError, UnlockError};
pub use id::{IdError, RecordId, SlotId, VaultId};
#[cfg(any(test, feature = "testing"))]
pub use keychain::memory::MemoryKeychain;
pub use keychain::os::OsKeychain;
pub use keychain::{Item, Keychain, KeychainError};
pub use overview::{Compartment, Extra, Form, Holds, Overview, Selectors};
pub use permit::Permit;
pub use secret::{FORMER_KEPT, Former, Secret, SecretChange};
pub use slot::{
    Cost, EscrowError, EscrowOpening, KeyError, NewPin, Opener, OrganisationKey, OrganisationSecret, Pin,
    PinError, PinGuess, RecoveryCode, Slot, SlotKind, StretchedPin, WordsError, open_escrow,
};
pub use vault::{BACKUPS_KEPT, Backup, ReadOnlyReason, Recovered, RecoveryKey, Report, Restorable, Vault};
