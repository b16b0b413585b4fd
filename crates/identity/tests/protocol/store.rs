//! A store that writes down what it is asked, keeps what it has as text, and fails when told to.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use lanyard_identity::{PendingRevocation, Session, StoreError, TokenStore};
use serde_json::Value;

use crate::wire::Journal;

#[derive(Clone, Default)]
pub(crate) struct Store(Rc<Kept>);

#[derive(Default)]
struct Kept {
    journal: Journal,
    session: RefCell<Option<String>>,
    revocations: RefCell<Option<String>>,
    failing: Cell<Option<&'static str>>,
}

impl Store {
    pub(crate) fn new(journal: Journal) -> Self {
        Self(Rc::new(Kept { journal, ..Kept::default() }))
    }

    /// The call of this name fails until told otherwise.
    pub(crate) fn fail(&self, call: Option<&'static str>) {
        self.0.failing.set(call);
    }

    /// A field of the stored session.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        let session: Value = serde_json::from_str(self.0.session.borrow().as_deref()?).unwrap();
        session[name].as_str().map(str::to_owned)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.session.borrow().is_none()
    }

    /// The tokens that wait to be revoked.
    pub(crate) fn queued(&self) -> Vec<String> {
        let revocations = self.0.revocations.borrow();
        let list: Vec<Value> = serde_json::from_str(revocations.as_deref().unwrap_or("[]")).unwrap();
        list.iter().map(|pending| pending["token"].as_str().unwrap().to_owned()).collect()
    }

    fn call(&self, name: &'static str, detail: &str) -> Result<(), StoreError> {
        if self.0.failing.get() == Some(name) {
            return Err(StoreError::new("the disk is full"));
        }
        self.0.journal.lock().unwrap().push(format!("{name} {detail}").trim_end().to_owned());
        Ok(())
    }
}

impl TokenStore for Store {
    fn load(&self) -> Result<Option<Session>, StoreError> {
        if self.0.failing.get() == Some("load") {
            return Err(StoreError::new("the keyring is locked"));
        }
        Ok(self.0.session.borrow().as_deref().map(|text| serde_json::from_str(text).unwrap()))
    }

    fn save(&self, session: &Session) -> Result<(), StoreError> {
        let text = serde_json::to_string(session).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        let token = |name: &str| value[name].as_str().unwrap_or("none").to_owned();
        self.call("save", &format!("{} {}", token("refresh_token"), token("access_token")))?;
        self.0.session.replace(Some(text));
        Ok(())
    }

    fn clear(&self) -> Result<(), StoreError> {
        self.call("clear", "")?;
        self.0.session.replace(None);
        Ok(())
    }

    fn load_revocations(&self) -> Result<Vec<PendingRevocation>, StoreError> {
        Ok(self
            .0
            .revocations
            .borrow()
            .as_deref()
            .map_or_else(Vec::new, |text| serde_json::from_str(text).unwrap()))
    }

    fn save_revocations(&self, pending: &[PendingRevocation]) -> Result<(), StoreError> {
        self.call("save_revocations", &pending.len().to_string())?;
        self.0.revocations.replace(Some(serde_json::to_string(pending).unwrap()));
        Ok(())
    }
}
