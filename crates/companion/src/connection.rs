//! One peer's frames: read in order, written from a queue, so that no slow reader holds up anybody else.

use std::io;

use lanyard_protocol::MAX_REQUEST;
use lanyard_protocol::envelope::{Envelope, Message, Outcome, Reply};
use lanyard_protocol::framing::{FrameError, Frames, encode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::UnixStream;
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;
use tokio::task::AbortHandle;
use zeroize::Zeroizing;

use lanyard_protocol::common::Problem;

/// Messages that may wait for a slow reader; one more and it is dropped.
const MOST_WAITING: usize = 256;

/// Why a peer is not listened to any longer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PeerError {
    #[error(transparent)]
    Frame(#[from] FrameError),
    /// Without the parser's own words, which quote what they stumbled on.
    #[error("a message of {0} bytes is not understood")]
    Malformed(usize),
    #[error("a message came before the one before it was answered")]
    OutOfTurn,
}

/// What a peer sends.
pub(crate) struct Inbox {
    stream: OwnedReadHalf,
    frames: Frames,
}

/// What is sent to a peer. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Outbox {
    queue: mpsc::Sender<Zeroizing<Vec<u8>>>,
    writer: AbortHandle,
}

/// Splits a connection. The outbox closes the connection when its last clone is gone.
pub(crate) fn split(stream: UnixStream) -> (Inbox, Outbox) {
    let (read, write) = stream.into_split();
    let (sender, receiver) = mpsc::channel(MOST_WAITING);
    let writer = tokio::task::spawn_local(write_all(write, receiver)).abort_handle();
    (Inbox { stream: read, frames: Frames::new(MAX_REQUEST) }, Outbox { queue: sender, writer })
}

impl Inbox {
    /// The next message; `None` when the peer has ended.
    pub(crate) async fn next<T: DeserializeOwned>(&mut self) -> Result<Option<T>, PeerError> {
        let Some(frame) = self.next_frame().await? else { return Ok(None) };
        serde_json::from_slice(&frame).map(Some).map_err(|_| PeerError::Malformed(frame.len()))
    }

    /// Resolves when the peer ends or says something out of turn, which ends it too.
    pub(crate) async fn ended(&mut self) -> Result<(), PeerError> {
        match self.next_frame().await? {
            None => Ok(()),
            Some(_) => Err(PeerError::OutOfTurn),
        }
    }

    async fn next_frame(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, FrameError> {
        let mut piece = Zeroizing::new([0; 8192]);
        loop {
            if let Some(frame) = self.frames.next_frame()? {
                return Ok(Some(frame));
            }
            match self.stream.read(&mut *piece).await {
                Ok(0) => return self.frames.end().map(|()| None),
                Ok(count) => self.frames.push(&piece[..count]),
                Err(error) if error.kind() == io::ErrorKind::ConnectionReset => return Ok(None),
                Err(error) => return Err(error.into()),
            }
        }
    }
}

impl Outbox {
    /// Sends the reply to a request.
    pub(crate) fn reply<Response: Serialize>(&self, id: u32, result: Result<Response, Problem>) {
        self.send(&Message::<Response, ()>::Reply(Reply { id, result: Outcome::from(result) }));
    }

    /// Sends news.
    pub(crate) fn event<Event: Serialize>(&self, event: Event) {
        self.send(&Message::<(), Event>::Event(event));
    }

    /// Sends news once there is room for it: for long answers, which wait for a slow reader.
    pub(crate) async fn event_in_turn<Event: Serialize>(&self, event: Event) {
        let frame = encode(&Message::<(), Event>::Event(event));
        // A reader that is gone is noticed where its requests come from.
        let _ = self.queue.send(frame).await;
    }

    /// Whether nobody reads any longer.
    pub(crate) fn is_closed(&self) -> bool {
        self.queue.is_closed()
    }

    /// Resolves when nobody reads any longer.
    pub(crate) async fn closed(&self) {
        self.queue.closed().await;
    }

    /// Whether both lead to the same peer.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.queue.same_channel(&other.queue)
    }

    fn send(&self, message: &impl Serialize) {
        if let Err(TrySendError::Full(_)) = self.queue.try_send(encode(message)) {
            // A peer that does not read would go on with half of the news: it is cut off, and can come back.
            self.writer.abort();
        }
    }
}

/// Splits a request from its id.
pub(crate) fn open<Request>(envelope: Envelope<Request>) -> (u32, Request) {
    (envelope.id, envelope.request)
}

async fn write_all(mut stream: OwnedWriteHalf, mut queue: mpsc::Receiver<Zeroizing<Vec<u8>>>) {
    while let Some(frame) = queue.recv().await {
        if stream.write_all(&frame).await.is_err() {
            return;
        }
    }
}
