//! The authenticated channel between the browser extension and the companion: bytes in, bytes out.
//!
//! # The channel
//!
//! Between the two sit the browser's pipe, the native host and a socket. All of them may be somebody else's. So the two
//! speak Noise (`Noise_XX_25519_AESGCM_SHA256`, revision 34) with static keys that are pinned when the person pairs
//! them; the extension begins.
//!
//! ```text
//! extension                                          companion
//! prologue: offered versions ‖ extension's origin    the same, as it was told               prologue.rs
//!   ── message 1: e ──────────────────────────────>                                         noise.rs
//!   <─ message 2: e, ee, s, es, SHA-256(Nc) ───────                                         pairing.rs
//!   ── message 3: s, se, wish ‖ Ne ───────────────>  wish: to pair, or to go on             first.rs
//!   <─ first frame: Nc, or Nc ‖ proof, or no ──────
//!
//! to pair: both show first 30 bits of HMAC-SHA256(Nc ‖ Ne, label ‖ h), and each pins once confirmed on its side
//!
//! to go on: r' = HKDF-SHA256(r, h, label)                                                    ratchet.rs
//!   ── first frame: proof of r', or "copied" ─────>  stored before anything is answered
//!
//!   <─ messages in chunks of at most 65,518 bytes ─>                                         transport.rs
//! ```
//!
//! h is the handshake hash. Each message and each frame is one Noise message and travels as it is; how it is wrapped in
//! what carries it is not of this crate. Labels are ASCII without a terminator, numbers big-endian, every length of the
//! handshake exact.
//!
//! | label | of |
//! |---|---|
//! | `lanyard channel 1 pairing code` | the code |
//! | `lanyard channel 1 first ratchet` | HKDF of Nc ‖ Ne at pairing |
//! | `lanyard channel 1 ratchet` | HKDF of r |
//! | `lanyard channel 1 proof of the companion`, `… of the extension` | HMAC with r' over label ‖ h |
//!
//! Invariants:
//!
//! - Steps are types ([`companion`]): one that is left out, repeated or out of order does not compile.
//! - Nothing is parsed before its length was checked, and after an error nothing more is said.
//! - A pinned key is compared in constant time, and an extension that has a pin goes on with that companion or with
//!   none. It says who it is (message 3) only to the pinned one.
//! - The code is compared by the person and is never a key.
//! - The companion serves a paired extension only when its next value of the ratchet is stored.
//!
//! What was tried on others, and what answers it:
//!
//! | attack | answer |
//! |---|---|
//! | a public key shown as if it were a secret; an exchange that nobody authenticates | both static keys are pinned and proved in each handshake |
//! | somebody in between who tries keys until both codes agree | the commitment: one guess in 2^30 each time the person is asked |
//! | the profile is copied, key and all | the ratchet: shown as soon as both have spoken. It detects, and does not prevent |
//! | a version is taken out, another extension's origin is given | both are in the prologue |
//! | frames repeated, moved, cut, joined | Noise numbers them, and the last of a message says so under the seal |
//!
//! What is left: whoever copies a profile and is never followed by the original is not noticed; who drops the frame that
//! says "copied" keeps the companion from learning it until the person removes the pairing there. A browser does not
//! force its storage to the disk: where the machine loses power just after a channel was opened, the extension may be
//! two values behind, which looks like a copy and asks for pairing again. Handshake keys are wiped, but not the copies
//! that snow and ring keep in key objects of a channel while it is open.
//!
//! This crate opens no socket, reads no clock, stores nothing and decides nothing: whether pairing is open, which pins
//! there are, and what the person said are the caller's.
//!
//! ```
//! use lanyard_channel::{Fresh, Pin, Prologue, StaticKey, companion::{Caller, Listening}};
//! # fn receive() -> Vec<u8> { Vec::new() }
//! # fn send(_: &[u8]) {}
//! # fn find(_: lanyard_channel::PublicKey) -> Option<Pin> { None }
//! # fn store(_: &Pin) {}
//! # fn serve(key: &StaticKey) -> Result<(), lanyard_channel::Error> {
//! let prologue = Prologue::new(&[4, 3], "moz-extension:companion@lanyard")?;
//! let (answered, message_2) = Listening::new(key, &prologue, Fresh::make_random()).hear(&receive())?;
//! send(&message_2);
//! let Caller::GoesOn(returning) = answered.hear(&receive())? else { return Ok(()) };
//! let Some(pin) = find(returning.key()) else { send(&returning.refuse()?); return Ok(()) };
//! let (proved, frame) = returning.prove(&pin)?;
//! send(&frame);
//! let accepted = proved.hear(&receive())?;
//! store(accepted.pin());
//! let mut transport = accepted.stored();
//! # Ok(())
//! # }
//! ```
//!
//! A step that is left out does not compile:
//!
//! ```compile_fail,E0599
//! # use lanyard_channel::{Error, companion::{Proved, Listening}};
//! fn serve(proved: Proved, frame: &[u8]) {
//!     let transport = proved.stored(); // only what heard the extension's proof can be stored
//! }
//! ```
//!
//! nor does one that is taken twice:
//!
//! ```compile_fail,E0382
//! # use lanyard_channel::companion::Listening;
//! fn serve(listening: Listening, message: &[u8]) {
//!     let first = listening.hear(message);
//!     let again = listening.hear(message);
//! }
//! ```

mod bytes32;
pub mod companion;
mod error;
pub mod extension;
mod first;
mod fresh;
mod key;
mod noise;
mod pairing;
mod prologue;
mod ratchet;
mod transport;

#[cfg(test)]
mod tests;

pub use error::Error;
pub use fresh::Fresh;
pub use key::{PublicKey, StaticKey};
pub use pairing::{ALPHABET, Code, Pin, Unconfirmed};
pub use prologue::Prologue;
pub use ratchet::Ratchet;
pub use transport::{MAX_FROM_COMPANION, MAX_FROM_EXTENSION, Transport};
