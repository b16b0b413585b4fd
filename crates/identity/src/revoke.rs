//! Token revocation (RFC 7009), with a queue for when the provider cannot be reached.

use std::time::SystemTime;

use secrecy::{ExposeSecret, SecretString};
use url::Url;

use crate::clock::unix_seconds;
use crate::discovery::Discovered;
use crate::http::Http;
use crate::session::{PendingRevocation, Session, TokenKind};
use crate::token::IssuedTokens;
use crate::{Error, endpoint};

/// What became of the tokens of a sign-in that ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revocation {
    /// The provider has revoked them.
    Done,
    /// The provider could not be reached: they wait in the store, and
    /// [`send_pending_revocations`](crate::Identity::send_pending_revocations) sends them.
    Queued,
    /// The provider has no revocation endpoint: they are forgotten here, and live there until they expire.
    NotOffered,
}

/// What the provider did with one revocation request.
pub(crate) enum Sent {
    /// Revoked, or invalid before (section 2.2 answers both alike).
    Revoked,
    /// It will never be revoked by asking again: refused for good, or expired.
    Pointless,
    /// It could not be asked.
    Later,
}

/// The revocations that end a session: first the refresh token, whose end takes the rest with it at most providers.
/// None where the provider has no endpoint for them.
pub(crate) fn of_session(session: &Session) -> Vec<PendingRevocation> {
    let Some(endpoint) = &session.revocation_endpoint else { return Vec::new() };
    let refresh_token = session.refresh_token.as_ref();
    let expires_at = Some(session.access_token_expires_at);
    both(session.provider.client_id(), endpoint, refresh_token, &session.access_token, expires_at)
}

/// The same for tokens that came and may never be part of a session.
pub(crate) fn of_tokens(discovered: &Discovered, tokens: &IssuedTokens) -> Vec<PendingRevocation> {
    let Some(endpoint) = &discovered.revocation_endpoint else { return Vec::new() };
    let refresh_token = tokens.refresh_token.as_ref();
    both(discovered.provider.client_id(), endpoint.as_str(), refresh_token, &tokens.access_token, None)
}

fn both(
    client_id: &str,
    endpoint: &str,
    refresh_token: Option<&SecretString>,
    access_token: &SecretString,
    access_token_expires_at: Option<u64>,
) -> Vec<PendingRevocation> {
    let pending = |token: &SecretString, kind, expires_at| PendingRevocation {
        client_id: client_id.to_owned(),
        endpoint: endpoint.to_owned(),
        token: token.clone(),
        kind,
        expires_at,
    };
    let refresh = refresh_token.map(|token| pending(token, TokenKind::RefreshToken, None));
    let access = pending(access_token, TokenKind::AccessToken, access_token_expires_at);
    refresh.into_iter().chain([access]).collect()
}

/// Sends one revocation (section 2.1).
pub(crate) async fn send(http: &Http, pending: &PendingRevocation, now: SystemTime) -> Sent {
    if pending.expires_at.is_some_and(|expiry| expiry <= unix_seconds(now)) {
        return Sent::Pointless;
    }
    let Ok(url) = Url::parse(&pending.endpoint) else { return Sent::Pointless };
    if endpoint::check(&url).is_err() {
        return Sent::Pointless;
    }
    match post(http, &url, pending).await {
        Ok(true) => Sent::Revoked,
        Ok(false) => Sent::Pointless,
        Err(_) => Sent::Later,
    }
}

async fn post(http: &Http, url: &Url, pending: &PendingRevocation) -> Result<bool, Error> {
    let form = [
        ("token", pending.token.expose_secret()),
        ("token_type_hint", pending.kind.hint()),
        ("client_id", pending.client_id.as_str()),
    ];
    http.post_status(url, &form).await.map(|status| status.is_success())
}
