//! The activity log: who, which app, which origin, which browser, outcome and reason; never a value.
//!
//! Lines are appended to a file of their own, sealed with a key that the caller has also while the vault is locked, and
//! each is chained to the one before it:
//!
//! ```text
//! link(0) = HMAC(chain key, log id)
//! link(n) = HMAC(chain key, link(n-1) ‖ n ‖ sealed line n)         head, sealed: last n ‖ link(n)
//! ```
//!
//! So a line that was altered, removed, moved or put in between shows, and so does an end that was cut off. What does
//! not show is a whole file that was replaced by an older copy of itself.
//!
//! Lines are visible at once and on the disk after [`Log::flush`]; a power cut costs those in between. The log is
//! written for the person: a file that cannot be read is no reason to stop, see [`Log::begin_beside`].
//!
//! This crate decides nothing, reads no clock, and opens no connection.

mod entry;
mod error;
mod file;
mod log;
mod seal;

pub use entry::{Entry, Event, Line, Outcome, Sequence};
pub use error::{Damage, Error};
pub use log::Log;
