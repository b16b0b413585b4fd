//! One peer's frames: read in order, written from a queue, so that no slow reader holds up anybody else.

use std::cell::Cell;
use std::io;
use std::rc::Rc;

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

use crate::rate::Turns;

/// Messages that may wait for a slow reader; one more and it is dropped.
const MOST_WAITING: usize = 256;

/// Bytes of them, of which each may have 700 KB.
const MOST_BYTES_WAITING: usize = 8 * 1024 * 1024;

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
    turns: Option<Turns>,
}

/// What is sent to a peer. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Outbox {
    queue: mpsc::Sender<Zeroizing<Vec<u8>>>,
    /// Bytes that wait.
    waiting: Rc<Cell<usize>>,
    writer: AbortHandle,
}

/// Splits a connection. The outbox closes the connection when its last clone is gone.
pub(crate) fn split(stream: UnixStream) -> (Inbox, Outbox) {
    let (read, write) = stream.into_split();
    let (sender, receiver) = mpsc::channel(MOST_WAITING);
    let waiting = Rc::new(Cell::new(0));
    let writer = tokio::task::spawn_local(write_all(write, receiver, Rc::clone(&waiting))).abort_handle();
    let inbox = Inbox { stream: read, frames: Frames::new(MAX_REQUEST), turns: None };
    (inbox, Outbox { queue: sender, waiting, writer })
}

impl Inbox {
    /// Takes no more from the peer than this from here on.
    pub(crate) fn slow_down(&mut self, turns: Turns) {
        self.turns = Some(turns);
    }

    /// The next message; `None` when the peer has ended.
    pub(crate) async fn next<T: DeserializeOwned>(&mut self) -> Result<Option<T>, PeerError> {
        if let Some(turns) = &mut self.turns {
            turns.next().await;
        }
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

    /// The same once there is room for it: whoever asks faster than it reads waits for its own answers.
    pub(crate) async fn reply_in_turn<Response: Serialize>(
        &self,
        id: u32,
        result: Result<Response, Problem>,
    ) {
        self.send_in_turn(&Message::<Response, ()>::Reply(Reply { id, result: Outcome::from(result) })).await;
    }

    /// Sends news.
    pub(crate) fn event<Event: Serialize>(&self, event: Event) {
        self.send(&Message::<(), Event>::Event(event));
    }

    /// Sends news once there is room for it: for long answers, which wait for a slow reader.
    pub(crate) async fn event_in_turn<Event: Serialize>(&self, event: Event) {
        self.send_in_turn(&Message::<(), Event>::Event(event)).await;
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

    async fn send_in_turn(&self, message: &impl Serialize) {
        let frame = encode(message);
        self.waiting.set(self.waiting.get() + frame.len());
        // A reader that is gone is noticed where its requests come from.
        let _ = self.queue.send(frame).await;
    }

    fn send(&self, message: &impl Serialize) {
        let frame = encode(message);
        self.waiting.set(self.waiting.get() + frame.len());
        let too_many = self.waiting.get() > MOST_BYTES_WAITING;
        if too_many || matches!(self.queue.try_send(frame), Err(TrySendError::Full(_))) {
            // A peer that does not read would go on with half of the news: it is cut off, and can come back.
            self.writer.abort();
        }
    }
}

/// Splits a request from its id.
pub(crate) fn open<Request>(envelope: Envelope<Request>) -> (u32, Request) {
    (envelope.id, envelope.request)
}

async fn write_all(
    mut stream: OwnedWriteHalf,
    mut queue: mpsc::Receiver<Zeroizing<Vec<u8>>>,
    waiting: Rc<Cell<usize>>,
) {
    while let Some(frame) = queue.recv().await {
        waiting.set(waiting.get().saturating_sub(frame.len()));
        if stream.write_all(&frame).await.is_err() {
            return;
        }
    }
}
