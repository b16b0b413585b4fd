//! The Noise handshake, `Noise_XX_25519_AESGCM_SHA256`: `snow` with the ciphers of ring.
//!
//! snow keeps the order of the handshake; the primitives are given to it by [`primitives`].

mod primitives;

use snow::{Builder, HandshakeState, TransportState};
use zeroize::Zeroizing;

pub(crate) use self::primitives::TAG;
pub(crate) use self::primitives::derive_public;
use self::primitives::{KEY, Primitives};
use crate::{Error, Prologue, PublicKey, StaticKey};

/// The longest message that Noise knows.
pub(crate) const LONGEST: usize = 65_535;

const NAME: &str = "Noise_XX_25519_AESGCM_SHA256";

/// Who begins.
#[derive(Clone, Copy)]
pub(crate) enum Side {
    Initiator,
    Responder,
}

/// A handshake that is going on.
pub(crate) struct Noise(HandshakeState);

/// A handshake that is done.
pub(crate) struct Done {
    pub(crate) transport: TransportState,
    pub(crate) peer: PublicKey,
    pub(crate) hash: [u8; 32],
}

impl Noise {
    pub(crate) fn new(
        side: Side,
        key: &StaticKey,
        prologue: &Prologue,
        ephemeral: Zeroizing<[u8; 32]>,
    ) -> Self {
        build(side, key.expose_bytes(), prologue.as_bytes(), ephemeral)
    }

    /// The next message of ours.
    pub(crate) fn write(&mut self, payload: &[u8]) -> Result<Vec<u8>, Error> {
        let mut message = vec![0; 2 * (KEY + TAG) + payload.len() + TAG];
        let length = self.0.write_message(payload, &mut message).map_err(|_| Error::NotOurs)?;
        message.truncate(length);
        Ok(message)
    }

    /// The payload of the next message of theirs.
    pub(crate) fn read(&mut self, message: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        let mut payload = Zeroizing::new(vec![0; message.len()]);
        let length = self.0.read_message(message, &mut payload).map_err(|_| Error::NotOurs)?;
        payload.truncate(length);
        Ok(payload)
    }

    /// The key of the other side, once it has said it.
    pub(crate) fn peer(&self) -> Result<PublicKey, Error> {
        let key = self.0.get_remote_static().and_then(|key| key.try_into().ok());
        key.map(PublicKey).ok_or(Error::NotOurs)
    }

    pub(crate) fn done(self) -> Result<Done, Error> {
        let peer = self.peer()?;
        let hash = self.0.get_handshake_hash().try_into().map_err(|_| Error::NotOurs)?;
        let transport = self.0.into_transport_mode().map_err(|_| Error::NotOurs)?;
        Ok(Done { transport, peer, hash })
    }
}

/// How long messages are. The first has no key yet, so nothing in it is encrypted.
pub(crate) const MESSAGE_1: usize = KEY;
pub(crate) const fn message_2(payload: usize) -> usize {
    KEY + KEY + TAG + payload + TAG
}
pub(crate) const fn message_3(payload: usize) -> usize {
    KEY + TAG + payload + TAG
}

fn build(side: Side, private: &[u8], prologue: &[u8], ephemeral: Zeroizing<[u8; 32]>) -> Noise {
    let parameters = NAME.parse().expect("snow knows this protocol");
    let builder = Builder::with_resolver(parameters, Box::new(Primitives { ephemeral }))
        .local_private_key(private)
        .and_then(|builder| builder.prologue(prologue))
        .expect("each is given once");
    let built = match side {
        Side::Initiator => builder.build_initiator(),
        Side::Responder => builder.build_responder(),
    };
    Noise(built.expect("every part is there"))
}

#[cfg(test)]
mod tests;
