//! The identity provider a person signs in at: an issuer and the client id Lanyard has there.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::Error;
use crate::endpoint::{self, InsecureUrl};

/// An OpenID provider, named by its issuer URL and our client id.
///
/// A value of this type has an issuer that discovery may be asked of: `https`, or `http` on loopback, without user
/// info, query or fragment (OpenID Connect Discovery 1.0, section 3). The issuer keeps the spelling it was given,
/// because the provider compares it character by character.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "ProviderParts", into = "ProviderParts")]
pub struct Provider {
    issuer: String,
    client_id: String,
}

impl Provider {
    /// Parses what a person or an administrator entered.
    pub fn parse(issuer: &str, client_id: &str) -> Result<Self, Error> {
        let issuer = issuer.trim();
        let url = Url::parse(issuer).map_err(|_| Error::InvalidIssuer { reason: "it is not a URL" })?;
        endpoint::check(&url).map_err(|insecure| Error::InvalidIssuer { reason: reason(insecure) })?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err(Error::InvalidIssuer { reason: "it has a query or a fragment" });
        }
        let client_id = client_id.trim();
        if client_id.is_empty() || client_id.chars().any(char::is_control) {
            return Err(Error::InvalidClientId);
        }
        Ok(Self { issuer: issuer.to_owned(), client_id: client_id.to_owned() })
    }

    /// The issuer URL, spelled as it was given.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The client id of Lanyard at this provider.
    pub fn client_id(&self) -> &str {
        &self.client_id
    }
}

fn reason(insecure: InsecureUrl) -> &'static str {
    match insecure {
        InsecureUrl::Scheme => "it does not begin with https://",
        InsecureUrl::UserInfo => "it contains a user name or a password",
    }
}

#[derive(Serialize, Deserialize)]
struct ProviderParts {
    issuer: String,
    client_id: String,
}

impl TryFrom<ProviderParts> for Provider {
    type Error = Error;

    fn try_from(parts: ProviderParts) -> Result<Self, Error> {
        Self::parse(&parts.issuer, &parts.client_id)
    }
}

impl From<Provider> for ProviderParts {
    fn from(provider: Provider) -> Self {
        Self { issuer: provider.issuer, client_id: provider.client_id }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap fails the test")]

    use super::*;

    #[test]
    fn an_https_issuer_keeps_its_spelling() {
        for issuer in
            ["https://login.acme.example", "https://login.acme.example/", "https://login.acme.example/t/v2"]
        {
            let provider = Provider::parse(&format!("  {issuer} "), " lanyard ").unwrap();
            assert_eq!((provider.issuer(), provider.client_id()), (issuer, "lanyard"));
        }
    }

    #[test]
    fn plain_http_is_for_loopback_alone() {
        for issuer in
            ["http://127.0.0.1:3001", "http://127.9.9.9", "http://[::1]:80", "http://localhost:3001"]
        {
            Provider::parse(issuer, "lanyard").unwrap();
        }
        for issuer in [
            "http://login.acme.example",
            "http://127.0.0.1.acme.example",
            "http://localhost.acme.example",
            "http://10.0.0.1",
            "ftp://127.0.0.1",
        ] {
            let error = Provider::parse(issuer, "lanyard").unwrap_err();
            assert!(
                matches!(error, Error::InvalidIssuer { reason: "it does not begin with https://" }),
                "{issuer}: {error}"
            );
        }
    }

    #[test]
    fn an_issuer_with_extra_parts_is_refused_by_the_part() {
        for (issuer, expected) in [
            ("login.acme.example", "it is not a URL"),
            ("", "it is not a URL"),
            ("https://alice@login.acme.example", "it contains a user name or a password"),
            ("https://:secret@login.acme.example", "it contains a user name or a password"),
            ("https://login.acme.example?tenant=1", "it has a query or a fragment"),
            ("https://login.acme.example#top", "it has a query or a fragment"),
        ] {
            let error = Provider::parse(issuer, "lanyard").unwrap_err();
            assert!(
                matches!(error, Error::InvalidIssuer { reason } if reason == expected),
                "{issuer}: {error}"
            );
        }
    }

    #[test]
    fn a_client_id_has_characters_and_none_that_control() {
        for client_id in ["", "  ", "a\nb"] {
            let error = Provider::parse("https://login.acme.example", client_id).unwrap_err();
            assert!(matches!(error, Error::InvalidClientId), "{client_id:?}: {error}");
        }
    }

    #[test]
    fn a_stored_provider_is_parsed_again() {
        let stored = r#"{"issuer":"https://login.acme.example","client_id":"lanyard"}"#;
        let provider: Provider = serde_json::from_str(stored).unwrap();
        assert_eq!(serde_json::to_string(&provider).unwrap(), stored);

        let changed = stored.replace("https", "http");
        assert!(serde_json::from_str::<Provider>(&changed).is_err());
    }
}
