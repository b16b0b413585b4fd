//! Answers of the token endpoint (RFC 6749, section 5).

use oauth2::basic::BasicErrorResponseType;
use oauth2::{DeviceCodeErrorResponse, DeviceCodeErrorResponseType, ErrorResponseType, HttpResponse};
use secrecy::SecretString;
use serde::{Deserialize, Deserializer};

use crate::http;
use crate::{Error, Provider};

/// What RFC 6749, section 5.1, recommends a server to state; assumed where it does not.
const UNSTATED_LIFETIME: u64 = 3600;
/// Times are added up without overflow.
const LONGEST_LIFETIME: u64 = 366 * 24 * 3600;

/// Tokens as issued, nothing in them verified.
///
/// Reading is lenient about all but the two tokens: a rotated refresh token must not be lost over a detail.
#[derive(Deserialize)]
pub(crate) struct IssuedTokens {
    #[serde(deserialize_with = "secret")]
    pub(crate) access_token: SecretString,
    #[serde(default)]
    token_type: String,
    #[serde(default, deserialize_with = "seconds")]
    expires_in: Option<u64>,
    #[serde(default, deserialize_with = "optional_secret")]
    pub(crate) refresh_token: Option<SecretString>,
    pub(crate) id_token: Option<String>,
}

impl IssuedTokens {
    pub(crate) fn lifetime(&self) -> u64 {
        self.expires_in.unwrap_or(UNSTATED_LIFETIME).min(LONGEST_LIFETIME)
    }

    /// RFC 6749, section 7.1: an access token of a type that is not understood is not used.
    pub(crate) fn check_type(&self) -> Result<(), Error> {
        if self.token_type.eq_ignore_ascii_case("bearer") {
            Ok(())
        } else {
            Err(http::protocol("the access token is of an unknown type"))
        }
    }
}

/// Why the endpoint gave no tokens.
pub(crate) enum Denial {
    /// RFC 8628: not decided yet.
    Pending,
    /// RFC 8628: not decided yet, and asked too often.
    SlowDown,
    /// RFC 8628: the person refused.
    Denied,
    /// RFC 8628: too late.
    Expired,
    /// RFC 6749: the grant (device code or refresh token) is not valid.
    InvalidGrant,
    /// Anything else.
    Other(Error),
}

/// Reads tokens or the reason why there are none.
pub(crate) fn read(provider: &Provider, response: &HttpResponse) -> Result<IssuedTokens, Denial> {
    if response.status().is_success() {
        return http::parse(response, "an answer with tokens").map_err(Denial::Other);
    }
    Err(denial(provider, response))
}

/// Reads an error response (RFC 6749, section 5.2, and RFC 8628, section 3.5).
pub(crate) fn denial(provider: &Provider, response: &HttpResponse) -> Denial {
    let error: DeviceCodeErrorResponse = match http::parse(response, "an OAuth error") {
        Ok(error) => error,
        Err(error) => return Denial::Other(error),
    };
    match error.error() {
        DeviceCodeErrorResponseType::AuthorizationPending => Denial::Pending,
        DeviceCodeErrorResponseType::SlowDown => Denial::SlowDown,
        DeviceCodeErrorResponseType::AccessDenied => Denial::Denied,
        DeviceCodeErrorResponseType::ExpiredToken => Denial::Expired,
        DeviceCodeErrorResponseType::Basic(basic) => refusal(provider, basic),
    }
}

fn refusal(provider: &Provider, error: &BasicErrorResponseType) -> Denial {
    let code = code(error);
    match error {
        BasicErrorResponseType::InvalidGrant => Denial::InvalidGrant,
        BasicErrorResponseType::InvalidClient
        | BasicErrorResponseType::UnauthorizedClient
        | BasicErrorResponseType::UnsupportedGrantType => {
            Denial::Other(Error::ClientRefused { client_id: provider.client_id().to_owned(), code })
        }
        BasicErrorResponseType::InvalidRequest
        | BasicErrorResponseType::InvalidScope
        | BasicErrorResponseType::Extension(_) => Denial::Other(http::protocol(&format!("error {code}"))),
    }
}

/// The code alone: an error description is free text of the provider.
fn code(error: &impl ErrorResponseType) -> String {
    let code = serde_json::to_value(error).ok().and_then(|code| code.as_str().map(str::to_owned));
    code.unwrap_or_default().chars().filter(char::is_ascii_graphic).take(60).collect()
}

fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    String::deserialize(deserializer).map(SecretString::from)
}

fn optional_secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SecretString>, D::Error> {
    Ok(Option::<String>::deserialize(deserializer)?.filter(|token| !token.is_empty()).map(SecretString::from))
}

/// A number, or a number in a string, as some providers write it; anything else counts as unstated.
fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(value.as_u64().or_else(|| value.as_str()?.parse().ok()))
}
