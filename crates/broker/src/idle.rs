//! A vault that nobody uses is locked after a while.
//!
//! The time runs while the laptop sleeps too ([`crate::Clock::since_boot`]), and it is looked at whenever something is asked
//! of an open vault: what comes after the time is up finds it locked, whether or not a timer has fired by then.

use std::time::Duration;

use lanyard_vault::Vault;

use crate::Broker;

/// How long the vault may be open without use, and when it was used.
#[derive(Debug, Default)]
pub(crate) struct Idle {
    limit: Option<Duration>,
    used: Duration,
}

impl Broker {
    /// Sets how long the vault stays open without use; none is for ever.
    pub fn set_idle_limit(&mut self, limit: Option<Duration>) {
        self.idle.limit = limit;
    }

    /// The person did something. It opens nothing again whose time was up.
    pub fn used_by_person(&mut self) {
        if !self.is_idle() {
            self.idle.used = self.clock.since_boot();
        }
    }

    /// How long until the vault is to be locked; none where it is locked, or stays open.
    pub fn idle_left(&self) -> Option<Duration> {
        let limit = self.idle.limit.filter(|_| self.vault.as_ref().is_ok_and(Vault::is_unlocked))?;
        Some((self.idle.used + limit).saturating_sub(self.clock.since_boot()))
    }

    /// Locks a vault whose time is up. Whether it was.
    pub fn lock_if_idle(&mut self) -> bool {
        let Some(limit) = self.idle.limit.filter(|_| self.is_idle()) else { return false };
        match limit.as_secs() / 60 {
            1 => self.lock("nobody used it for a minute"),
            minutes => self.lock(&format!("nobody used it for {minutes} minutes")),
        }
        true
    }

    pub(crate) fn is_idle(&self) -> bool {
        self.idle_left().is_some_and(|left| left.is_zero())
    }

    /// The vault was opened: the time begins.
    pub(crate) fn begin_idle(&mut self) {
        self.idle.used = self.clock.since_boot();
    }
}
