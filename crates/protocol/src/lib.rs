//! The wire between the parts of Lanyard, defined here and nowhere else.
//!
//! ```text
//! extension ──stdio──> native host ──socket──> companion <──inherited socket── window
//!                                    socket ──> companion
//!                      lanyard (terminal) ──┘
//! ```
//!
//! Every frame is a little-endian `u32` length and that many bytes of JSON ([`framing`]). The first frame on the socket
//! is an [`attach::Attach`], which says what kind of peer speaks; from then on each kind of peer has a table of requests
//! of its own ([`browser`], [`terminal`], [`window`]), so a request that a peer may not send cannot even be parsed. What an
//! extension and the companion say to each other is sealed, and travels inside of [`channel`] messages.
//! Unknown messages and unknown fields are refused.
//!
//! What this crate does not do: decide anything, hold state, or know what an app is.

pub mod attach;
pub mod browser;
pub mod channel;
pub mod common;
pub mod credential;
pub mod envelope;
pub mod extension;
pub mod framing;
pub mod hardening;
pub mod local;
pub mod paths;
pub mod program;
pub mod security_key;
pub mod slots;
pub mod terminal;
pub mod window;
#[cfg(windows)]
mod windows;

#[cfg(test)]
mod tests;

/// Versions of the messages this build speaks, newest first.
///
/// From version 4 on requests travel in a channel that both ends are authenticated in ([`channel`]). No earlier one is
/// understood: whoever could choose it would do without. The version before is understood again from version 5 on, so that
/// an extension that updates later than the desktop works.
pub const VERSIONS: &[u16] = &[4];

/// Most bytes a peer may send to the companion in one frame.
pub const MAX_REQUEST: usize = 64 * 1024;

/// Most bytes the companion sends in one frame.
pub const MAX_REPLY: usize = 700 * 1024;

/// Most bytes of one frame between an extension and the companion, in either direction: a message of the channel has at
/// most 65,535, and base64 makes four of three.
pub const MAX_CARRIED: usize = 88 * 1024;

/// The name browsers know the native messaging host by.
pub const NATIVE_HOST_NAME: &str = "lanyard.native_host";
