//! One peer's frames: read in order, written from a queue, so that no slow reader holds up anybody else. A browser's are
//! opened and sealed here, once there is a channel.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io;
use std::rc::Rc;

use lanyard_channel::Transport;
use lanyard_protocol::channel::{Carried, FromCompanion, FromExtension};
use lanyard_protocol::envelope::{Envelope, Message, Outcome, Reply};
use lanyard_protocol::framing::{FrameError, Frames, encode, encode_body, with_header};
use lanyard_protocol::{MAX_CARRIED, MAX_REQUEST};
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

/// Bytes that are read at once.
const PIECE: usize = 8192;

/// Frames that an extension may send before the person has answered: its greeting is one.
const MOST_EARLY: usize = 4;

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
    /// Somebody in between, or an extension that does not keep to the protocol.
    #[error(transparent)]
    Channel(#[from] lanyard_channel::Error),
}

/// A channel with a browser: its two directions share their state.
pub(crate) type Channel = Rc<RefCell<Transport>>;

/// What a peer sends.
pub(crate) struct Inbox {
    stream: OwnedReadHalf,
    /// What was read last.
    piece: Zeroizing<Vec<u8>>,
    frames: Frames,
    /// What came before there was a channel to open it with.
    early: VecDeque<Zeroizing<Vec<u8>>>,
    channel: Option<Channel>,
    turns: Option<Turns>,
}

/// What is sent to a peer. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Outbox {
    queue: mpsc::Sender<Queued>,
    /// Bytes that wait.
    waiting: Rc<Cell<usize>>,
    writer: AbortHandle,
    channel: Option<Channel>,
}

/// A message that waits to be written, and what it is sealed with: nothing for the window, terminals, and the first words
/// to a browser.
struct Queued {
    body: Zeroizing<Vec<u8>>,
    channel: Option<Channel>,
}

/// Splits a connection. The outbox closes the connection when its last clone is gone.
pub(crate) fn split(stream: UnixStream) -> (Inbox, Outbox) {
    let (read, write) = stream.into_split();
    let (sender, receiver) = mpsc::channel(MOST_WAITING);
    let waiting = Rc::new(Cell::new(0));
    let writer = tokio::task::spawn_local(write_all(write, receiver, Rc::clone(&waiting))).abort_handle();
    let inbox = Inbox {
        stream: read,
        piece: Zeroizing::new(vec![0; PIECE]),
        frames: Frames::new(MAX_REQUEST),
        early: VecDeque::new(),
        channel: None,
        turns: None,
    };
    (inbox, Outbox { queue: sender, waiting, writer, channel: None })
}

impl Inbox {
    /// Takes no more from the peer than this from here on.
    pub(crate) fn slow_down(&mut self, turns: Turns) {
        self.turns = Some(turns);
    }

    /// What comes is an extension's.
    pub(crate) fn expect_carried(&mut self) {
        self.frames.set_limit(MAX_CARRIED);
    }

    /// What comes is sealed for this channel.
    pub(crate) fn open_with(&mut self, channel: &Channel) {
        self.channel = Some(Rc::clone(channel));
    }

    /// The next message; `None` when the peer has ended. One that is not awaited to its end loses nothing.
    pub(crate) async fn next<T: DeserializeOwned>(&mut self) -> Result<Option<T>, PeerError> {
        if let Some(turns) = &mut self.turns {
            turns.next().await;
        }
        loop {
            let Some(frame) = self.next_frame().await? else { return Ok(None) };
            let Some(channel) = &self.channel else { return parse(&frame).map(Some) };
            let FromExtension::Channel(Carried(sealed)) = parse(&frame)? else {
                return Err(PeerError::OutOfTurn);
            };
            if let Some(message) = channel.borrow_mut().open(&sealed)? {
                return parse(&message).map(Some);
            }
        }
    }

