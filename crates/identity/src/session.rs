//! What is stored of a sign-in.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::account::{Account, Standing};
use crate::clock::unix_seconds;
use crate::provider::Provider;

/// One sign-in: who, where, and the tokens that prove it.
///
/// It serializes for sealed storage and nothing else; it has no `Debug`, and no token leaves this crate but to the
/// provider that issued it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Session {
    pub(crate) provider: Provider,
    pub(crate) account: Account,
    #[serde(with = "sealed_token::optional")]
    pub(crate) refresh_token: Option<SecretString>,
    #[serde(with = "sealed_token")]
    pub(crate) access_token: SecretString,
    /// Seconds since the Unix epoch.
    pub(crate) access_token_expires_at: u64,
    /// When to refresh, in seconds since the Unix epoch.
    pub(crate) refresh_at: u64,
    pub(crate) revocation_endpoint: Option<String>,
    /// The provider refused to refresh: these tokens prove nothing any more.
    pub(crate) refused: bool,
}

impl Session {
    /// Who signed in.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Where they signed in.
    pub fn provider(&self) -> &Provider {
        &self.provider
    }

    pub(crate) fn has(&self, token: &SecretString) -> bool {
        let same = |own: &SecretString| own.expose_secret() == token.expose_secret();
        same(&self.access_token) || self.refresh_token.as_ref().is_some_and(same)
    }

    pub(crate) fn standing(&self, now: SystemTime) -> Standing {
        if self.refused {
            return Standing::Refused;
        }
        if self.refresh_token.is_some() {
            return Standing::SignedIn;
        }
        if self.access_token_expires_at <= unix_seconds(now) {
            return Standing::Ended;
        }
        Standing::SignedInUntil(UNIX_EPOCH + Duration::from_secs(self.access_token_expires_at))
    }
}

/// A token that is still to be revoked at its provider (RFC 7009).
#[derive(Clone, Serialize, Deserialize)]
pub struct PendingRevocation {
    pub(crate) client_id: String,
    pub(crate) endpoint: String,
    #[serde(with = "sealed_token")]
    pub(crate) token: SecretString,
    pub(crate) kind: TokenKind,
    /// Seconds since the Unix epoch, after which the token is worthless by itself.
    pub(crate) expires_at: Option<u64>,
}

impl PendingRevocation {
    pub(crate) fn is_for(&self, token: &SecretString) -> bool {
        self.token.expose_secret() == token.expose_secret()
    }
}

/// Which token is meant, in the words of RFC 7009, section 2.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TokenKind {
    RefreshToken,
    AccessToken,
}

impl TokenKind {
    pub(crate) fn hint(self) -> &'static str {
        match self {
            Self::RefreshToken => "refresh_token",
            Self::AccessToken => "access_token",
        }
    }
}

/// `secrecy` keeps secrets out of serde on purpose; here they go into what is sealed.
mod sealed_token {
    use super::{ExposeSecret, SecretString};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(token: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
        token.expose_secret().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
        String::deserialize(deserializer).map(SecretString::from)
    }

    pub(super) mod optional {
        use super::{Deserialize, Deserializer, ExposeSecret, SecretString, Serialize, Serializer};

        #[expect(clippy::ref_option, reason = "the signature serde calls")]
        pub(in super::super) fn serialize<S: Serializer>(
            token: &Option<SecretString>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            token.as_ref().map(ExposeSecret::expose_secret).serialize(serializer)
        }

        pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<SecretString>, D::Error> {
            Ok(Option::<String>::deserialize(deserializer)?.map(SecretString::from))
        }
    }
}
