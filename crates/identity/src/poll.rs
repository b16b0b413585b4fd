//! The pace of polling (RFC 8628, section 3.5), apart from what is asked.

use std::future::Future;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::Error;

/// What one request said.
pub(crate) enum Answer<T> {
    /// The person approved.
    Granted(T),
    /// The person has not decided.
    Pending,
    /// We ask too often.
    SlowDown,
    /// The provider could not be asked.
    Trouble,
}

/// Asks until the person decided, or the code expired; the last question is asked at the deadline.
pub(crate) async fn until_decided<T, A, F>(
    interval: Duration,
    deadline: Instant,
    mut ask: A,
) -> Result<T, Error>
where
    A: FnMut() -> F,
    F: Future<Output = Result<Answer<T>, Error>>,
{
    let mut pace = Pace::new(interval);
    loop {
        let next = Instant::now() + pace.wait();
        sleep_until(next.min(deadline)).await;
        match ask().await? {
            Answer::Granted(granted) => return Ok(granted),
            Answer::Pending => pace.pending(),
            Answer::SlowDown => pace.slow_down(),
            Answer::Trouble => pace.trouble(),
        }
        if next >= deadline {
            return Err(Error::CodeExpired);
        }
    }
}

struct Pace {
    interval: Duration,
    troubles: u32,
}

impl Pace {
    /// A provider that names no wait is not to be asked without a pause.
    const SHORTEST: Duration = Duration::from_millis(250);
    const LONGEST: Duration = Duration::from_mins(10);
    const SLOW_DOWN: Duration = Duration::from_secs(5);
    const LONGEST_BACK_OFF: Duration = Duration::from_mins(1);

    fn new(interval: Duration) -> Self {
        Self { interval: interval.clamp(Self::SHORTEST, Self::LONGEST), troubles: 0 }
    }

    fn wait(&self) -> Duration {
        let backed_off = self.interval.saturating_mul(2_u32.saturating_pow(self.troubles));
        backed_off.min(Self::LONGEST_BACK_OFF.max(self.interval))
    }

    fn pending(&mut self) {
        self.troubles = 0;
    }

    /// "This and all subsequent requests": the interval stays longer.
    fn slow_down(&mut self) {
        self.troubles = 0;
        self.interval += Self::SLOW_DOWN;
    }

    fn trouble(&mut self) {
        self.troubles = self.troubles.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

    use std::cell::RefCell;

    use super::*;

    /// Polls against scripted answers on a clock of its own, and says when each question was asked, in seconds.
    async fn poll(interval: u64, lifetime: u64, answers: Vec<Answer<()>>) -> (Vec<u64>, Result<(), Error>) {
        let start = Instant::now();
        let asked = RefCell::new(Vec::new());
        let answers = RefCell::new(answers.into_iter());
        let deadline = start + Duration::from_secs(lifetime);
        let outcome = until_decided(Duration::from_secs(interval), deadline, || {
            asked.borrow_mut().push(start.elapsed().as_secs());
            let answer = answers.borrow_mut().next().unwrap_or(Answer::Pending);
            async { Ok(answer) }
        })
        .await;
        (asked.into_inner(), outcome)
    }

    #[tokio::test(start_paused = true)]
    async fn the_interval_is_kept() {
        let (asked, outcome) =
            poll(5, 600, vec![Answer::Pending, Answer::Pending, Answer::Granted(())]).await;
        assert_eq!(asked, [5, 10, 15]);
        outcome.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn slow_down_adds_five_seconds_and_they_stay() {
        let answers =
            vec![Answer::SlowDown, Answer::Pending, Answer::Pending, Answer::SlowDown, Answer::Granted(())];
        let (asked, _) = poll(5, 600, answers).await;
        assert_eq!(asked, [5, 15, 25, 35, 50]);
    }

    #[tokio::test(start_paused = true)]
    async fn trouble_doubles_the_wait_up_to_a_minute_until_the_provider_answers() {
        let mut answers: Vec<_> = (0..6).map(|_| Answer::Trouble).collect();
        answers.extend([Answer::Pending, Answer::Granted(())]);
        let (asked, outcome) = poll(5, 3600, answers).await;
        let waits: Vec<_> = asked.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert_eq!(waits, [10, 20, 40, 60, 60, 60, 5]);
        outcome.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn slow_down_survives_trouble() {
        let (asked, _) =
            poll(5, 600, vec![Answer::SlowDown, Answer::Trouble, Answer::Pending, Answer::Granted(())]).await;
        assert_eq!(asked, [5, 15, 35, 45]);
    }

    #[tokio::test(start_paused = true)]
    async fn the_last_question_is_asked_at_the_deadline() {
        let (asked, outcome) = poll(5, 12, vec![]).await;
        assert_eq!(asked, [5, 10, 12]);
        assert!(matches!(outcome, Err(Error::CodeExpired)));

        let (asked, outcome) = poll(5, 12, vec![Answer::Pending, Answer::Trouble, Answer::Granted(())]).await;
        assert_eq!(asked, [5, 10, 12]);
        outcome.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn an_interval_beyond_the_lifetime_leaves_the_last_question() {
        let (asked, outcome) = poll(u64::MAX, 600, vec![]).await;
        assert_eq!(asked, [600]);
        assert!(matches!(outcome, Err(Error::CodeExpired)));
    }
}
