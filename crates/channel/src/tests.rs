//! Two sides that speak to each other, for the tests of every part.

mod golden;
mod handshake;
mod middle;

use zeroize::Zeroizing;

use crate::companion::{Answered, Caller, Listening, Proved};
use crate::extension::{Answer, Called, Calling, Followed};
use crate::{Fresh, Pin, Prologue, StaticKey, Transport, Unconfirmed};

/// 32 bytes that differ for each name and number.
pub(crate) fn bytes(name: &str, number: u64) -> [u8; 32] {
    let seed = [name.as_bytes(), &number.to_be_bytes()].concat();
    ring::digest::digest(&ring::digest::SHA256, &seed).as_ref().try_into().unwrap()
}

pub(crate) fn key(name: &str) -> StaticKey {
    StaticKey::from_bytes(Zeroizing::new(bytes(name, 0)))
}

pub(crate) fn fresh(name: &str, number: u64) -> Fresh {
    Fresh::dangerous_fixed(bytes(name, 2 * number + 1), bytes(name, 2 * number + 2))
}

/// An extension and a companion, and how many channels they have had.
pub(crate) struct Two {
    pub(crate) companion: StaticKey,
    pub(crate) extension: StaticKey,
    pub(crate) prologue: Prologue,
    channels: u64,
}

impl Two {
    pub(crate) fn new() -> Self {
        let prologue = Prologue::new(&[4, 3], "moz-extension:companion@lanyard").unwrap();
        Self { companion: key("companion"), extension: key("extension"), prologue, channels: 0 }
    }

    pub(crate) fn fresh(&mut self) -> (Fresh, Fresh) {
        self.channels += 1;
        (fresh("fresh companion", self.channels), fresh("fresh extension", self.channels))
    }

    /// As far as message 3, which is returned.
    pub(crate) fn call(&mut self, pin: Option<&Pin>) -> (Called, Answered, Vec<u8>) {
        let (companion, extension) = self.fresh();
        let (calling, message_1) =
            Calling::begin(&self.extension, &self.prologue, pin.cloned(), extension).unwrap();
        let listening = Listening::new(&self.companion, &self.prologue, companion);
        let (answered, message_2) = listening.hear(&message_1).unwrap();
        let (called, message_3) = calling.hear(&message_2).unwrap();
        (called, answered, message_3)
    }

    /// Both sides before the person has confirmed: the companion's and the extension's.
    pub(crate) fn compare(&mut self) -> (Unconfirmed, Unconfirmed) {
        let (called, answered, message_3) = self.call(None);
        let Caller::Pairs(pairing) = answered.hear(&message_3).unwrap() else { panic!("it pairs") };
        assert!(pairing.key() == self.extension.public());
        let (companion, frame) = pairing.reveal().unwrap();
        let Answer::Pairing(extension) = called.hear(&frame).unwrap() else { panic!("it pairs") };
        (companion, extension)
    }

    /// Confirmed on both sides: what the companion keeps, what the extension keeps.
    pub(crate) fn pair(&mut self) -> (Pin, Pin) {
        let (companion, extension) = self.compare();
        (companion.confirm().0, extension.confirm().0)
    }

    /// As far as the companion's proof, which the extension has heard.
    pub(crate) fn return_to(&mut self, companion: &Pin, extension: &Pin) -> (Proved, Answer) {
        let (called, answered, message_3) = self.call(Some(extension));
        let Caller::GoesOn(returning) = answered.hear(&message_3).unwrap() else { panic!("it goes on") };
        let (proved, frame) = returning.prove(companion).unwrap();
        (proved, called.hear(&frame).unwrap())
    }

    /// A whole channel: what each side has stored, and the open transports.
    pub(crate) fn go_on(&mut self, companion: &mut Pin, extension: &mut Pin) -> (Transport, Transport) {
        let (proved, answer) = self.return_to(companion, extension);
        let followed = followed(answer).unwrap();
        *extension = followed.pin().clone();
        let (frame, of_extension) = followed.stored();
        let accepted = proved.hear(&frame).unwrap();
        *companion = accepted.pin().clone();
        (accepted.stored(), of_extension)
    }
}

/// What a channel that goes on gives the extension, or the frame that says why it does not.
pub(crate) fn followed(answer: Answer) -> Result<Followed, Vec<u8>> {
    match answer {
        Answer::GoingOn(followed) => Ok(followed),
        Answer::Cloned(frame) => Err(frame),
        Answer::Pairing(_) => panic!("it had a pin"),
    }
}

/// The open ends of a new channel.
pub(crate) fn open() -> (Transport, Transport) {
    let (companion, extension) = Two::new().compare();
    (companion.confirm().1, extension.confirm().1)
}
