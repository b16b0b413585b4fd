//! The payloads of the handshake's last message and of each side's first transport message. Pure.
//!
//! ```text
//! message 3           what the extension wants (1 byte: 1 pair, 2 go on) ‖ Ne
//! first of companion  0                 not paired with this extension, and not pairing
//!                     1 ‖ Nc            pairing
//!                     2 ‖ Nc ‖ proof    going on
//! first of extension  0                 the companion is at none of our values of the ratchet
//!                     2 ‖ proof         going on
//! ```

use zeroize::Zeroizing;

use crate::Error;

const REFUSED: u8 = 0;
const PAIR: u8 = 1;
const GO_ON: u8 = 2;

/// What an extension calls for: it has a pin of this companion, or it has none.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    Pair,
    GoOn,
}

/// The payload of message 3.
pub(crate) const WISH: usize = 1 + 32;

pub(crate) fn write_wish(wish: Wish, nonce: &[u8; 32]) -> Zeroizing<Vec<u8>> {
    let byte = match wish {
        Wish::Pair => PAIR,
        Wish::GoOn => GO_ON,
    };
    join(&[&[byte], nonce])
}

pub(crate) fn parse_wish(payload: &[u8]) -> Result<(Wish, Zeroizing<[u8; 32]>), Error> {
    match payload.split_first() {
        Some((&PAIR, nonce)) => Ok((Wish::Pair, parse_32(nonce)?)),
        Some((&GO_ON, nonce)) => Ok((Wish::GoOn, parse_32(nonce)?)),
        Some(_) | None => Err(Error::Malformed),
    }
}

/// What the companion says first.
pub(crate) enum FromCompanion {
    NotPaired,
    Pairing { nonce: Zeroizing<[u8; 32]> },
    GoingOn { nonce: Zeroizing<[u8; 32]>, proof: [u8; 32] },
}

impl FromCompanion {
    pub(crate) fn write(&self) -> Zeroizing<Vec<u8>> {
        match self {
            Self::NotPaired => join(&[&[REFUSED]]),
            Self::Pairing { nonce } => join(&[&[PAIR], &**nonce]),
            Self::GoingOn { nonce, proof } => join(&[&[GO_ON], &**nonce, proof]),
        }
    }

    pub(crate) fn parse(message: &[u8]) -> Result<Self, Error> {
        match message.split_first() {
            Some((&REFUSED, [])) => Ok(Self::NotPaired),
            Some((&PAIR, nonce)) => Ok(Self::Pairing { nonce: parse_32(nonce)? }),
            Some((&GO_ON, rest)) => {
                let (nonce, proof) = rest.split_at_checked(32).ok_or(Error::Malformed)?;
                Ok(Self::GoingOn { nonce: parse_32(nonce)?, proof: *parse_32(proof)? })
            }
            Some(_) | None => Err(Error::Malformed),
        }
    }
}

/// What the extension says first.
pub(crate) enum FromExtension {
    Cloned,
    GoingOn { proof: [u8; 32] },
}

impl FromExtension {
    pub(crate) fn write(&self) -> Zeroizing<Vec<u8>> {
        match self {
            Self::Cloned => join(&[&[REFUSED]]),
            Self::GoingOn { proof } => join(&[&[GO_ON], proof]),
        }
    }

    pub(crate) fn parse(message: &[u8]) -> Result<Self, Error> {
        match message.split_first() {
            Some((&REFUSED, [])) => Ok(Self::Cloned),
            Some((&GO_ON, proof)) => Ok(Self::GoingOn { proof: *parse_32(proof)? }),
            Some(_) | None => Err(Error::Malformed),
        }
    }
}

fn join(parts: &[&[u8]]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(parts.concat())
}

fn parse_32(bytes: &[u8]) -> Result<Zeroizing<[u8; 32]>, Error> {
    bytes.try_into().map(Zeroizing::new).map_err(|_| Error::Malformed)
}
