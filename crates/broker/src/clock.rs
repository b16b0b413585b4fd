//! What time it is.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Time for the engine.
pub trait Clock {
    /// Time since the machine or this program started, the time it slept included: rights and captures end by it.
    fn since_boot(&self) -> Duration;
    /// The time on the wall in Unix milliseconds, for the activity log.
    fn unix_ms(&self) -> u64;
}

/// The system's clocks.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn since_boot(&self) -> Duration {
        since_boot()
    }

    fn unix_ms(&self) -> u64 {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::try_from(now.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(unix)]
fn since_boot() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    #[cfg(target_os = "linux")]
    const CLOCK: ClockId = ClockId::Boottime;
    // clock_gettime(3) of macOS: it goes on while the system sleeps.
    #[cfg(target_os = "macos")]
    const CLOCK: ClockId = ClockId::Monotonic;
    let now = clock_gettime(CLOCK);
    Duration::new(now.tv_sec.unsigned_abs(), u32::try_from(now.tv_nsec).unwrap_or(0))
}

/// By the performance counter, which goes on while the system sleeps.
#[cfg(windows)]
fn since_boot() -> Duration {
    use std::sync::LazyLock;
    use std::time::Instant;
    static STARTED: LazyLock<Instant> = LazyLock::new(Instant::now);
    STARTED.elapsed()
}
