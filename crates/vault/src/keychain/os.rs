//! The keychain of the operating system.
//!
//! A locked keychain may block its caller without limit, so every call has a thread of its own and a limit. A call that
//! takes longer counts as locked; its thread ends when the keychain answers.

#[cfg_attr(target_os = "linux", path = "linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "elsewhere.rs")]
mod system;

use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use secrecy::SecretString;

use super::{Item, Keychain, KeychainError};

const LIMIT: Duration = Duration::from_secs(5);

/// The keychain of the operating system; on Linux the Secret Service on the session bus.
#[derive(Debug, Clone, Default)]
pub struct OsKeychain {
    _private: (),
}

impl OsKeychain {
    /// The keychain of the person who runs this process. Nothing is contacted yet.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Keychain for OsKeychain {
    fn get(&self, item: &Item) -> Result<Option<SecretString>, KeychainError> {
        let item = item.clone();
        within(LIMIT, move || system::get(&item))
    }

    fn set(&self, item: &Item, value: &SecretString) -> Result<(), KeychainError> {
        let (item, value) = (item.clone(), value.clone());
        within(LIMIT, move || system::set(&item, &value))
    }

    fn remove(&self, item: &Item) -> Result<(), KeychainError> {
        let item = item.clone();
        within(LIMIT, move || system::remove(&item))
    }
}

fn within<T: Send + 'static>(
    limit: Duration,
    call: impl FnOnce() -> Result<T, KeychainError> + Send + 'static,
) -> Result<T, KeychainError> {
    let (answer, answered) = mpsc::sync_channel(1);
    let failed = |error: Box<dyn std::error::Error + Send + Sync>| KeychainError::Failed(error);
    thread::Builder::new()
        .name("keychain".into())
        .spawn(move || answer.send(call()).ok())
        .map_err(|error| failed(error.into()))?;
    match answered.recv_timeout(limit) {
        Ok(result) => result,
        Err(RecvTimeoutError::Timeout) => Err(KeychainError::Locked),
        Err(RecvTimeoutError::Disconnected) => Err(failed("the call to the keychain broke off".into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_within_the_limit_is_passed_on() {
        assert!(matches!(within(LIMIT, || Ok(7)), Ok(7)));
        assert!(matches!(within::<()>(LIMIT, || Err(KeychainError::Absent)), Err(KeychainError::Absent)));
    }

    #[test]
    fn a_keychain_that_does_not_answer_counts_as_locked() {
        let (release, blocked) = mpsc::channel::<()>();
        let result = within(Duration::from_millis(10), move || {
            blocked.recv().ok();
            Ok(())
        });
        assert!(matches!(result, Err(KeychainError::Locked)));
        drop(release);
    }

    #[test]
    fn a_call_that_breaks_off_is_a_failure() {
        let result = within::<()>(LIMIT, || std::panic::resume_unwind(Box::new("broke off")));
        assert!(matches!(result, Err(KeychainError::Failed(_))));
    }
}
