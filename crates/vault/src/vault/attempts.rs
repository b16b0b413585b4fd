//! Counting guesses at a PIN.
//!
//! A guess is counted, on the disk, before it is tried: who cuts the power in between has used it up. The count is sealed with
//! the service key, so that only this program can lower it. Who can write the file can put back an older copy of it with a
//! lower count, and guess against that; only hardware could prevent it, and who can also read the keychain has no need to.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rusqlite::{OptionalExtension, Transaction};

use super::Vault;
use crate::seal::Key;
use crate::{Damage, SlotId, StoreError, VaultId};

/// Wrong guesses since the last right one, and when the last of them was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Attempts {
    failed: u32,
    /// Milliseconds since 1970.
    last: u64,
}

impl Attempts {
    const NONE: Self = Self { failed: 0, last: 0 };

    fn seal(self, service_key: &Key, vault: VaultId, slot: SlotId) -> Vec<u8> {
        let mut plain = [0; 12];
        plain[..4].copy_from_slice(&self.failed.to_be_bytes());
        plain[4..].copy_from_slice(&self.last.to_be_bytes());
        key(service_key, vault).seal(&bound(vault, slot), &plain)
    }

    fn open(service_key: &Key, vault: VaultId, slot: SlotId, sealed: &[u8]) -> Option<Self> {
        let plain = key(service_key, vault).open(&bound(vault, slot), sealed).ok()?;
        let (failed, last) = plain.split_first_chunk()?;
        Some(Self { failed: u32::from_be_bytes(*failed), last: u64::from_be_bytes(last.try_into().ok()?) })
    }

    /// How long no guess is taken.
    fn wait(self, now: u64) -> Duration {
        let past = Duration::from_millis(now.saturating_sub(self.last));
        delay_after(self.failed).saturating_sub(past)
    }
}

/// How long after so many wrong guesses the next one may come.
const fn delay_after(failed: u32) -> Duration {
    let seconds = match failed {
        0..3 => 0,
        3 => 30,
        4 => 60,
        5 => 120,
        6 => 300,
        7 => 900,
        _ => 3600,
    };
    Duration::from_secs(seconds)
}

impl Vault {
    /// Counts a guess that is about to be tried, or says how long none is taken.
    pub(super) fn count_guess(
        &self,
        slot: SlotId,
        now: SystemTime,
    ) -> Result<Result<(), Duration>, StoreError> {
        let now = millis(now);
        let mut attempts = self.attempts(slot)?;
        if attempts.last > now {
            // The clock was set back: what is left to wait begins anew, from the time that it shows.
            attempts.last = now;
            self.write_attempts(slot, attempts)?;
        }
        let wait = attempts.wait(now);
        if !wait.is_zero() {
            return Ok(Err(wait));
        }
        self.write_attempts(slot, Attempts { failed: attempts.failed.saturating_add(1), last: now })?;
        Ok(Ok(()))
    }

    /// After a right guess.
    pub(super) fn forget_guesses(&self, slot: SlotId) -> Result<(), StoreError> {
        self.write_attempts(slot, Attempts::NONE)
    }

    /// How long no guess at the PIN is taken; nothing is counted.
    pub(super) fn wait_of(&self, slot: SlotId, now: SystemTime) -> Result<Duration, StoreError> {
        let attempts = self.attempts(slot)?;
        let now = millis(now);
        Ok(Attempts { last: attempts.last.min(now), ..attempts }.wait(now))
    }

    fn attempts(&self, slot: SlotId) -> Result<Attempts, StoreError> {
        let sealed: Option<Vec<u8>> = self
            .file
            .db()
            .query_one("SELECT sealed FROM attempt WHERE slot = ?1", [slot.as_bytes()], |row| row.get(0))
            .optional()?;
        sealed
            .and_then(|sealed| Attempts::open(&self.service_key, self.id, slot, &sealed))
            .ok_or(StoreError::Damaged { source: Damage::Attempts })
    }

    fn write_attempts(&self, slot: SlotId, attempts: Attempts) -> Result<(), StoreError> {
        let sealed = attempts.seal(&self.service_key, self.id, slot);
        self.file.save(|transaction| {
            transaction.execute("REPLACE INTO attempt VALUES (?1, ?2)", (slot.as_bytes(), sealed))?;
            Ok(())
        })
    }
}

/// Begins to count for a slot that has no count.
pub(super) fn begin_counting(
    transaction: &Transaction<'_>,
    service_key: &Key,
    vault: VaultId,
    slot: SlotId,
) -> rusqlite::Result<()> {
    let sealed = Attempts::NONE.seal(service_key, vault, slot);
    transaction.execute("INSERT OR IGNORE INTO attempt VALUES (?1, ?2)", (slot.as_bytes(), sealed))?;
    Ok(())
}

pub(super) fn millis(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).map_or(0, |past| u64::try_from(past.as_millis()).unwrap_or(u64::MAX))
}

fn key(service_key: &Key, vault: VaultId) -> Key {
    service_key.derive(vault.as_bytes(), &[b"lanyard/2 attempts"])
}

fn bound(vault: VaultId, slot: SlotId) -> Vec<u8> {
    [&vault.as_bytes()[..], slot.as_bytes(), b"attempts"].concat()
}
