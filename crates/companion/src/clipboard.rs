//! The clipboard, for as long as a secret may be on it.

use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lanyard_broker::{Exposure, Presence};
use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::credential::{Revealed, SecretPart};
use lanyard_vault::RecordId;
use secrecy::SecretString;

use crate::core::Core;
use crate::problem;

/// How long a secret stays on the clipboard.
const LIFETIME: Duration = Duration::from_secs(30);

/// The clipboard of the desktop.
pub trait Clipboard {
    /// Puts a secret there, marked so that histories leave it out, and takes it off again after a while unless something
    /// else was copied meanwhile. Returns at once; false where there is no clipboard.
    fn put(&self, secret: SecretString, lifetime: Duration) -> bool;
}

impl Core {
    /// Copies a secret because the person chose it in the window. Says when it is taken off again, in Unix milliseconds.
    pub(crate) async fn copy(self: &Rc<Self>, record: RecordId, part: SecretPart) -> Result<u64, Problem> {
        let clipboard = self.clipboard.as_ref().ok_or_else(no_clipboard)?;
        let presence = self.present(Presence::Window).await?;
        let shown = self.broker.borrow_mut().reveal(record, part, presence, Exposure::Clipboard)?;
        let secret = match shown {
            Revealed::Text(text) => text.0,
            Revealed::OneTimeCode { code, .. } => code.0,
            Revealed::FormerPasswords { .. } => {
                return Err(problem::invalid("a list cannot be copied", "show it, and copy what you need"));
            }
        };
        if !clipboard.put(secret, LIFETIME) {
            return Err(no_clipboard());
        }
        let until = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() + LIFETIME;
        Ok(u64::try_from(until.as_millis()).unwrap_or(u64::MAX))
    }
}

fn no_clipboard() -> Problem {
    Problem::new(
        Code::Unavailable,
        "this desktop has no clipboard that Lanyard can use",
        "show the password and type it",
    )
}
