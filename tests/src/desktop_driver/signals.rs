//! Signals of one bus, with a deadline.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use zbus::export::futures_core::Stream as _;
use zbus::{Connection, MatchRule, MessageStream};

/// A subscription. A signal only says "look again", so many of them are as good as one; they are taken off the
/// connection at once, because replies queue behind signals that nobody reads.
pub(crate) struct Signals {
    came: Arc<Notify>,
    reader: JoinHandle<()>,
}

impl Signals {
    pub(crate) async fn subscribe(bus: &Connection, rule: MatchRule<'static>) -> zbus::Result<Self> {
        let mut stream = MessageStream::for_match_rule(rule, bus, None).await?;
        let came = Arc::new(Notify::new());
        let notify = Arc::clone(&came);
        let reader = tokio::spawn(async move {
            while poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await.is_some() {
                notify.notify_one();
            }
        });
        Ok(Self { came, reader })
    }

    /// Returns at the next signal, or after `at_most`, or at the deadline.
    pub(crate) async fn next(&self, at_most: Duration, deadline: Instant) {
        let end = deadline.min(Instant::now() + at_most);
        let _came_or_not = tokio::time::timeout_at(end, self.came.notified()).await;
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        self.reader.abort();
    }
}
