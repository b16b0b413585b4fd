//! The one owner of the tokens.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;

use crate::clock::{Clock, SystemClock, unix_seconds};
use crate::device::{self, SignIn};
use crate::discovery::Discovered;
use crate::http::Http;
use crate::refresh::{BackOff, LATEST_REFRESH, Landed, refresh_at};
use crate::revoke::{self, Revocation, Sent};
use crate::session::{PendingRevocation, Session};
use crate::store::{StoreError, TokenStore};
use crate::token::IssuedTokens;
use crate::{Account, Error, Provider, Standing, id_token, userinfo};

/// Signs in, keeps the session fresh, and signs out.
///
/// Made for one thread: share it in an `Rc`. Whatever is in memory was stored before, with one exception that is
/// written down at [`Identity::refresh`].
pub struct Identity<S: TokenStore> {
    pub(crate) store: S,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) session: RefCell<Option<Session>>,
    /// Counts the sessions that began or ended, so that an answer for an earlier one is recognised.
    pub(crate) epoch: Cell<u64>,
    /// The session in memory has a refresh token that the store refused to take.
    pub(crate) unsaved: Cell<bool>,
    pub(crate) flight: Mutex<()>,
    pub(crate) landed: RefCell<Landed>,
    pub(crate) back_off: Cell<BackOff>,
    pending: RefCell<Vec<PendingRevocation>>,
}

impl<S: TokenStore> Identity<S> {
    /// Loads what is stored. No network.
    pub fn new(store: S) -> Result<Self, Error> {
        Self::with_clock(store, Arc::new(SystemClock))
    }

    /// Like [`Identity::new`], with a wall clock of the caller's.
    pub fn with_clock(store: S, clock: Arc<dyn Clock>) -> Result<Self, Error> {
        let pending = store.load_revocations()?;
        let session = finish_interrupted_sign_out(&store, &pending)?;
        Ok(Self {
            store,
            clock,
            session: RefCell::new(session),
            epoch: Cell::new(0),
            unsaved: Cell::new(false),
            flight: Mutex::new(()),
            landed: RefCell::new(Landed::default()),
            back_off: Cell::new(BackOff::default()),
            pending: RefCell::new(pending),
        })
    }

    /// Who is signed in, also when the provider refused them later; see [`Identity::standing`].
    pub fn account(&self) -> Option<Account> {
        self.session.borrow().as_ref().map(|session| session.account.clone())
    }

    /// Where they signed in.
    pub fn provider(&self) -> Option<Provider> {
        self.session.borrow().as_ref().map(|session| session.provider.clone())
    }

    /// Whether the sign-in holds, and how.
    pub fn standing(&self) -> Standing {
        self.session
            .borrow()
            .as_ref()
            .map_or(Standing::SignedOut, |session| session.standing(self.clock.now()))
    }

    /// Asks the provider for its configuration and for a code to show (RFC 8628, sections 3.1 and 3.2).
    pub async fn begin_sign_in(&self, provider: &Provider) -> Result<SignIn, Error> {
        let http = Http::default();
        let discovered = Discovered::fetch(&http, provider).await?;
        // Some providers end every sign-in of a person when one of their tokens is revoked: old ones go first.
        if let Some(endpoint) = &discovered.revocation_endpoint {
            self.send_pending(|pending| pending.endpoint == endpoint.as_str()).await?;
        }
        device::authorize(http, discovered).await
    }

    /// Waits for the person's decision; the tokens are durable before this returns `Ok`.
    ///
    /// Dropping the future cancels. A session that was there before is replaced, and its tokens are queued for
    /// revocation.
    pub async fn finish_sign_in(&self, mut sign_in: SignIn) -> Result<Account, Error> {
        let tokens = sign_in.wait().await?;
        let issued = revoke::of_tokens(&sign_in.discovered, &tokens);
        let account = match self.verify_new(&mut sign_in, &tokens).await {
            Ok(account) => account,
            Err(error) => return Err(self.discard(&sign_in.http, issued, error).await),
        };
        let session = self.make_session(&sign_in, account, tokens);
        if let Err(error) = self.replace_session(&session) {
            return Err(self.discard(&sign_in.http, issued, error.into()).await);
        }
        Ok(self.complete_account(&sign_in, &session).await)
    }

    /// When to call [`Identity::refresh`] next; `None` when there is nothing to refresh.
    pub fn refresh_due(&self) -> Option<Duration> {
        let session = self.session.borrow();
        let session =
            session.as_ref().filter(|session| session.standing(self.clock.now()) == Standing::SignedIn)?;
        // A clock that was set back must not put it off.
        let due = session.refresh_at.saturating_sub(unix_seconds(self.clock.now())).min(LATEST_REFRESH);
        Some(Duration::from_secs(due).max(self.back_off.get().remaining()))
    }

    /// Ends the session here, durably, and then at the provider (RFC 7009).
    pub async fn sign_out(&self) -> Result<Revocation, Error> {
        let session = self.session.borrow().clone().ok_or(Error::NotSignedIn)?;
        let ended = revoke::of_session(&session);
        // Queue first: a crash in between leaves a session whose token is queued, which the next start clears.
        self.queue(&ended)?;
        if let Err(error) = self.store.clear() {
            self.unqueue(&ended)?;
            return Err(error.into());
        }
        self.session.replace(None);
        self.begin_epoch();
        if ended.is_empty() {
            return Ok(Revocation::NotOffered);
        }
        let is_ended = |pending: &PendingRevocation| ended.iter().any(|ended| pending.is_for(&ended.token));
        self.send_pending(is_ended).await?;
        let waiting = self.pending.borrow().iter().any(is_ended);
        Ok(if waiting { Revocation::Queued } else { Revocation::Done })
    }

