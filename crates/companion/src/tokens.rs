//! Keeps the sign-in in the vault's service compartment, which is there while locked.

use std::cell::RefCell;
use std::rc::Rc;

use lanyard_broker::Broker;
use lanyard_identity::{PendingRevocation, Session, StoreError, TokenStore};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

const SESSION: &str = "session";
const REVOCATIONS: &str = "revocations";

/// The sealed store of tokens.
pub(crate) struct SealedTokens(pub(crate) Rc<RefCell<Broker>>);

impl SealedTokens {
    fn get<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        let bytes = self.0.borrow().service_get(name).map_err(StoreError::new)?;
        bytes.map(|bytes| serde_json::from_slice(&bytes).map_err(StoreError::new)).transpose()
    }

    fn put(&self, name: &str, value: &impl Serialize) -> Result<(), StoreError> {
        let bytes = Zeroizing::new(serde_json::to_vec(value).map_err(StoreError::new)?);
        self.0.borrow_mut().service_put(name, &bytes).map_err(StoreError::new)
    }
}

impl TokenStore for SealedTokens {
    fn load(&self) -> Result<Option<Session>, StoreError> {
        self.get(SESSION)
    }

    fn save(&self, session: &Session) -> Result<(), StoreError> {
        self.put(SESSION, session)
    }

    fn clear(&self) -> Result<(), StoreError> {
        self.0.borrow_mut().service_remove(SESSION).map_err(StoreError::new)
    }

    fn load_revocations(&self) -> Result<Vec<PendingRevocation>, StoreError> {
        Ok(self.get(REVOCATIONS)?.unwrap_or_default())
    }

    fn save_revocations(&self, pending: &[PendingRevocation]) -> Result<(), StoreError> {
        self.put(REVOCATIONS, &pending)
    }
}
