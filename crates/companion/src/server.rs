//! The socket: who may connect, and what kind of peer it is.

use std::io;
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream as StdUnixStream;
use std::rc::Rc;
use std::time::Duration;

use lanyard_broker::{Event as Activity, Outcome};
use lanyard_protocol::attach::Attach;
use lanyard_protocol::channel::FromCompanion;
use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::envelope::Envelope;
use lanyard_protocol::program::{self, Program, Programs};
use lanyard_protocol::{local, terminal as wire};
use tokio::net::{UnixListener, UnixStream};

use crate::connection::{self, Inbox, Outbox, PeerError, open};
use crate::core::Core;
use crate::rate::{self, Turns};
use crate::seats::{Kind, Seat, Seats};
use crate::{browser, terminal};

/// A peer that does not say who it is within this time is sent away.
const ATTACH_TIMEOUT: Duration = Duration::from_secs(5);

/// The programs that may connect, by what they say they are.
pub(crate) struct Guests {
    pub(crate) browsers: Programs,
    pub(crate) terminals: Programs,
}

impl Guests {
    /// Those that were installed beside this one. A second start of the companion asks as a terminal does.
    pub(crate) fn beside_this() -> io::Result<Self> {
        Ok(Self {
            browsers: Programs::beside_this(&["lanyard-native-host"])?,
            terminals: Programs::beside_this(&["lanyard", "lanyard-companion"])?,
        })
    }

    /// Whether a program is what it says; doubt is a no.
    fn include(&self, program: &io::Result<Program>, kind: Kind) -> bool {
        let programs = match kind {
            Kind::Browser => &self.browsers,
            Kind::Terminal => &self.terminals,
        };
        matches!(program, Ok(Program::File(executable)) if programs.contain(executable))
    }
}

/// Serves everybody who connects, for ever.
pub(crate) async fn serve(core: Rc<Core>, listener: UnixListener) {
    let seats = Rc::new(Seats::default());
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                admit(&core, &seats, stream);
                // Whoever has said who it is already is heard before the next one can take its seat.
                tokio::task::yield_now().await;
            }
            Err(error) => {
                core.journal.error("cannot accept a connection", &error);
                // Out of descriptors, most likely: trying again at once would only burn the processor.
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

fn admit(core: &Rc<Core>, seats: &Rc<Seats>, stream: UnixStream) {
    let Some(stream) = of_same_user(stream) else {
        core.journal.line("a peer was sent away: it runs as another user");
        return;
    };
    let Some(seat) = seats.admit() else {
        core.journal.line("a peer was sent away: too many at once");
        return;
    };
    let core = Rc::clone(core);
    tokio::task::spawn_local(async move {
        if let Err(error) = serve_peer(Rc::clone(&core), seat, stream).await {
            core.journal.error("a peer was sent away", &error);
        }
    });
}

/// A stream whose other end was seen to run as the same user, and which file it runs.
struct OwnPeer {
    stream: UnixStream,
    program: io::Result<Program>,
}

fn of_same_user(stream: UnixStream) -> Option<OwnPeer> {
    let peer = StdUnixStream::from(stream.as_fd().try_clone_to_owned().ok()?);
    local::check_peer(&peer).ok()?;
    Some(OwnPeer { program: program::of_peer(&peer), stream })
}

async fn serve_peer(core: Rc<Core>, mut seat: Seat, peer: OwnPeer) -> Result<(), PeerError> {
    let (mut inbox, outbox) = connection::split(peer.stream);
    let attach = tokio::select! {
        attach = tokio::time::timeout(ATTACH_TIMEOUT, inbox.next::<Attach>()) => attach,
        () = seat.lost() => return Ok(()),
    };
    let Some(attach) = attach.unwrap_or(Ok(None))? else { return Ok(()) };
    let kind = match attach {
        Attach::Browser { .. } => Kind::Browser,
        Attach::Terminal { .. } => Kind::Terminal,
    };
    if !core.guests.include(&peer.program, kind) {
        refuse(&seat, kind, foreign(), inbox, outbox).await?;
        // Before that there is no log to write it into.
        core.opened.wait().await;
        note_foreign(&core, &peer.program);
        return Ok(());
    }
    if !seat.keep(kind) {
        return refuse(&seat, kind, too_many(), inbox, outbox).await;
    }
    // Who comes while the companion starts hears what is true once it has started.
    core.opened.wait().await;
    tokio::select! {
        served = serve_known(core, attach, inbox, outbox.clone()) => served,
        // Whoever does not read, or is gone, has nothing more to say.
        () = outbox.closed() => Ok(()),
    }
}

async fn serve_known(
    core: Rc<Core>,
    attach: Attach,
    mut inbox: Inbox,
    outbox: Outbox,
) -> Result<(), PeerError> {
    match attach {
        Attach::Terminal { versions } => {
            inbox.slow_down(Turns::new(rate::TERMINAL));
            terminal::serve(core, versions, inbox, outbox).await
        }
        Attach::Browser { extension } => {
            inbox.slow_down(Turns::new(rate::BROWSER));
            browser::serve(core, extension.origin(), inbox, outbox).await
        }
    }
}

/// Says why, in the way that each kind understands: a browser is told, a terminal is answered.
async fn refuse(
    seat: &Seat,
    kind: Kind,
    problem: Problem,
    mut inbox: Inbox,
    outbox: Outbox,
) -> Result<(), PeerError> {
    if kind == Kind::Browser {
        outbox.say(&FromCompanion::Unavailable(problem));
        return Ok(());
    }
    let asked = tokio::select! {
        asked = tokio::time::timeout(ATTACH_TIMEOUT, inbox.next::<Envelope<wire::Request>>()) => asked,
        () = seat.lost() => return Ok(()),
    };
    if let Some(envelope) = asked.unwrap_or(Ok(None))? {
        outbox.reply::<wire::Response>(open(envelope).0, Err(problem));
    }
    Ok(())
}

fn note_foreign(core: &Core, program: &io::Result<Program>) {
    let which = match program {
        Ok(Program::File(executable)) => executable.path.display().to_string(),
        Ok(Program::Hidden) => "a program that hides its file".into(),
        Err(_) => "a program that has ended".into(),
    };
    core.journal.line(&format!("a peer was sent away: {which} is not Lanyard's"));
    if core.may_note_foreign() {
        core.broker.borrow_mut().note(Activity::ProgramRefused, Outcome::Refused, |entry| {
            entry.reason = Some(which);
        });
    }
}

fn foreign() -> Problem {
    Problem::new(
        Code::Refused,
        "the program that asks was not installed with the Lanyard that runs",
        "use the one that was, or install Lanyard again",
    )
}

fn too_many() -> Problem {
    Problem::new(Code::Busy, "too many programs speak to Lanyard", "close some of them, then try again")
}
