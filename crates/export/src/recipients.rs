//! Who can open the file.

use age::{Encryptor, scrypt, x25519};
use secrecy::{ExposeSecret as _, SecretString};

/// In characters. What the file holds is worth guessing at for long.
pub const SHORTEST_PASSPHRASE: usize = 12;

/// More keys are not one person's.
const MOST_KEYS: usize = 20;

/// Work of a guess, as a power of two: that of the programs of age, half a second and 256 MiB.
const WORK: u8 = if cfg!(test) { 4 } else { 18 };

/// Who can open the file.
pub struct Recipients(Kind);

enum Kind {
    Passphrase(SecretString),
    Keys(Vec<x25519::Recipient>),
}

/// Nobody could open the file, or too many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRecipients {
    /// It could be guessed.
    #[error("the passphrase is too short")]
    ShortPassphrase,
    /// No key was given.
    #[error("there is no key to encrypt with")]
    None,
    /// More keys than one person has.
    #[error("there are too many keys to encrypt with")]
    TooMany,
    /// Not a public key of age (X25519).
    #[error("this is not a public key of age")]
    NotAKey,
}

impl Recipients {
    /// Whoever knows the passphrase.
    pub fn of_passphrase(passphrase: SecretString) -> Result<Self, InvalidRecipients> {
        if passphrase.expose_secret().chars().count() < SHORTEST_PASSPHRASE {
            return Err(InvalidRecipients::ShortPassphrase);
        }
        Ok(Self(Kind::Passphrase(passphrase)))
    }

    /// The owners of public keys, each written as `age1…`.
    pub fn parse_keys(keys: &[String]) -> Result<Self, InvalidRecipients> {
        match keys.len() {
            0 => Err(InvalidRecipients::None),
            1..=MOST_KEYS => {
                let keys = keys.iter().map(|key| key.parse().map_err(|_| InvalidRecipients::NotAKey));
                keys.collect::<Result<_, _>>().map(|keys| Self(Kind::Keys(keys)))
            }
            _ => Err(InvalidRecipients::TooMany),
        }
    }

    /// Takes its time for a passphrase.
    pub(crate) fn into_encryptor(self) -> Encryptor {
        let encryptor = match self.0 {
            Kind::Passphrase(passphrase) => {
                let mut recipient = scrypt::Recipient::new(passphrase);
                recipient.set_work_factor(WORK);
                Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
            }
            Kind::Keys(keys) => Encryptor::with_recipients(keys.iter().map(|key| key as &dyn age::Recipient)),
        };
        encryptor.expect("there are recipients, and all of one kind")
    }
}
