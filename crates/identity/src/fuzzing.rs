//! Doors to what parses a provider's answers, for `fuzz/` and nobody else: no network, a fixed provider.

use std::time::{Duration, SystemTime};

use oauth2::HttpResponse;
use oauth2::http::StatusCode;
use secrecy::ExposeSecret as _;
use url::Url;

use crate::discovery::{self, Discovered};
use crate::error::IdTokenProblem;
use crate::http::Http;
use crate::token::{self, Denial};
use crate::{Account, Provider, SignIn, device, id_token};

/// The provider that every answer is taken to come from.
pub const ISSUER: &str = "https://login.acme.example";
/// Lanyard's name there.
pub const CLIENT_ID: &str = "lanyard";

const DISCOVERY: &str = r#"{"issuer":"https://login.acme.example",
    "authorization_endpoint":"https://login.acme.example/authorize",
    "token_endpoint":"https://login.acme.example/token","jwks_uri":"https://login.acme.example/keys",
    "device_authorization_endpoint":"https://login.acme.example/device",
    "response_types_supported":["code"],"subject_types_supported":["public"],
    "id_token_signing_alg_values_supported":["EdDSA"]}"#;

/// What tokens say, their values apart.
pub struct Tokens {
    /// Seconds.
    pub lifetime: u64,
    /// Whether there is one; never one without a character.
    pub refresh_token: bool,
}

/// Every address of a discovery document that is taken.
pub fn discovery(body: &[u8]) -> Option<Vec<Url>> {
    let discovered = discovery::read(&provider(), &answer(200, body)).ok()?;
    let optional = [
        discovered.device_authorization_endpoint,
        discovered.revocation_endpoint,
        discovered.userinfo_endpoint,
    ];
    Some(optional.into_iter().flatten().chain([discovered.token_endpoint, discovered.jwks_uri]).collect())
}

/// A sign-in as a device authorization answer begins it.
pub fn device(status: u16, body: &[u8]) -> Option<SignIn> {
    device::sign_in(Http::default(), discovered(), &answer(status, body)).ok()
}

/// Tokens; or whether polling for them goes on.
pub fn tokens(status: u16, body: &[u8]) -> Result<Tokens, bool> {
    let tokens = token::read(&provider(), &answer(status, body))
        .map_err(|denial| matches!(denial, Denial::Pending | Denial::SlowDown))?;
    let refresh_token = tokens.refresh_token.as_ref();
    assert!(refresh_token.is_none_or(|token| !token.expose_secret().is_empty()), "an empty token is none");
    Ok(Tokens { lifetime: tokens.lifetime(), refresh_token: refresh_token.is_some() })
}

/// Who a token says they are, by these keys; none where the keys are no keys.
pub fn id_token(keys: &[u8], token: &str, now: SystemTime) -> Option<Result<Account, IdTokenProblem>> {
    let jwks = serde_json::from_slice(keys).ok()?;
    Some(id_token::verify_with_known_keys(&Discovered { jwks, ..discovered() }, token, now))
}

/// The longest that a code is waited for.
pub const LONGEST_WAIT: Duration = Duration::from_hours(1);

fn provider() -> Provider {
    Provider::parse(ISSUER, CLIENT_ID).expect("the issuer is an address")
}

fn discovered() -> Discovered {
    discovery::read(&provider(), &answer(200, DISCOVERY.as_bytes())).expect("the document is one")
}

fn answer(status: u16, body: &[u8]) -> HttpResponse {
    let mut response = HttpResponse::new(body.to_vec());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    response
}