    /// Sends the revocations that wait, and says how many the provider confirmed. One that cannot be sent stays.
    pub async fn send_pending_revocations(&self) -> Result<usize, Error> {
        self.send_pending(|_| true).await
    }

    /// How many revocations wait to be sent.
    pub fn pending_revocations(&self) -> usize {
        self.pending.borrow().len()
    }

    async fn send_pending(&self, which: impl Fn(&PendingRevocation) -> bool) -> Result<usize, Error> {
        let mut waiting = self.pending.borrow().clone();
        waiting.retain(which);
        let http = Http::default();
        let mut revoked = 0;
        let mut unreachable: Vec<String> = Vec::new();
        for revocation in waiting {
            if unreachable.contains(&revocation.endpoint) {
                continue;
            }
            match revoke::send(&http, &revocation, self.clock.now()).await {
                Sent::Later => unreachable.push(revocation.endpoint),
                Sent::Pointless => self.unqueue(&[revocation])?,
                Sent::Revoked => {
                    self.unqueue(&[revocation])?;
                    revoked += 1;
                }
            }
        }
        Ok(revoked)
    }

    async fn verify_new(&self, sign_in: &mut SignIn, tokens: &IssuedTokens) -> Result<Account, Error> {
        tokens.check_type()?;
        let id_token = tokens.id_token.as_deref().ok_or(Error::IdToken(crate::IdTokenProblem::Missing))?;
        id_token::verify(&sign_in.http, &mut sign_in.discovered, id_token, self.clock.now()).await
    }

    fn make_session(&self, sign_in: &SignIn, account: Account, tokens: IssuedTokens) -> Session {
        let now = unix_seconds(self.clock.now());
        let lifetime = tokens.lifetime();
        Session {
            provider: sign_in.provider().clone(),
            account,
            refresh_token: tokens.refresh_token,
            access_token: tokens.access_token,
            access_token_expires_at: now.saturating_add(lifetime),
            refresh_at: refresh_at(now, lifetime),
            revocation_endpoint: sign_in.discovered.revocation_endpoint.clone().map(String::from),
            refused: false,
        }
    }

    fn replace_session(&self, session: &Session) -> Result<(), StoreError> {
        let before = self.session.borrow().as_ref().filter(|before| !before.refused).map(revoke::of_session);
        let mut before = before.unwrap_or_default();
        before.retain(|revocation| !session.has(&revocation.token));
        self.queue(&before)?;
        if let Err(error) = self.store.save(session) {
            self.unqueue(&before)?;
            return Err(error);
        }
        self.session.replace(Some(session.clone()));
        self.begin_epoch();
        Ok(())
    }

    /// Providers may keep name and e-mail out of the ID token and give them at the userinfo endpoint. They are for
    /// showing only: whatever fails here leaves the account as it is.
    async fn complete_account(&self, sign_in: &SignIn, session: &Session) -> Account {
        let epoch = self.epoch.get();
        let found = userinfo::complete(&sign_in.http, &sign_in.discovered, session).await;
        // The tokens may have been refreshed meanwhile: only the account of the session is changed.
        let current = self.session.borrow().clone().filter(|_| self.epoch.get() == epoch);
        if let (Some(account), Some(mut current)) = (found, current) {
            current.account = account.clone();
            if self.save(&current).is_ok() {
                return account;
            }
        }
        session.account.clone()
    }

    pub(crate) fn save(&self, session: &Session) -> Result<(), StoreError> {
        self.store.save(session)?;
        self.session.replace(Some(session.clone()));
        Ok(())
    }

    /// Revokes tokens that are not going to be used, as far as the provider can be reached at once.
    async fn discard(&self, http: &Http, issued: Vec<PendingRevocation>, because: Error) -> Error {
        for revocation in issued {
            if let Sent::Later = revoke::send(http, &revocation, self.clock.now()).await {
                break;
            }
        }
        because
    }

    fn begin_epoch(&self) {
        self.epoch.set(self.epoch.get() + 1);
        self.unsaved.set(false);
        self.back_off.set(BackOff::default());
    }

    pub(crate) fn queue(&self, revocations: &[PendingRevocation]) -> Result<(), StoreError> {
        if revocations.is_empty() {
            return Ok(());
        }
        let mut pending = self.pending.borrow().clone();
        pending.retain(|waiting| !revocations.iter().any(|new| new.is_for(&waiting.token)));
        pending.extend_from_slice(revocations);
        self.save_pending(pending)
    }

    fn unqueue(&self, revocations: &[PendingRevocation]) -> Result<(), StoreError> {
        if revocations.is_empty() {
            return Ok(());
        }
        let mut pending = self.pending.borrow().clone();
        pending.retain(|waiting| !revocations.iter().any(|done| done.is_for(&waiting.token)));
        self.save_pending(pending)
    }

    fn save_pending(&self, pending: Vec<PendingRevocation>) -> Result<(), StoreError> {
        self.store.save_revocations(&pending)?;
        self.pending.replace(pending);
        Ok(())
    }
}

/// A session whose refresh token is queued for revocation was being signed out when the program ended.
fn finish_interrupted_sign_out(
    store: &impl TokenStore,
    pending: &[PendingRevocation],
) -> Result<Option<Session>, StoreError> {
    let session = store.load()?;
    let ended = session.as_ref().is_some_and(|session| {
        let token = session.refresh_token.as_ref().unwrap_or(&session.access_token);
        pending.iter().any(|pending| pending.is_for(token))
    });
    if ended {
        store.clear()?;
        return Ok(None);
    }
    Ok(session)
}
