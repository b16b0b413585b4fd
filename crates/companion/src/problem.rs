//! Errors of the parts, in words for the person and with a code for those who react.

use lanyard_identity::Error as IdentityError;
use lanyard_protocol::common::{Code, Problem};
use lanyard_vault::{OpenError, RestoreError};

/// A sign-in, a refresh or a sign-out that failed.
pub(crate) fn of_identity(error: &IdentityError) -> Problem {
    let code = match error {
        IdentityError::InvalidIssuer { .. } | IdentityError::InvalidClientId => Code::Invalid,
        IdentityError::Denied => Code::Declined,
        IdentityError::CodeExpired => Code::Expired,
        IdentityError::Store(_) => Code::Keychain,
        IdentityError::NotSignedIn | IdentityError::Refused | IdentityError::NotRefreshable => {
            Code::SignedOut
        }
        IdentityError::Dns { .. }
        | IdentityError::Tls { .. }
        | IdentityError::Unreachable { .. }
        | IdentityError::Unavailable { .. }
        | IdentityError::WebPage { .. }
        | IdentityError::NotOpenId { .. }
        | IdentityError::ForeignIssuer { .. }
        | IdentityError::InsecureEndpoint { .. }
        | IdentityError::NoDeviceGrant { .. }
        | IdentityError::ClientRefused { .. }
        | IdentityError::IdToken(_)
        | IdentityError::SubjectChanged
        | IdentityError::Protocol { .. } => Code::Provider,
    };
    Problem::new(code, error.to_string(), error.hint())
}

/// A vault that could not be opened.
pub(crate) fn of_opening(error: &OpenError) -> Problem {
    if let OpenError::Keychain(cause) = error {
        // What is wrong with the keychain says more than that the key could not be read.
        return Problem::new(Code::Keychain, cause.to_string(), error.hint());
    }
    Problem::new(Code::Vault, error.to_string(), error.hint())
}

/// A backup that did not take the vault's place.
pub(crate) fn of_restoring(error: &RestoreError) -> Problem {
    let code = match error {
        RestoreError::NotThere { .. } => Code::NotFound,
        RestoreError::InPlace { .. } => Code::Invalid,
        RestoreError::AnotherVault { .. }
        | RestoreError::NeedsCode { .. }
        | RestoreError::WrongCode { .. } => Code::Refused,
        RestoreError::Keychain(_) => Code::Keychain,
        RestoreError::KeyLost { .. }
        | RestoreError::Newer { .. }
        | RestoreError::Damaged { .. }
        | RestoreError::Io { .. } => Code::Vault,
    };
    Problem::new(code, error.to_string(), error.hint())
}

/// Whether a new vault may be begun beside one that cannot be opened for this reason.
pub(crate) fn may_begin_new(error: &OpenError) -> bool {
    matches!(error, OpenError::KeyLost { .. } | OpenError::Foreign { .. } | OpenError::Damaged { .. })
}

/// Whether the keychain is readable and has no key that fits the vault.
pub(crate) fn is_key_lost(error: &OpenError) -> bool {
    matches!(error, OpenError::KeyLost { .. } | OpenError::Foreign { .. })
}

pub(crate) fn invalid(message: &str, hint: &str) -> Problem {
    Problem::new(Code::Invalid, message, hint)
}

pub(crate) fn declined() -> Problem {
    Problem::new(
        Code::Declined,
        "the question in Lanyard's window was not answered with yes",
        "try again when you are ready to answer it",
    )
}
