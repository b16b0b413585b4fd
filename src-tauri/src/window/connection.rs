//! The frames between the page and the companion.
//!
//! One pipe each way, in order: a reply and an event that follow each other reach the page like that. The page matches
//! replies to its requests by their ids. What the companion sends waits until the page listens.

use std::error::Error;
use std::io::Write as _;
use std::os::unix::net::UnixStream;
use std::sync::{Mutex, MutexGuard, PoisonError};

use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::envelope::{Envelope, Message};
use lanyard_protocol::window::{Event, Request, Response};
use lanyard_protocol::{MAX_REPLY, MAX_REQUEST, framing};

/// What the companion sends.
pub(crate) type Incoming = Message<Response, Event>;

/// The window's side of the socket.
pub(crate) struct Connection {
    writer: Mutex<UnixStream>,
    listener: Mutex<Listener>,
}

enum Listener {
    /// Nobody yet: messages are kept.
    Absent(Vec<Incoming>),
    /// The page.
    Present(Box<dyn Fn(Incoming) + Send>),
}

impl Connection {
    /// Sends over `stream`; [`Connection::read`] must run on the other half.
    pub(crate) fn new(stream: UnixStream) -> Self {
        Self { writer: Mutex::new(stream), listener: Mutex::new(Listener::Absent(Vec::new())) }
    }

    /// Sends a request. Its reply comes to the listener.
    pub(crate) fn send(&self, envelope: &Envelope<Request>) -> Result<(), Problem> {
        let frame = framing::encode(envelope);
        if frame.len() > framing::HEADER + MAX_REQUEST {
            return Err(Problem::new(Code::Invalid, "That is too long", "Shorten it and try again"));
        }
        let written = lock(&self.writer).write_all(&frame);
        written.map_err(|_| Problem::new(Code::Unavailable, "Lanyard has ended", "Start Lanyard again"))
    }

    /// Hands messages to `listener` from here on, those first that came before it.
    pub(crate) fn listen(&self, listener: impl Fn(Incoming) + Send + 'static) {
        let mut current = lock(&self.listener);
        if let Listener::Absent(kept) = &mut *current {
            kept.drain(..).for_each(&listener);
        }
        *current = Listener::Present(Box::new(listener));
    }

    /// Reads until the companion's end closes. `seen` looks at each message before the page does.
    pub(crate) fn read(
        &self,
        mut stream: UnixStream,
        seen: impl Fn(&Incoming),
    ) -> Result<(), Box<dyn Error + Send + Sync>> {
        while let Some(frame) = framing::read_frame(&mut stream, MAX_REPLY)? {
            let message = serde_json::from_slice(&frame)?;
            seen(&message);
            match &mut *lock(&self.listener) {
                Listener::Absent(kept) => kept.push(message),
                Listener::Present(listener) => listener(message),
            }
        }
        Ok(())
    }
}

/// Whoever panicked while holding the lock left nothing half done: every hold is one step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
