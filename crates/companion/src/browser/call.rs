//! The first frames of a connection: who calls, and what for.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use lanyard_channel::companion::{Caller, Listening, Pairing as Pairs, Returning};
use lanyard_channel::{Error, Fresh, Prologue, Transport};
use lanyard_protocol::VERSIONS;
use lanyard_protocol::channel::{Carried, FromCompanion, FromExtension};
use lanyard_protocol::common::{Code, PairingCaution, Problem};

use super::ANSWER_TIMEOUT;
use super::connected::{Asker, Turn};
use crate::connection::{Channel, Inbox, Outbox, PeerError};
use crate::core::Core;
use crate::pairing::Pairing;

/// Who calls.
pub(super) enum Called<'a> {
    /// A browser that is paired.
    GoesOn(Open<'a>),
    /// One that is not.
    Pairs(Wants),
}

/// The channel of a paired browser, whose next value of the ratchet is stored.
pub(super) struct Open<'a> {
    pub(super) channel: Channel,
    pub(super) pairing: Pairing,
    pub(super) version: u16,
    pub(super) turn: Turn<'a>,
    /// Where the person has yet to confirm it by a security key.
    pub(super) by_key: Option<ByKey>,
}

/// A browser that is paired once a security key was used in it, and not stored before.
pub(super) struct ByKey {
    /// Who waits for that.
    pub(super) asker: Option<Asker>,
}

/// A browser that would be paired.
pub(super) struct Wants {
    pub(super) pairing: Pairs,
    /// What it calls itself.
    pub(super) name: String,
    pub(super) extension: String,
    pub(super) version: u16,
}

/// Hears who calls. `None` where the connection has ended, or is to.
pub(super) async fn answer<'a>(
    core: &'a Rc<Core>,
    extension: &str,
    inbox: &mut Inbox,
    outbox: &Outbox,
) -> Result<Option<Called<'a>>, PeerError> {
    let Some(Some(begin)) = in_time(inbox.next(), ANSWER_TIMEOUT).await? else { return Ok(None) };
    let FromExtension::Begin { versions, browser, message } = begin else { return Err(PeerError::OutOfTurn) };
    let key = match core.channel_key() {
        Ok(key) => key,
        Err(problem) => return Ok(end(outbox, problem)),
    };
    let Some(version) = VERSIONS.iter().copied().find(|version| versions.contains(version)) else {
        return Ok(end(outbox, other_version()));
    };
    let prologue = Prologue::new(&versions, extension)?;
    let (answered, message_2) = Listening::new(&key, &prologue, Fresh::make_random()).hear(&message.0)?;
    outbox.say(&FromCompanion::Channel(Carried(message_2)));
    let Some(message_3) = next_carried(inbox).await? else { return Ok(None) };
    match answered.hear(&message_3)? {
        Caller::GoesOn(returning) => {
            let open = go_on(core, extension, returning, version, inbox, outbox).await?;
            Ok(open.map(Called::GoesOn))
        }
        Caller::Pairs(pairing) => {
            let name = browser.chars().filter(|letter| !letter.is_control()).take(40).collect();
            Ok(Some(Called::Pairs(Wants { pairing, name, extension: extension.to_owned(), version })))
        }
    }
}

/// From the pin to the next one, stored before anything is answered.
async fn go_on<'a>(
    core: &'a Rc<Core>,
    extension: &str,
    returning: Returning,
    version: u16,
    inbox: &mut Inbox,
    outbox: &Outbox,
) -> Result<Option<Open<'a>>, PeerError> {
    let key = returning.key();
    let known = core.pairings.borrow().of_key(key).filter(|pairing| pairing.extension == extension).cloned();
    let usable = known.filter(|pairing| pairing.caution != Some(PairingCaution::Copied));
    let Some(pairing) = usable else {
        outbox.say(&FromCompanion::Channel(Carried(returning.refuse()?)));
        return Ok(None);
    };
    let turn = core.browsers.take_turn(key, &core.pairings.borrow());
    let (proved, frame) = returning.prove(&pairing.pin)?;
    outbox.say(&FromCompanion::Channel(Carried(frame)));
    let first = tokio::select! {
        biased;
        () = turn.ended.wait() => return Ok(None),
        first = next_carried(inbox) => first?,
    };
    let Some(first) = first else { return Ok(None) };
    let accepted = match proved.hear(&first) {
        Err(Error::Cloned) => {
            core.cut_copied(key);
            return Ok(None);
        }
        accepted => accepted?,
    };
    if let Err(problem) = core.move_pin(accepted.pin()) {
        return Ok(end(outbox, problem));
    }
    Ok(Some(Open { channel: share(accepted.stored()), pairing, version, turn, by_key: None }))
}

pub(super) fn share(transport: Transport) -> Channel {
    Rc::new(RefCell::new(transport))
}

/// The next message of the handshake; `None` where the extension has ended or keeps us waiting.
async fn next_carried(inbox: &mut Inbox) -> Result<Option<Vec<u8>>, PeerError> {
    match in_time(inbox.next(), ANSWER_TIMEOUT).await?.flatten() {
        None => Ok(None),
        Some(FromExtension::Channel(Carried(message))) => Ok(Some(message)),
        Some(FromExtension::Begin { .. } | FromExtension::Pair {}) => Err(PeerError::OutOfTurn),
    }
}

/// `None` where it did not come in time.
pub(super) async fn in_time<T>(
    coming: impl Future<Output = Result<T, PeerError>>,
    timeout: Duration,
) -> Result<Option<T>, PeerError> {
    tokio::time::timeout(timeout, coming).await.ok().transpose()
}

fn end<T>(outbox: &Outbox, problem: Problem) -> Option<T> {
    outbox.say(&FromCompanion::Unavailable(problem));
    None
}

fn other_version() -> Problem {
    Problem::new(
        Code::Unavailable,
        "the extension and Lanyard are of versions that do not understand each other",
        "update the one that is older",
    )
}
