//! The extension's side: it calls. What runs in browsers is in TypeScript, `extension/src/background/channel`; this is
//! the same, for tests and for the transcripts that both are held to.
//!
//! ```text
//! Calling ─message 2─> Called ─first of companion─> Answer
//!   Pairing(Unconfirmed)  ─ confirm ─> Pin, Transport
//!   GoingOn(Followed)     ─ stored ──> Transport, and the frame to send
//!   Cloned                the frame to send, and the end
//! ```

use zeroize::Zeroizing;

use crate::first::{FromCompanion, FromExtension, Wish, write_wish};
use crate::noise::{self, Noise, Side};
use crate::pairing::check_commitment;
use crate::ratchet::Prover;
use crate::{Error, Fresh, Pin, Prologue, StaticKey, Transport, Unconfirmed};

/// Message 1 is on its way.
pub struct Calling {
    noise: Noise,
    nonce: Zeroizing<[u8; 32]>,
    pin: Option<Pin>,
}

impl Calling {
    /// Begins, with message 1. With a pin it goes on with that companion and no other; without one it pairs.
    pub fn begin(
        key: &StaticKey,
        prologue: &Prologue,
        pin: Option<Pin>,
        fresh: Fresh,
    ) -> Result<(Self, Vec<u8>), Error> {
        let mut noise = Noise::new(Side::Initiator, key, prologue, fresh.ephemeral);
        let message_1 = noise.write(&[])?;
        Ok((Self { noise, nonce: fresh.nonce, pin }, message_1))
    }

    /// Reads message 2, and answers with message 3. Another companion than the pinned one does not learn who calls.
    pub fn hear(mut self, message_2: &[u8]) -> Result<(Called, Vec<u8>), Error> {
        if message_2.len() != noise::message_2(32) {
            return Err(Error::Length);
        }
        let payload = self.noise.read(message_2)?;
        let commitment = payload[..].try_into().map_err(|_| Error::Malformed)?;
        let peer = self.noise.peer()?;
        let wish = match &self.pin {
            Some(pin) if pin.key == peer => Wish::GoOn,
            Some(_) => return Err(Error::OtherKey),
            None => Wish::Pair,
        };
        let message_3 = self.noise.write(&write_wish(wish, &self.nonce))?;
        Ok((Called { noise: self.noise, nonce: self.nonce, commitment, pin: self.pin }, message_3))
    }
}

/// Message 3 is on its way.
pub struct Called {
    noise: Noise,
    nonce: Zeroizing<[u8; 32]>,
    commitment: [u8; 32],
    pin: Option<Pin>,
}

impl Called {
    /// Reads the companion's first frame.
    pub fn hear(self, frame: &[u8]) -> Result<Answer, Error> {
        let done = self.noise.done()?;
        let mut transport = Transport::of_extension(done.transport);
        let message = transport.open_short(frame)?;
        match (FromCompanion::parse(&message)?, self.pin) {
            (FromCompanion::NotPaired, _) => Err(Error::NotPaired),
            (FromCompanion::Pairing { nonce }, None) => {
                check_commitment(&self.commitment, &nonce)?;
                let unconfirmed = Unconfirmed::new(done.peer, &done.hash, &nonce, &self.nonce, transport);
                Ok(Answer::Pairing(unconfirmed))
            }
            (FromCompanion::GoingOn { nonce, proof }, Some(pin)) => {
                check_commitment(&self.commitment, &nonce)?;
                follow(&pin, &done.hash, &proof, transport)
            }
            (FromCompanion::Pairing { .. }, Some(_)) | (FromCompanion::GoingOn { .. }, None) => {
                Err(Error::Malformed)
            }
        }
    }
}

fn follow(pin: &Pin, hash: &[u8; 32], proof: &[u8; 32], mut transport: Transport) -> Result<Answer, Error> {
    let Some((ratchet, next)) = pin.ratchet.follow(hash, proof) else {
        return transport.seal_short(&FromExtension::Cloned.write()).map(Answer::Cloned);
    };
    let proof = next.prove(Prover::Extension, hash);
    let frame = transport.seal_short(&FromExtension::GoingOn { proof }.write())?;
    Ok(Answer::GoingOn(Followed { pin: Pin { key: pin.key, ratchet }, frame, transport }))
}

/// What the companion said.
pub enum Answer {
    /// The code is compared.
    Pairing(Unconfirmed),
    /// The companion is where the extension can follow.
    GoingOn(Followed),
    /// It is not: there is a copy of this extension. The frame is sent, then pin and key are forgotten.
    Cloned(Vec<u8>),
}

/// The extension knows where the ratchet goes, and has not said so.
#[must_use = "the pin must be stored before the frame is sent"]
pub struct Followed {
    pin: Pin,
    frame: Vec<u8>,
    transport: Transport,
}

impl Followed {
    /// What is to be stored: the value that the companion is at, beside the next.
    pub fn pin(&self) -> &Pin {
        &self.pin
    }

    /// It is stored: the frame to send, after which the channel is open.
    pub fn stored(self) -> (Vec<u8>, Transport) {
        (self.frame, self.transport)
    }
}
