//! Who the person is: sign-in with any OpenID Connect provider.
//!
//! ```text
//! issuer + client id ── discovery ── device authorization ── user code ── person approves in a browser
//!                                                                              │
//!         Account ◄── verified ID token ◄── tokens, durable ◄── polling ◄──────┘
//!            │
//!            ├── refresh: rotated refresh token durable, then the new access token
//!            └── sign-out: session removed durably, revocation queued, then sent
//! ```
//!
//! [`Identity`] is the one owner of the tokens. What it promises:
//!
//! - A token travels over TLS or to this machine, never elsewhere, and never along a redirect.
//! - An [`Account`] comes from an ID token whose signature, issuer, audience, authorized party and times were verified.
//! - Tokens are durable before anybody is told that somebody is signed in; a rotated refresh token is durable before
//!   anything else of the answer is used.
//! - A provider that cannot be asked changes nothing. A provider that refuses does: [`Standing::Refused`].
//! - No token appears in an error, a log or a `Debug` output.
//!
//! This crate does not open a browser, keep time for the caller, encrypt what it stores ([`TokenStore`] does), or decide
//! what a refusal means for the vault.
//!
//! # Past attacks, and what answers them
//!
//! - Mix-up of providers: the issuer in the discovery document and in the ID token must be the one asked for, letter by
//!   letter.
//! - `alg: none` and keys confused with shared secrets: only signatures by published asymmetric keys count.
//! - Replayed refresh tokens: one refresh at a time, so that we never replay one ourselves and provoke a provider's
//!   reuse detection.
//! - A captive portal posing as the provider: answers must be JSON over verified TLS; all else counts as offline.

mod account;
mod clock;
mod device;
mod discovery;
mod endpoint;
mod error;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod http;
mod id_token;
mod identity;
mod poll;
mod provider;
mod refresh;
mod revoke;
mod session;
mod store;
mod token;
mod userinfo;

pub use account::{Account, Standing};
pub use clock::{Clock, SystemClock};
pub use device::SignIn;
pub use error::{Cause, Error, IdTokenProblem};
pub use identity::Identity;
pub use provider::Provider;
pub use revoke::Revocation;
pub use session::{PendingRevocation, Session};
pub use store::{StoreError, TokenStore};
