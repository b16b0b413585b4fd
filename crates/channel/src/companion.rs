//! The companion's side: it answers. Each step uses up the one before and gives what the next one needs.
//!
//! ```text
//! Listening ─message 1─> Answered ─message 3─> Caller
//!   Pairs(Pairing)         ─ reveal ─> Unconfirmed ─ confirm ─> Pin, Transport
//!   GoesOn(Returning)      ─ prove ──> Proved ─ first of extension ─> Accepted ─ stored ─> Transport
//! ```
//!
//! An extension has one channel at a time. Where one calls whose key has a channel already, or is between `prove` and
//! `stored`, the earlier is ended first: two that went on from one value would leave the sides at different ones, which
//! looks like a copy.

use zeroize::Zeroizing;

use crate::first::{FromCompanion, FromExtension, WISH, Wish, parse_wish};
use crate::noise::{self, Done, Noise, Side};
use crate::pairing::commit;
use crate::ratchet::{Prover, Value};
use crate::{Error, Fresh, Pin, Prologue, PublicKey, Ratchet, StaticKey, Transport, Unconfirmed};

/// Nothing was said yet.
pub struct Listening {
    noise: Noise,
    nonce: Zeroizing<[u8; 32]>,
}

impl Listening {
    /// For one connection.
    pub fn new(key: &StaticKey, prologue: &Prologue, fresh: Fresh) -> Self {
        Self { noise: Noise::new(Side::Responder, key, prologue, fresh.ephemeral), nonce: fresh.nonce }
    }

    /// Reads message 1, and answers with message 2.
    pub fn hear(mut self, message_1: &[u8]) -> Result<(Answered, Vec<u8>), Error> {
        if message_1.len() != noise::MESSAGE_1 {
            return Err(Error::Length);
        }
        self.noise.read(message_1)?;
        let message_2 = self.noise.write(&commit(&self.nonce))?;
        Ok((Answered { noise: self.noise, nonce: self.nonce }, message_2))
    }
}

/// The companion has said who it is.
pub struct Answered {
    noise: Noise,
    nonce: Zeroizing<[u8; 32]>,
}

impl Answered {
    /// Reads message 3: who calls, and what for.
    pub fn hear(mut self, message_3: &[u8]) -> Result<Caller, Error> {
        if message_3.len() != noise::message_3(WISH) {
            return Err(Error::Length);
        }
        let payload = self.noise.read(message_3)?;
        let (wish, theirs) = parse_wish(&payload)?;
        let (nonce, done) = (self.nonce, self.noise.done()?);
        Ok(match wish {
            Wish::Pair => Caller::Pairs(Pairing { done, nonce, theirs }),
            Wish::GoOn => Caller::GoesOn(Returning { done, nonce }),
        })
    }
}

/// Somebody has the private half of a key.
pub enum Caller {
    /// It has no pin of this companion and wants one.
    Pairs(Pairing),
    /// It has a pin of this companion.
    GoesOn(Returning),
}

/// An extension that wants to be paired.
pub struct Pairing {
    done: Done,
    nonce: Zeroizing<[u8; 32]>,
    theirs: Zeroizing<[u8; 32]>,
}

impl Pairing {
    /// Whose pin would be made, or replaced.
    pub fn key(&self) -> PublicKey {
        self.done.peer
    }

    /// Pairing is open: the frame to send, and the code to show.
    pub fn reveal(self) -> Result<(Unconfirmed, Vec<u8>), Error> {
        let Done { transport, peer, hash } = self.done;
        let mut transport = Transport::of_companion(transport);
        let frame = transport.seal_short(&FromCompanion::Pairing { nonce: self.nonce.clone() }.write())?;
        Ok((Unconfirmed::new(peer, &hash, &self.nonce, &self.theirs, transport), frame))
    }

    /// Pairing is not open: the frame that says so.
    pub fn refuse(self) -> Result<Vec<u8>, Error> {
        refuse(self.done)
    }
}

/// An extension that says it is paired.
pub struct Returning {
    done: Done,
    nonce: Zeroizing<[u8; 32]>,
}

impl Returning {
    /// Whose pin is to be looked up.
    pub fn key(&self) -> PublicKey {
        self.done.peer
    }

    /// The frame to send, for the pin with this key.
    pub fn prove(self, pin: &Pin) -> Result<(Proved, Vec<u8>), Error> {
        let Done { transport, peer, hash } = self.done;
        if pin.key != peer {
            return Err(Error::OtherKey);
        }
        let next = pin.ratchet.step(&hash);
        let proof = next.prove(Prover::Companion, &hash);
        let mut transport = Transport::of_companion(transport);
        let frame = transport.seal_short(&FromCompanion::GoingOn { nonce: self.nonce, proof }.write())?;
        Ok((Proved { next, peer, hash, transport }, frame))
    }

    /// There is no pin with this key: the frame that says so.
    pub fn refuse(self) -> Result<Vec<u8>, Error> {
        refuse(self.done)
    }
}

/// The companion has shown where its ratchet is.
pub struct Proved {
    next: Value,
    peer: PublicKey,
    hash: [u8; 32],
    transport: Transport,
}

impl Proved {
    /// Reads the extension's first frame. On [`Error::Cloned`] the pin is to be removed and the person told.
    pub fn hear(mut self, frame: &[u8]) -> Result<Accepted, Error> {
        let message = self.transport.open_short(frame)?;
        let proof = match FromExtension::parse(&message)? {
            FromExtension::GoingOn { proof } => proof,
            FromExtension::Cloned => return Err(Error::Cloned),
        };
        if !self.next.is_proved(Prover::Extension, &self.hash, &proof) {
            return Err(Error::Cloned);
        }
        let pin = Pin { key: self.peer, ratchet: Ratchet::settled(self.next) };
        Ok(Accepted { pin, transport: self.transport })
    }
}

/// Both are who they were, and nothing is answered before that is stored.
#[must_use = "the pin must be stored before the channel is used"]
pub struct Accepted {
    pin: Pin,
    transport: Transport,
}

impl Accepted {
    /// What is to be stored in place of the pin with this key.
    pub fn pin(&self) -> &Pin {
        &self.pin
    }

    /// It is stored, durably.
    pub fn stored(self) -> Transport {
        self.transport
    }
}

fn refuse(done: Done) -> Result<Vec<u8>, Error> {
    Transport::of_companion(done.transport).seal_short(&FromCompanion::NotPaired.write())
}
