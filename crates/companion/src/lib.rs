//! The parts joined and running: sockets, timers, sign-in, questions to the person.
//!
//! `src-tauri` starts it with a tray and the window, the command `lanyard run` without either. Everything runs on one
//! thread: peers are tasks that call the [`lanyard_broker::Broker`] and never hold it across a wait.
//!
//! ```text
//! socket ── server ── browser ──┐
//!                  └─ terminal ─┤
//! inherited socket ─── window ──┼── core ── broker ── vault, policy, audit
//! tray actions ─────── tray ────┤      └─── identity ── provider
//!                               └── question ── window
//! ```
//!
//! What it does not do: decide who may have a secret (that is the broker's), or draw anything.

mod activity_file;
mod apps;
mod autostart;
mod away;
mod browser;
pub mod browsers;
mod browsers_here;
mod certificates;
mod clipboard;
mod connection;
mod core;
mod credentials;
pub mod escrow;
mod export;
#[cfg(feature = "fuzzing")]
#[doc(hidden)]
pub mod fuzzing;
mod idle;
mod journal;
mod keeping;
mod open_url;
mod organisation;
mod pairing;
mod problem;
mod question;
mod rate;
mod run;
mod seats;
mod security_key;
mod server;
mod session;
mod settings;
mod sign_in;
mod slots;
mod terminal;
mod tokens;
pub mod tray;
mod vault;
mod verification;
mod window;
mod wiping;
mod words;

#[cfg(test)]
mod tests;

pub use clipboard::Clipboard;
pub use run::{Options, RunError, run};
pub use wiping::Wiping;