    /// Resolves when the peer ends. What it says meanwhile, which is little, is kept for [`Self::next`].
    pub(crate) async fn ended_or_waits(&mut self) -> Result<(), PeerError> {
        while let Some(frame) = self.read_frame().await? {
            if self.early.len() >= MOST_EARLY {
                return Err(PeerError::OutOfTurn);
            }
            self.early.push_back(frame);
        }
        Ok(())
    }

    /// Resolves when the peer ends or says something out of turn, which ends it too.
    pub(crate) async fn ended(&mut self) -> Result<(), PeerError> {
        match self.next_frame().await? {
            None => Ok(()),
            Some(_) => Err(PeerError::OutOfTurn),
        }
    }

    async fn next_frame(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, FrameError> {
        match self.early.pop_front() {
            Some(frame) => Ok(Some(frame)),
            None => self.read_frame().await,
        }
    }

    async fn read_frame(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, FrameError> {
        loop {
            if let Some(frame) = self.frames.next_frame()? {
                return Ok(Some(frame));
            }
            match self.stream.read(&mut self.piece).await {
                Ok(0) => return self.frames.end().map(|()| None),
                Ok(count) => self.frames.push(&self.piece[..count]),
                Err(error) if error.kind() == io::ErrorKind::ConnectionReset => return Ok(None),
                Err(error) => return Err(error.into()),
            }
        }
    }
}

impl Outbox {
    /// The same peer, with everything sealed.
    pub(crate) fn seal_with(&self, channel: &Channel) -> Self {
        Self { channel: Some(Rc::clone(channel)), ..self.clone() }
    }

    /// Says something to an extension outside of the channel.
    pub(crate) fn say(&self, message: &FromCompanion) {
        self.queue(encode_body(message), None);
    }

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
        let body = encode_body(message);
        self.waiting.set(self.waiting.get() + body.len());
        // A reader that is gone is noticed where its requests come from.
        let _ = self.queue.send(Queued { body, channel: self.channel.clone() }).await;
    }

    fn send(&self, message: &impl Serialize) {
        self.queue(encode_body(message), self.channel.clone());
    }

    fn queue(&self, body: Zeroizing<Vec<u8>>, channel: Option<Channel>) {
        self.waiting.set(self.waiting.get() + body.len());
        let too_many = self.waiting.get() > MOST_BYTES_WAITING;
        let queued = self.queue.try_send(Queued { body, channel });
        if too_many || matches!(queued, Err(TrySendError::Full(_))) {
            // A peer that does not read would go on with half of the news: it is cut off, and can come back.
            self.writer.abort();
        }
    }
}

/// Splits a request from its id.
pub(crate) fn open<Request>(envelope: Envelope<Request>) -> (u32, Request) {
    (envelope.id, envelope.request)
}

async fn write_all(mut stream: OwnedWriteHalf, mut queue: mpsc::Receiver<Queued>, waiting: Rc<Cell<usize>>) {
    while let Some(message) = queue.recv().await {
        waiting.set(waiting.get().saturating_sub(message.body.len()));
        for frame in message.into_frames() {
            if stream.write_all(&frame).await.is_err() {
                return;
            }
        }
    }
}

impl Queued {
    /// Sealed where it is written, so that messages are sealed in the order in which they travel.
    fn into_frames(self) -> Vec<Zeroizing<Vec<u8>>> {
        let Self { body, channel } = self;
        let Some(channel) = channel else {
            return vec![with_header(&body).expect("messages are smaller than 4 GiB")];
        };
        // A channel that has ended carries nothing; who reads its other direction notices.
        let sealed = channel.borrow_mut().seal(&body).unwrap_or_default();
        sealed.into_iter().map(|message| encode(&FromCompanion::Channel(Carried(message)))).collect()
    }
}

fn parse<T: DeserializeOwned>(message: &[u8]) -> Result<T, PeerError> {
    serde_json::from_slice(message).map_err(|_| PeerError::Malformed(message.len()))
}
