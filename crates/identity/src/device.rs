//! The device authorization grant (RFC 8628).

use std::time::Duration;

use oauth2::{HttpResponse, StandardDeviceAuthorizationResponse};
use secrecy::{ExposeSecret, SecretString};
use tokio::time::Instant;
use url::Url;

use crate::discovery::{self, Discovered};
use crate::http::{self, Http};
use crate::poll::{self, Answer};
use crate::token::{self, Denial, IssuedTokens};
use crate::{Error, Provider};

const SCOPES: &str = "openid profile email offline_access";
const DEVICE_CODE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// No person sits in front of a code for longer, whatever the provider allows.
const LONGEST_LIFETIME: Duration = Duration::from_hours(1);

/// A sign-in that waits for its person: show the code and the address, then call
/// [`finish_sign_in`](crate::Identity::finish_sign_in).
pub struct SignIn {
    /// What the person types, or compares.
    pub user_code: String,
    /// Where they type it.
    pub verification_uri: String,
    /// The same with the code in it, for a browser or a QR code.
    pub verification_uri_complete: Option<String>,
    /// How long the code is valid, counted from the answer.
    pub expires_in: Duration,
    pub(crate) discovered: Discovered,
    pub(crate) http: Http,
    device_code: SecretString,
    interval: Duration,
    deadline: Instant,
}

/// Asks for a code (section 3.1).
pub(crate) async fn authorize(http: Http, discovered: Discovered) -> Result<SignIn, Error> {
    let provider = &discovered.provider;
    let endpoint = discovered
        .device_authorization_endpoint
        .as_ref()
        .ok_or_else(|| Error::NoDeviceGrant { issuer: provider.issuer().to_owned() })?;
    let form = [("client_id", provider.client_id()), ("scope", SCOPES)];
    let response = http.post(endpoint, &form).await?;
    sign_in(http, discovered, &response)
}

/// What the answer says, where all of it can be shown and used.
pub(crate) fn sign_in(http: Http, discovered: Discovered, response: &HttpResponse) -> Result<SignIn, Error> {
    let answer = read(&discovered.provider, response)?;
    let user_code = answer.user_code().secret().clone();
    if user_code.is_empty() || user_code.chars().any(char::is_control) {
        return Err(http::protocol("the code cannot be shown"));
    }
    let expires_in = answer.expires_in().min(LONGEST_LIFETIME);
    let complete = answer.verification_uri_complete().map(|uri| page(uri.secret())).transpose()?;
    Ok(SignIn {
        user_code,
        verification_uri: page(answer.verification_uri())?,
        verification_uri_complete: complete,
        expires_in,
        device_code: answer.device_code().secret().clone().into(),
        interval: answer.interval(),
        deadline: Instant::now() + expires_in,
        discovered,
        http,
    })
}

impl SignIn {
    /// Where this sign-in takes place.
    pub fn provider(&self) -> &Provider {
        &self.discovered.provider
    }

    /// Polls until the person decided (sections 3.4 and 3.5).
    pub(crate) async fn wait(&self) -> Result<IssuedTokens, Error> {
        poll::until_decided(self.interval, self.deadline, || self.ask()).await
    }

    async fn ask(&self) -> Result<Answer<IssuedTokens>, Error> {
        let provider = self.provider();
        let form = [
            ("grant_type", DEVICE_CODE_GRANT),
            ("device_code", self.device_code.expose_secret()),
            ("client_id", provider.client_id()),
        ];
        let response = match self.http.post(&self.discovered.token_endpoint, &form).await {
            Ok(response) => response,
            Err(error) if error.is_offline() => return Ok(Answer::Trouble),
            Err(error) => return Err(error),
        };
        match token::read(provider, &response) {
            Ok(tokens) => Ok(Answer::Granted(tokens)),
            Err(Denial::Pending) => Ok(Answer::Pending),
            Err(Denial::SlowDown) => Ok(Answer::SlowDown),
            Err(Denial::Denied) => Err(Error::Denied),
            // Section 3.5 has a code of its own for it; some providers take the general one.
            Err(Denial::Expired | Denial::InvalidGrant) => Err(Error::CodeExpired),
            Err(Denial::Other(error)) => Err(error),
        }
    }
}

fn read(provider: &Provider, response: &HttpResponse) -> Result<StandardDeviceAuthorizationResponse, Error> {
    if response.status().is_success() {
        return http::parse(response, "a device authorization answer");
    }
    match token::denial(provider, response) {
        Denial::Other(error) => Err(error),
        Denial::Denied => Err(Error::Denied),
        Denial::Pending | Denial::SlowDown | Denial::Expired | Denial::InvalidGrant => {
            Err(http::protocol("an error that belongs to a later step"))
        }
    }
}

/// A page that a browser will be sent to.
fn page(uri: &str) -> Result<String, Error> {
    let url = Url::parse(uri).map_err(|_| http::protocol("the verification address is not a URL"))?;
    discovery::checked(&url, "verification page").map(String::from)
}
