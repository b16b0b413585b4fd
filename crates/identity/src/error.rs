//! What can go wrong, by what the caller does next.

use std::sync::Arc;

use crate::StoreError;

/// The cause underneath, kept for the log.
pub type Cause = Arc<dyn std::error::Error + Send + Sync>;

/// An error of signing in, staying signed in or signing out.
///
/// [`Error::is_offline`] and [`Error::is_refusal`] say what it means for a session; [`Error::hint`] says what a person
/// can do. No variant carries a token or the text of an answer.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// What was entered cannot be an issuer.
    #[error("this cannot be the address of an identity provider: {reason}")]
    InvalidIssuer {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// What was entered cannot be a client id.
    #[error("the client id is empty or contains characters that no client id has")]
    InvalidClientId,

    /// The provider's host name does not exist, or names cannot be looked up.
    #[error("the address of {host} cannot be found")]
    Dns {
        /// The host that was asked for.
        host: String,
        /// The failed look-up.
        #[source]
        cause: Cause,
    },
    /// The connection is not trustworthy.
    #[error("no secure connection to {host}: its certificate or encryption is not accepted")]
    Tls {
        /// The host that answered.
        host: String,
        /// What the TLS library says.
        #[source]
        cause: Cause,
    },
    /// No connection, a broken one, or no answer in time.
    #[error("{host} cannot be reached")]
    Unreachable {
        /// The host that was asked for.
        host: String,
        /// The failed connection.
        #[source]
        cause: Cause,
    },
    /// The provider is there and has trouble (HTTP 5xx, 429 or 408).
    #[error("{host} is out of order at the moment (HTTP status {status})")]
    Unavailable {
        /// The host that answered.
        host: String,
        /// The HTTP status.
        status: u16,
    },
    /// A web page or a redirect came where data was expected: the log-in page of a guest network, or a web site that
    /// is no identity provider.
    #[error("{host} answered with a web page, not as an identity provider does")]
    WebPage {
        /// The host that answered.
        host: String,
    },

    /// There is no OpenID provider at the issuer URL.
    #[error("there is no OpenID Connect provider at {issuer}")]
    NotOpenId {
        /// The issuer that was asked for.
        issuer: String,
    },
    /// The provider says it is another issuer than the one asked for.
    #[error("the provider at {asked} says its issuer is {found}")]
    ForeignIssuer {
        /// The issuer that was asked for.
        asked: String,
        /// The issuer that the provider names.
        found: String,
    },
    /// The provider names an address that is neither `https` nor on this machine.
    #[error("the provider gives its {endpoint} an address without encryption")]
    InsecureEndpoint {
        /// Which one.
        endpoint: &'static str,
    },
    /// The provider does not offer the device authorization grant (RFC 8628).
    #[error("the provider at {issuer} does not offer sign-in with a code")]
    NoDeviceGrant {
        /// The issuer.
        issuer: String,
    },
    /// The provider does not know our client id, or does not let it use the device authorization grant.
    #[error("the provider does not accept the client id {client_id} ({code})")]
    ClientRefused {
        /// The client id.
        client_id: String,
        /// The OAuth error code.
        code: String,
    },

    /// The person refused at the provider.
    #[error("the sign-in was denied at the provider")]
    Denied,
    /// Nobody approved the sign-in in time.
    #[error("the code has expired before the sign-in was completed")]
    CodeExpired,

    /// The ID token does not pass verification.
    #[error("the provider's proof of identity is not valid: {0}")]
    IdToken(IdTokenProblem),
    /// The provider answered with another person's identity than the one that is signed in.
    #[error("the provider answered for another person than the one who is signed in")]
    SubjectChanged,
    /// The provider refuses to go on with this sign-in (`invalid_grant`).
    #[error("the provider has ended this sign-in")]
    Refused,
    /// The provider gave no refresh token: this sign-in lasts until its end and cannot be extended.
    #[error("this sign-in cannot be extended: the provider gave no refresh token")]
    NotRefreshable,
    /// Nobody is signed in, or the session ended while the request was on its way.
    #[error("nobody is signed in")]
    NotSignedIn,
    /// The provider answered something that no rule of OAuth or OpenID Connect allows here.
    #[error("the provider's answer is not understood: {what}")]
    Protocol {
        /// What was wrong, in our words or as an OAuth error code.
        what: String,
    },

    /// The session could not be stored or read.
    #[error("the sign-in cannot be stored on this computer")]
    Store(#[source] StoreError),
}

impl Error {
    /// The provider could not be asked: a session stays what it was, and asking again later may help.
    pub fn is_offline(&self) -> bool {
        matches!(
            self,
            Self::Dns { .. }
                | Self::Tls { .. }
                | Self::Unreachable { .. }
                | Self::Unavailable { .. }
                | Self::WebPage { .. }
        )
    }

    /// The provider does not vouch for the person any more: after a refresh, lock. Nothing else is a reason to.
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Refused | Self::SubjectChanged | Self::IdToken(_) | Self::ClientRefused { .. })
    }

    /// What a person can do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::InvalidIssuer { .. } => {
                "enter the issuer address exactly as your IT department gives it, for example https://login.example.com"
            }
            Self::InvalidClientId => "enter the client id exactly as your IT department gives it",
            Self::Dns { .. } => "check the network connection and the spelling of the issuer address",
            Self::Tls { .. } => {
                "log in to the guest network in a browser if there is one, check this computer's date, or ask your IT department which certificate is missing"
            }
            Self::Unreachable { .. } => "check the network connection or VPN, then try again",
            Self::Unavailable { .. } => "wait a minute, then try again",
            Self::WebPage { .. } => {
                "on a guest network, open a browser and log in to the network first; otherwise check the issuer address"
            }
            Self::NotOpenId { .. } => "check the issuer address: your IT department knows it",
            Self::ForeignIssuer { .. } => {
                "if you know the issuer named here, enter it exactly so, with or without the last slash; otherwise ask your IT department"
            }
            Self::InsecureEndpoint { .. } => {
                "tell your IT department: every address of the provider must begin with https://"
            }
            Self::NoDeviceGrant { .. } => {
                "ask your IT department to switch on the device authorization grant for Lanyard"
            }
            Self::ClientRefused { .. } => {
                "check the client id, and ask your IT department to allow the device authorization grant for it"
            }
            Self::Denied => "start again and approve the request, if it was you who asked",
            Self::CodeExpired => "start again and enter the new code",
            Self::IdToken(problem) => problem.hint(),
            Self::SubjectChanged | Self::Refused | Self::NotRefreshable | Self::NotSignedIn => {
                "sign in again"
            }
            Self::Protocol { .. } => "try again; if it stays, tell your IT department",
            Self::Store(_) => {
                "check that the keyring is unlocked and the disk is not full, then sign in again"
            }
        }
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Why an ID token was refused (OpenID Connect Core 1.0, section 3.1.3.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdTokenProblem {
    /// There is none.
    #[error("it is missing")]
    Missing,
    /// It is no JWT, or has claims of the wrong kind.
    #[error("it cannot be read")]
    Malformed,
    /// It has no signature, or one by an algorithm that is not accepted.
    #[error("it is not signed in an accepted way")]
    Algorithm,
    /// No published key of the provider fits.
    #[error("it is signed with a key that the provider does not publish")]
    UnknownKey,
    /// The signature does not fit.
    #[error("its signature is wrong")]
    Signature,
    /// `iss` is another issuer.
    #[error("it comes from another issuer")]
    Issuer,
    /// `aud` is not us, or not only us.
    #[error("it is meant for another application")]
    Audience,
    /// `azp` is not us.
    #[error("it was issued to another application")]
    AuthorizedParty,
    /// `exp` is over.
    #[error("it has expired")]
    Expired,
    /// `iat` is in the future or long ago.
    #[error("its time of issue is not plausible")]
    IssuedAt,
}

impl IdTokenProblem {
    fn hint(self) -> &'static str {
        match self {
            Self::Expired | Self::IssuedAt => "check the date and time of this computer, then sign in again",
            Self::Missing
            | Self::Malformed
            | Self::Algorithm
            | Self::UnknownKey
            | Self::Signature
            | Self::Issuer
            | Self::Audience
            | Self::AuthorizedParty => "do not go on, and tell your IT department",
        }
    }
}
