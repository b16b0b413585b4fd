//! Security keys: who is at the laptop touches one, and Lanyard knows that it was theirs (W3C Web Authentication, level 3).
//!
//! ```text
//! RelyingParty ── begin_registration ─> options for the page, Registration ── finish(answer) ─> Key, to be stored
//!              └─ begin_assertion ────> options for the page, Assertion ───── finish(answer) ─> Seen
//! SlotParty ──── begin_assertion ────> the same, and asks the key for 32 bytes more (`prf`) ───> Seen, PrfOutput
//! ```
//!
//! The browser calls the key from a page of the extension; what it answers is not believed but verified here. The
//! signatures are `webauthn-rs`' to check. What is checked here besides: the origin is one of Lanyard's extensions and
//! nothing else (the crate would allow a page at the relying party's own address too), nobody framed the page, the answer
//! came in time, and a key that is to open the vault asked for a PIN or a finger.
//!
//! Invariants:
//!
//! - A challenge is used up by its answer, right or wrong: [`Registration`] and [`Assertion`] are consumed. They live two
//!   minutes.
//! - An assertion proves presence and gives no secret. Only a [`SlotParty`] asks for one, and there is none for
//!   `localhost`: there any program could serve a page that asks the key for the same bytes.
//! - [`PrfOutput`] has no `Debug`, is wiped when dropped, and comes out only beside a verified assertion.
//!
//! | attack | answer |
//! |---|---|
//! | another page, or another extension, has the key sign | the origin in what was signed |
//! | an answer of an earlier time | the challenge, used once |
//! | a key for another site | the hash of the relying party's name in what was signed |
//! | a copied key | its counter, where it counts: an old count is refused |
//! | somebody else's key | the public key that was registered |
//! | a finger on a key that lies about | a key that checked a PIN or a finger when it was registered has to do so again |
//!
//! What it does not do: input and output, time; keep keys; decide what presence is enough
//! for. Attestation is not asked for: any maker's key is good.

mod client_data;
mod key;
mod prf;
mod refusal;
mod relying_party;
mod slot;

#[cfg(test)]
mod tests;

pub use key::{Key, Seen};
pub use prf::{PrfOutput, Salt, UnprovenPrf};
pub use refusal::Refusal;
pub use relying_party::{
    Assertion, Domain, ExtensionOrigin, InvalidDomain, LIFETIME, Registration, RelyingParty,
};
pub use slot::{SlotAssertion, SlotParty};
