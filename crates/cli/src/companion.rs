//! The running companion, as the terminal sees it.

use std::io::Write as _;

use lanyard_protocol::attach::Attach;
use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::envelope::{Envelope, Message};
use lanyard_protocol::framing::{encode, read_frame};
use lanyard_protocol::local::{self, LocalError, Stream};
use lanyard_protocol::paths::Paths;
use lanyard_protocol::terminal::{Event, Request, Response};
use lanyard_protocol::{MAX_REPLY, VERSIONS};

/// A connection to the companion.
pub(crate) struct Companion {
    stream: Stream,
    next: u32,
}

impl Companion {
    /// Connects to the companion that runs.
    pub(crate) fn connect() -> Result<Self, Problem> {
        let paths = Paths::of_this_person().map_err(|error| {
            Problem::new(Code::Internal, error.to_string(), "set HOME to your home directory")
        })?;
        let mut stream = local::connect(&paths).map_err(|error| not_reached(&error))?;
        stream.write_all(&encode(&Attach::Terminal { versions: VERSIONS.to_vec() })).map_err(|_| lost())?;
        Ok(Self { stream, next: 1 })
    }

    /// Asks, and waits for the answer.
    pub(crate) fn request(&mut self, request: Request) -> Result<Response, Problem> {
        self.request_with(request, |_| ())
    }

    /// Asks, and has news told that arrive before the answer.
    pub(crate) fn request_with(
        &mut self,
        request: Request,
        mut tell: impl FnMut(Event),
    ) -> Result<Response, Problem> {
        let id = self.next;
        self.next += 1;
        self.stream.write_all(&encode(&Envelope { id, request })).map_err(|_| lost())?;
        loop {
            match self.receive()? {
                Message::Event(event) => tell(event),
                Message::Reply(reply) if reply.id == id => return reply.result.into(),
                Message::Reply(_) => {}
            }
        }
    }

    /// Asks for something that has no answer but that it was done.
    pub(crate) fn done(&mut self, request: Request) -> Result<(), Problem> {
        match self.request(request)? {
            Response::Done {} => Ok(()),
            _ => Err(unexpected()),
        }
    }

    /// The same, with news that arrive before.
    pub(crate) fn done_with(&mut self, request: Request, tell: impl FnMut(Event)) -> Result<(), Problem> {
        match self.request_with(request, tell)? {
            Response::Done {} => Ok(()),
            _ => Err(unexpected()),
        }
    }

    /// Waits for news.
    pub(crate) fn news(&mut self) -> Result<Event, Problem> {
        loop {
            if let Message::Event(event) = self.receive()? {
                return Ok(event);
            }
        }
    }

    fn receive(&mut self) -> Result<Message<Response, Event>, Problem> {
        let frame = read_frame(&mut self.stream, MAX_REPLY).map_err(|_| lost())?.ok_or_else(lost)?;
        serde_json::from_slice(&frame).map_err(|_| unexpected())
    }
}

/// The companion said something that no version of this command expects.
pub(crate) fn unexpected() -> Problem {
    Problem::new(
        Code::Unavailable,
        "the running Lanyard is of another version than this command",
        "quit Lanyard and open it again",
    )
}

fn lost() -> Problem {
    Problem::new(Code::Unavailable, "Lanyard has ended", "open Lanyard again, or start it with `lanyard run`")
}

fn not_reached(error: &LocalError) -> Problem {
    match error {
        LocalError::NotRunning => Problem::new(
            Code::Unavailable,
            "Lanyard is not running",
            "open Lanyard, or start it with `lanyard run`",
        ),
        LocalError::ForeignProgram => Problem::new(
            Code::Unavailable,
            error.to_string(),
            "use the command `lanyard` that was installed with the Lanyard that runs",
        ),
        LocalError::AlreadyRunning
        | LocalError::NotPrivate(_)
        | LocalError::NotASocket(_)
        | LocalError::ForeignPeer
        | LocalError::Io { .. } => Problem::new(
            Code::Unavailable,
            error.to_string(),
            "ask your administrator to look at this laptop",
        ),
    }
}
