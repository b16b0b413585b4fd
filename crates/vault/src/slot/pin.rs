//! A PIN: stretched with Argon2id, so that a guess is slow, and mixed with the device secret, so that a copy of the file is
//! no place to guess.

use std::fmt;
use std::io;

use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::seal::fill_random;
use crate::{SlotId, StoreError};

const LENGTH: std::ops::RangeInclusive<usize> = 4..=64;

/// A PIN as a person may choose it: 4 to 64 characters of any kind.
pub struct Pin(SecretString);

/// Why a text is no PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
    /// Fewer than 4 characters.
    #[error("a PIN has at least 4 characters")]
    TooShort,
    /// More than 64.
    #[error("a PIN has at most 64 characters")]
    TooLong,
}

impl Pin {
    /// Takes what the person entered.
    pub fn parse(text: SecretString) -> Result<Self, PinError> {
        let length = text.expose_secret().chars().count();
        match length {
            _ if length < *LENGTH.start() => Err(PinError::TooShort),
            _ if length > *LENGTH.end() => Err(PinError::TooLong),
            _ => Ok(Self(text)),
        }
    }
}

/// What a guess costs, as Argon2 counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "UncheckedCost")]
pub struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Cost {
    /// RFC 9106, section 4, the second choice: 64 MiB, three passes, four lanes.
    #[cfg(not(test))]
    pub(crate) const CHOSEN: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 4 };
    #[cfg(test)]
    pub(crate) const CHOSEN: Self = Self { memory_kib: 64, passes: 1, lanes: 1 };

    fn stretch(self, pin: &Pin, salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>, StoreError> {
        let params =
            Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).map_err(out_of_memory)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut stretched = Zeroizing::new([0; 32]);
        argon2
            .hash_password_into(pin.0.expose_secret().as_bytes(), salt, &mut *stretched)
            .map_err(out_of_memory)?;
        Ok(stretched)
    }
}

/// What stands in a file that anybody may have written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UncheckedCost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl TryFrom<UncheckedCost> for Cost {
    type Error = &'static str;

    /// Up to 1 GiB, 16 passes and 16 lanes: an altered file does not stop the computer.
    fn try_from(cost: UncheckedCost) -> Result<Self, Self::Error> {
        let UncheckedCost { memory_kib, passes, lanes } = cost;
        let fits = memory_kib <= 1024 * 1024 && passes <= 16 && lanes <= 16;
        if !fits || Params::new(memory_kib, passes, lanes, Some(32)).is_err() {
            return Err("no cost that a PIN of ours has");
        }
        Ok(Self { memory_kib, passes, lanes })
    }
}

/// A PIN that is to be set.
pub struct NewPin {
    pub(crate) salt: [u8; 16],
    pub(crate) cost: Cost,
    pub(crate) stretched: Zeroizing<[u8; 32]>,
}

impl NewPin {
    /// Stretches a PIN, which takes a while by purpose and can be done on another thread.
    pub fn stretch(pin: &Pin) -> Result<Self, StoreError> {
        let mut salt = [0; 16];
        fill_random(&mut salt);
        let cost = Cost::CHOSEN;
        Ok(Self { salt, cost, stretched: cost.stretch(pin, &salt)? })
    }
}

/// One guess at a PIN, which is counted already.
pub struct PinGuess {
    pub(crate) slot: SlotId,
    pub(crate) salt: [u8; 16],
    pub(crate) cost: Cost,
}

impl PinGuess {
    /// Stretches the PIN, which takes a while by purpose and can be done on another thread.
    pub fn stretch(self, pin: &Pin) -> Result<StretchedPin, StoreError> {
        Ok(StretchedPin { slot: self.slot, stretched: self.cost.stretch(pin, &self.salt)? })
    }
}

/// A guess that can be tried.
pub struct StretchedPin {
    pub(crate) slot: SlotId,
    pub(crate) stretched: Zeroizing<[u8; 32]>,
}

fn out_of_memory(error: impl fmt::Display) -> StoreError {
    StoreError::Io { source: io::Error::new(io::ErrorKind::OutOfMemory, error.to_string()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pin(text: &str) -> Result<Pin, PinError> {
        Pin::parse(text.into())
    }

    #[test]
    fn a_pin_has_four_to_sixty_four_characters() {
        assert_eq!(pin("123").err(), Some(PinError::TooShort));
        assert_eq!(pin("äöü").err(), Some(PinError::TooShort));
        assert!(pin("1234").is_ok());
        assert!(pin(&"ä".repeat(64)).is_ok());
        assert_eq!(pin(&"1".repeat(65)).err(), Some(PinError::TooLong));
    }

    #[test]
    fn a_cost_that_would_stop_the_computer_is_no_cost() {
        let read = |memory: u32, passes: u32, lanes: u32| {
            let text = format!(r#"{{"memory_kib":{memory},"passes":{passes},"lanes":{lanes}}}"#);
            serde_json::from_str::<Cost>(&text)
        };
        assert!(read(64 * 1024, 3, 4).is_ok());
        for (memory, passes, lanes) in
            [(2 * 1024 * 1024, 3, 4), (65536, 17, 4), (65536, 3, 17), (65536, 0, 4), (65536, 3, 0), (4, 3, 4)]
        {
            assert!(read(memory, passes, lanes).is_err(), "{memory} {passes} {lanes}");
        }
        assert!(serde_json::from_str::<Cost>(r#"{"memory_kib":64,"passes":1,"lanes":1,"x":1}"#).is_err());
    }

    #[test]
    fn salt_pin_and_cost_each_make_another_key() {
        let cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };
        let stretch =
            |cost: Cost, text: &str, salt: u8| *cost.stretch(&pin(text).unwrap(), &[salt; 16]).unwrap();
        let one = stretch(cost, "1234", 1);
        assert_eq!(one, stretch(cost, "1234", 1));
        assert_ne!(one, stretch(cost, "1235", 1));
        assert_ne!(one, stretch(cost, "1234", 2));
        assert_ne!(one, stretch(Cost { passes: 2, ..cost }, "1234", 1));
    }
}
