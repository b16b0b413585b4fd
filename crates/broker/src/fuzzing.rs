//! A door to what reads seeds of one-time codes, for `fuzz/` and nobody else.

use lanyard_protocol::credential::Revealed;
use secrecy::ExposeSecret as _;

use crate::one_time_code::Seed;

/// The code of a moment, in Unix milliseconds, and the moment it ends; none where the text is no seed.
pub fn one_time_code(text: &str, now: u64) -> Option<(String, u64)> {
    match Seed::parse(&text.into()).ok()?.code_at(now) {
        Revealed::OneTimeCode { code, ends_at, .. } => Some((code.0.expose_secret().to_owned(), ends_at)),
        Revealed::Text(_) | Revealed::FormerPasswords { .. } => None,
    }
}
