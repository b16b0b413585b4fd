//! How fast a peer may ask. One that asks faster is read from later: nothing is lost, and the others have their turn.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// Messages that may come at once, and how soon there may be one more.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rate {
    burst: u32,
    every: Duration,
}

/// A browser that opens with some hundred tabs asks once or twice for each of their frames.
pub(crate) const BROWSER: Rate = Rate { burst: 1000, every: Duration::from_millis(10) };

/// A file of 100,000 logins comes in some three hundred messages, twice.
pub(crate) const TERMINAL: Rate = Rate { burst: 1000, every: Duration::from_millis(20) };

/// What a peer has left.
pub(crate) struct Turns {
    rate: Rate,
    /// When all of the burst will be there again.
    full: Instant,
}

impl Turns {
    pub(crate) fn new(rate: Rate) -> Self {
        Self { rate, full: Instant::now() }
    }

    /// Resolves when it is this peer's turn.
    pub(crate) async fn next(&mut self) {
        let now = Instant::now();
        let turn = self.take(now);
        if turn > now {
            sleep_until(turn).await;
        }
    }

    fn take(&mut self, now: Instant) -> Instant {
        self.full = self.full.max(now) + self.rate.every;
        let ahead = self.rate.every * self.rate.burst;
        self.full.checked_sub(ahead).map_or(now, |turn| turn.max(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { burst: 3, every: Duration::from_millis(10) };

    #[test]
    fn a_burst_goes_through_and_then_one_at_a_time() {
        let now = Instant::now();
        let mut turns = Turns { rate: RATE, full: now };
        let waits: Vec<_> = (0..5).map(|_| (turns.take(now) - now).as_millis()).collect();
        assert_eq!(waits, [0, 0, 0, 10, 20]);
    }

    #[test]
    fn whoever_was_silent_for_long_has_one_burst_and_no_more() {
        let begin = Instant::now();
        let mut turns = Turns { rate: RATE, full: begin };
        (0..3).for_each(|_| _ = turns.take(begin));
        let later = begin + Duration::from_mins(1);
        let waits: Vec<_> = (0..4).map(|_| (turns.take(later) - later).as_millis()).collect();
        assert_eq!(waits, [0, 0, 0, 10]);
    }
}
