//! What a person takes along: credentials in the Credential Exchange Format (FIDO Alliance, CXF 1.0), inside an `age` file.
//!
//! ```text
//! Item, one at a time ─ cxf.rs ─ JSON ─> age ─> file (0600, new)
//!                                         └── Recipients: a passphrase, or public keys
//! ```
//!
//! - Nothing unencrypted reaches the disk, and no more than 64 KiB of it is held in memory.
//! - A file is never written over, and one that was not finished is removed.
//! - What is written last is white space: it takes the place of the last secrets in the buffer of `age`, which does not wipe
//!   it, and hides how long the last of them were.
//!
//! It does not know the vault, nor whether anybody may have what it writes.

mod cxf;
mod file;
mod recipients;

pub use cxf::{About, CustomFields, Item, OneTimeCodes};
pub use file::Export;
pub use recipients::{InvalidRecipients, Recipients, SHORTEST_PASSPHRASE};

#[cfg(test)]
mod tests;
