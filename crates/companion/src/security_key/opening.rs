//! Security keys that open the vault. For that a key gives a secret, which only one for an organisation's domain is asked for.

use std::rc::Rc;

use lanyard_presence::{Refusal, Salt, SlotParty};
use lanyard_protocol::common::{Code, Problem};
use tokio::sync::oneshot;

use super::task::{self, Asked, Given, Then};
use super::{no_browser, of_refusal, origins};
use crate::core::Core;

impl Core {
    /// Lets a key open the vault. The person uses it once more, since not every key gives its secret when it is added.
    pub(crate) async fn let_key_open(self: &Rc<Self>, key: &str) -> Result<(), Problem> {
        let (id, name) = self.keys.named(key)?;
        let key = self.keys.key(&id)?;
        let slots = self.broker.borrow().key_slots();
        if slots.iter().any(|slot| slot.credential_id == key.id()) {
            return Err(Problem::new(
                Code::Invalid,
                "this security key opens the vault already",
                "unlock with it when Lanyard is locked",
            ));
        }
        // One salt for all of them, so that whichever is there can be asked.
        let salt = slots.first().map_or_else(Salt::make_random, |slot| Salt(slot.salt));
        let Given { credential_id, secret } =
            self.ask_secret(&[key], &salt, |taker| Then::Slot(name.clone(), taker)).await?;
        self.broker.borrow_mut().add_key_slot(&name, &credential_id, salt.0, secret.expose())
    }

    /// Unlocks with a key that the person uses in the browser that was heard of last.
    pub(crate) async fn unlock_with_key(self: &Rc<Self>) -> Result<(), Problem> {
        self.open_vault().await?;
        self.sync_account();
        let slots = self.broker.borrow().key_slots();
        let salt = slots.first().map(|slot| Salt(slot.salt)).ok_or_else(|| of_refusal(&Refusal::NoKey))?;
        let mut keys = self.keys.credentials()?;
        keys.retain(|key| slots.iter().any(|slot| slot.credential_id == key.id() && slot.salt == salt.0));
        let Given { credential_id, secret } = self.ask_secret(&keys, &salt, Then::Unlock).await?;
        let unlocked = self.broker.borrow_mut().unlock_with_security_key(&credential_id, secret.expose());
        self.told_of_unlock(unlocked)
    }

    async fn ask_secret(
        self: &Rc<Self>,
        keys: &[lanyard_presence::Key],
        salt: &Salt,
        then: impl FnOnce(task::Taker) -> Then,
    ) -> Result<Given, Problem> {
        let domain = self.key_domain().ok_or_else(|| of_refusal(&Refusal::NoPrf))?;
        let party = SlotParty::new(domain, &origins()).map_err(|refusal| of_refusal(&refusal))?;
        let begun = party.begin_assertion(keys, salt, task::now());
        let (options, assertion) = begun.map_err(|refusal| of_refusal(&refusal))?;
        let browser = self.browsers.used_last().ok_or_else(no_browser)?;
        let (taker, given) = oneshot::channel();
        let asked = Asked::Secret(Box::new(assertion));
        self.wait_for_key(&browser, options, asked, then(taker), given).await
    }
}
