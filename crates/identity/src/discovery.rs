//! Discovery: from an issuer URL to endpoints and keys (OpenID Connect Discovery 1.0, section 4).

use oauth2::HttpResponse;
use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
    CoreJsonWebKeySet, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode,
    CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::{AdditionalProviderMetadata, ProviderMetadata, UserInfoUrl};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::http::{self, Http};
use crate::{Error, Provider, endpoint};

/// What discovery found. Every URL in it passed [`endpoint::check`].
pub(crate) struct Discovered {
    pub(crate) provider: Provider,
    pub(crate) token_endpoint: Url,
    pub(crate) device_authorization_endpoint: Option<Url>,
    pub(crate) revocation_endpoint: Option<Url>,
    pub(crate) userinfo_endpoint: Option<Url>,
    pub(crate) jwks_uri: Url,
    pub(crate) jwks: CoreJsonWebKeySet,
}

impl Discovered {
    /// Asks the provider for its configuration and its signing keys.
    pub(crate) async fn fetch(http: &Http, provider: &Provider) -> Result<Self, Error> {
        let response = http.get(&configuration_url(provider)?).await?;
        let mut discovered = read(provider, &response)?;
        discovered.fetch_keys(http).await?;
        Ok(discovered)
    }

    /// Asks for the signing keys again, since a provider may rotate them at any time.
    pub(crate) async fn fetch_keys(&mut self, http: &Http) -> Result<(), Error> {
        let response = http.get(&self.jwks_uri).await?;
        if !response.status().is_success() {
            return Err(http::protocol("the provider's signing keys are not where it says"));
        }
        self.jwks = http::parse(&response, "a set of signing keys")?;
        Ok(())
    }
}

fn configuration_url(provider: &Provider) -> Result<Url, Error> {
    let issuer = provider.issuer().trim_end_matches('/');
    Url::parse(&format!("{issuer}/.well-known/openid-configuration"))
        .map_err(|_| Error::InvalidIssuer { reason: "it is not a URL" })
}

pub(crate) fn read(provider: &Provider, response: &HttpResponse) -> Result<Discovered, Error> {
    let issuer = provider.issuer();
    let not_open_id = || Error::NotOpenId { issuer: issuer.to_owned() };
    if !response.status().is_success() {
        return Err(not_open_id());
    }
    let metadata: Metadata = serde_json::from_slice(response.body()).map_err(|_| not_open_id())?;
    // Section 4.3: the issuer must be identical, or one provider could speak for another.
    if metadata.issuer().as_str() != issuer {
        let found = metadata.issuer().chars().filter(|c| !c.is_control()).take(200).collect();
        return Err(Error::ForeignIssuer { asked: issuer.to_owned(), found });
    }
    let token_endpoint = metadata.token_endpoint().ok_or_else(not_open_id)?.url();
    let extra = metadata.additional_metadata();
    Ok(Discovered {
        provider: provider.clone(),
        token_endpoint: checked(token_endpoint, "token endpoint")?,
        device_authorization_endpoint: optional(
            extra.device_authorization_endpoint.as_ref(),
            "device authorization endpoint",
        )?,
        revocation_endpoint: optional(extra.revocation_endpoint.as_ref(), "revocation endpoint")?,
        userinfo_endpoint: optional(metadata.userinfo_endpoint().map(UserInfoUrl::url), "userinfo endpoint")?,
        jwks_uri: checked(metadata.jwks_uri().url(), "set of signing keys")?,
        jwks: CoreJsonWebKeySet::default(),
    })
}

fn optional(url: Option<&Url>, name: &'static str) -> Result<Option<Url>, Error> {
    url.map(|url| checked(url, name)).transpose()
}

pub(crate) fn checked(url: &Url, name: &'static str) -> Result<Url, Error> {
    endpoint::check(url).map_err(|_| Error::InsecureEndpoint { endpoint: name })?;
    Ok(url.clone())
}

/// The metadata of RFC 8628, section 4, and RFC 8414, section 2, beside OpenID's.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct DeviceMetadata {
    device_authorization_endpoint: Option<Url>,
    revocation_endpoint: Option<Url>,
}

impl AdditionalProviderMetadata for DeviceMetadata {}

type Metadata = ProviderMetadata<
    DeviceMetadata,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;
