//! The wall clock, passed in.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Says what time it is, for the lifetimes of tokens.
pub trait Clock: Send + Sync {
    /// The wall-clock time.
    fn now(&self) -> SystemTime;
}

/// The clock of this computer.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// Seconds since the Unix epoch, as JWTs and the stored session count them.
pub(crate) fn unix_seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs()
}
