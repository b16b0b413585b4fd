//! Where the session is kept.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use crate::{PendingRevocation, Session};

/// Durable, sealed storage for one session and the revocations that were not sent yet.
///
/// Each call is durable when it returns `Ok`, and leaves what was stored before when it returns an error.
pub trait TokenStore {
    /// The stored session, if there is one.
    fn load(&self) -> Result<Option<Session>, StoreError>;
    /// Stores the session in the place of the one before.
    fn save(&self, session: &Session) -> Result<(), StoreError>;
    /// Removes the session. Removing none is no error.
    fn clear(&self) -> Result<(), StoreError>;
    /// The revocations that wait to be sent.
    fn load_revocations(&self) -> Result<Vec<PendingRevocation>, StoreError>;
    /// Stores the revocations that wait, in the place of those before.
    fn save_revocations(&self, pending: &[PendingRevocation]) -> Result<(), StoreError>;
}

/// The store could not be read or written. It shows, and is caused by, what the error of the store is.
#[derive(Clone, Debug)]
pub struct StoreError(Arc<dyn Error + Send + Sync>);

impl StoreError {
    /// Wraps the error of whatever implements [`TokenStore`].
    pub fn new(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(Arc::from(error.into()))
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}
