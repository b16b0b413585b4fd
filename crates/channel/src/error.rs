//! What can go wrong, by what the caller does next. No text says anything of what was sent.

/// Why a channel does not come about, or ends. Nothing more can be said over it after any but [`Error::TooLong`] of a
/// message that was to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// More versions, or a longer origin, than a prologue holds.
    #[error("the versions and the origin do not fit into a prologue")]
    Prologue,
    /// A message is longer or shorter than its place in the protocol allows. It was not parsed.
    #[error("a message of the channel has the wrong length")]
    Length,
    /// It was altered, repeated, lost, reordered, or is of another channel.
    #[error("a message is not of this channel")]
    NotOurs,
    /// It is of this channel and has no meaning: the other side does not keep to the protocol.
    #[error("a message of the channel has no meaning")]
    Malformed,
    /// A whole message is longer than may be sent in its direction.
    #[error("a message is longer than the channel carries")]
    TooLong,
    /// The companion revealed another number than it had committed to: somebody is in between.
    #[error("the companion did not keep to its commitment")]
    Commitment,
    /// The key is not the pinned one: another companion answers, or another extension calls.
    #[error("the other side has another key than the pinned one")]
    OtherKey,
    /// The companion does not know this extension: it was removed there, or never confirmed. Forget it and pair.
    #[error("the companion is not paired with this extension")]
    NotPaired,
    /// Two extensions have the key of one. Forget the pairing and ask for a new one.
    #[error("a copy of the extension's key is in use elsewhere")]
    Cloned,
    /// The channel ended with an earlier error.
    #[error("the channel has ended")]
    Ended,
}
