//! Name and e-mail address from the userinfo endpoint (OpenID Connect Core 1.0, section 5.3).

use serde::Deserialize;

use crate::Account;
use crate::discovery::Discovered;
use crate::http::{self, Http};
use crate::session::Session;

#[derive(Deserialize)]
struct UserInfo {
    sub: String,
    name: Option<String>,
    email: Option<String>,
}

/// The account with what the ID token left out; `None` when nothing was left out or nothing is found.
pub(crate) async fn complete(http: &Http, discovered: &Discovered, session: &Session) -> Option<Account> {
    let mut account = session.account.clone();
    if account.name.is_some() && account.email.is_some() {
        return None;
    }
    let info = fetch(http, discovered, session).await?;
    // Section 5.3.2: what is said about somebody else must not be used.
    if info.sub != account.subject {
        return None;
    }
    account.name = account.name.or(info.name.filter(|name| !name.trim().is_empty()));
    account.email = account.email.or(info.email);
    (account != session.account).then_some(account)
}

async fn fetch(http: &Http, discovered: &Discovered, session: &Session) -> Option<UserInfo> {
    let url = discovered.userinfo_endpoint.as_ref()?;
    let response = http.get_with_token(url, &session.access_token).await.ok()?;
    if !response.status().is_success() {
        return None;
    }
    http::parse(&response, "user info").ok()
}
