//! Refreshing: one at a time, and nothing new is used before it is stored.

use std::time::Duration;

use oauth2::HttpResponse;
use secrecy::{ExposeSecret, SecretString};
use tokio::time::Instant;

use crate::clock::unix_seconds;
use crate::discovery::Discovered;
use crate::http::{self, Http};
use crate::session::Session;
use crate::store::TokenStore;
use crate::token::{self, Denial, IssuedTokens};
use crate::{Account, Error, Identity, id_token, revoke};

impl<S: TokenStore> Identity<S> {
    /// Renews the session. Callers that come while one refresh is under way share its outcome.
    ///
    /// [`Error::is_refusal`] means that the provider does not vouch for the person any more: lock. After
    /// `invalid_grant` the session stays as [`Standing::Refused`](crate::Standing::Refused). [`Error::is_offline`]
    /// means that they are still signed in.
    ///
    /// A provider that rotates refresh tokens has made the old one worthless when it answers. So the new one is stored
    /// before anything else in the answer is looked at, and where the store refuses it, it is kept in memory and
    /// stored before its next use. Let the future run to its end: dropped between question and answer, it loses the
    /// new token.
    pub async fn refresh(&self) -> Result<Account, Error> {
        let before = self.landed.borrow().count;
        let _flight = self.flight.lock().await;
        if let Some(outcome) = self.landed.borrow().since(before) {
            return outcome;
        }
        let outcome = self.refresh_alone().await;
        self.back_off.set(match &outcome {
            Ok(_) => BackOff::default(),
            Err(_) => self.back_off.get().longer(),
        });
        self.landed.borrow_mut().record(outcome.clone());
        outcome
    }

    async fn refresh_alone(&self) -> Result<Account, Error> {
        let session = self.session.borrow().clone().ok_or(Error::NotSignedIn)?;
        if session.refused {
            return Err(Error::Refused);
        }
        let refresh_token = session.refresh_token.clone().ok_or(Error::NotRefreshable)?;
        if self.unsaved.get() {
            self.save(&session)?;
            self.unsaved.set(false);
        }
        let epoch = self.epoch.get();
        let http = Http::default();
        let mut discovered = Discovered::fetch(&http, &session.provider).await?;
        if self.epoch.get() != epoch {
            return Err(Error::NotSignedIn);
        }
        let response = ask(&http, &discovered, &refresh_token).await?;
        let tokens = match token::read(&session.provider, &response) {
            Ok(tokens) => tokens,
            Err(denial) => return Err(self.denied(epoch, denial)),
        };
        self.adopt(&http, &mut discovered, epoch, session, tokens).await
    }

    /// Takes over the answer: first the rotated refresh token, durably; then, verified, the rest.
    async fn adopt(
        &self,
        http: &Http,
        discovered: &mut Discovered,
        epoch: u64,
        mut session: Session,
        tokens: IssuedTokens,
    ) -> Result<Account, Error> {
        let now = unix_seconds(self.clock.now());
        session.revocation_endpoint = discovered.revocation_endpoint.clone().map(String::from);
        session.refresh_token = tokens.refresh_token.clone().or(session.refresh_token);
        if self.epoch.get() != epoch {
            session.access_token_expires_at = now.saturating_add(tokens.lifetime());
            session.access_token = tokens.access_token;
            self.queue(&revoke::of_session(&session))?;
            self.send_pending_revocations().await?;
            return Err(Error::NotSignedIn);
        }
        if tokens.refresh_token.is_some() {
            self.session.replace(Some(session.clone()));
            self.unsaved.set(true);
            self.store.save(&session)?;
            self.unsaved.set(false);
        }
        tokens.check_type()?;
        if let Some(id_token) = &tokens.id_token {
            let account = id_token::verify(http, discovered, id_token, self.clock.now()).await?;
            if self.epoch.get() != epoch {
                return Err(Error::NotSignedIn);
            }
            // OpenID Connect Core 1.0, section 12.2: the same person at the same issuer.
            if account.subject != session.account.subject {
                self.mark_refused(epoch)?;
                return Err(Error::SubjectChanged);
            }
            session.account.name = account.name.or(session.account.name);
            session.account.email = account.email.or(session.account.email);
        }
        session.access_token_expires_at = now.saturating_add(tokens.lifetime());
        session.refresh_at = refresh_at(now, tokens.lifetime());
        session.access_token = tokens.access_token;
        self.save(&session)?;
        Ok(session.account)
    }

    fn denied(&self, epoch: u64, denial: Denial) -> Error {
        match denial {
            Denial::InvalidGrant | Denial::Expired | Denial::Denied => {
                self.mark_refused(epoch).err().unwrap_or(Error::Refused)
            }
            Denial::Pending | Denial::SlowDown => {
                http::protocol("an answer that belongs to the device authorization grant")
            }
            Denial::Other(error) => error,
        }
    }

    /// The session in memory is refused even where the store does not take it.
    fn mark_refused(&self, epoch: u64) -> Result<(), Error> {
        if self.epoch.get() != epoch {
            return Err(Error::NotSignedIn);
        }
        let mut session = self.session.borrow().clone().ok_or(Error::NotSignedIn)?;
        session.refused = true;
        self.session.replace(Some(session.clone()));
        Ok(self.store.save(&session)?)
    }
}

async fn ask(
    http: &Http,
    discovered: &Discovered,
    refresh_token: &SecretString,
) -> Result<HttpResponse, Error> {
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token.expose_secret()),
        ("client_id", discovered.provider.client_id()),
    ];
    http.post(&discovered.token_endpoint, &form).await
}

/// Refreshing is how Lanyard learns that the provider refuses: once an hour at the latest, however long tokens live.
pub(crate) const LATEST_REFRESH: u64 = 3600;
const EARLIEST_REFRESH: u64 = 5;

/// When to refresh tokens that live from `now` on: a minute before they end, or at half of a short life.
pub(crate) fn refresh_at(now: u64, lifetime: u64) -> u64 {
    let early = (lifetime / 2).min(60);
    now.saturating_add((lifetime - early).clamp(EARLIEST_REFRESH, LATEST_REFRESH))
}

/// The outcome of the last refresh, for those who waited for it.
#[derive(Default)]
pub(crate) struct Landed {
    pub(crate) count: u64,
    outcome: Option<Result<Account, Error>>,
}

impl Landed {
    fn since(&self, count: u64) -> Option<Result<Account, Error>> {
        if self.count == count { None } else { self.outcome.clone() }
    }

    fn record(&mut self, outcome: Result<Account, Error>) {
        self.count += 1;
        self.outcome = Some(outcome);
    }
}

/// The pause after refreshes that failed: 15 s, doubled up to 15 minutes.
#[derive(Clone, Copy, Default)]
pub(crate) struct BackOff {
    failures: u32,
    until: Option<Instant>,
}

impl BackOff {
    const FIRST: Duration = Duration::from_secs(15);
    const LONGEST: Duration = Duration::from_mins(15);

    fn longer(self) -> Self {
        let pause = Self::FIRST.saturating_mul(2_u32.saturating_pow(self.failures)).min(Self::LONGEST);
        Self { failures: self.failures.saturating_add(1), until: Some(Instant::now() + pause) }
    }

    pub(crate) fn remaining(self) -> Duration {
        self.until.map_or(Duration::ZERO, |until| until.saturating_duration_since(Instant::now()))
    }
}
