//! Looks until something is seen.

use std::time::Duration;

use tokio::time::Instant;

use crate::DriverError;
use crate::signals::Signals;

/// A deadline from now.
pub(crate) fn deadline(timeout_ms: u64) -> Instant {
    Instant::now() + Duration::from_millis(timeout_ms)
}

/// Looks at once and after every signal until `look` sees it. `again` is how long to trust that no signal means no
/// change. What `look` fails with counts as not seen and is told when time is up.
pub(crate) async fn until<T>(
    signals: Signals,
    again: Duration,
    deadline: Instant,
    mut look: impl AsyncFnMut() -> Result<Option<T>, DriverError>,
    wanted: impl Fn() -> String,
) -> Result<T, DriverError> {
    loop {
        let seen = look().await;
        if let Ok(Some(seen)) = seen {
            return Ok(seen);
        }
        if Instant::now() >= deadline {
            let why = seen.err().map(|error| format!(": {error}")).unwrap_or_default();
            return Err(DriverError::NotSeen(format!("{} not seen in time{why}", wanted())));
        }
        signals.next(again, deadline).await;
    }
}
