//! Why a security key's answer does not count.

use webauthn_rs::prelude::WebauthnError;

/// Why a security key's answer does not count.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// No key is registered for this relying party.
    #[error("no security key is registered for this")]
    NoKey,
    /// The answer came after [`crate::LIFETIME`].
    #[error("the security key took too long")]
    Expired,
    /// The answer is not one, or is of a kind that is not known.
    #[error("the browser's answer about the security key is not understood")]
    NotUnderstood(#[source] Option<Box<dyn std::error::Error + Send + Sync>>),
    /// Another page than the extension's had the key sign.
    #[error("the security key was used by another page than Lanyard's")]
    ForeignOrigin,
    /// The key signed for another relying party.
    #[error("the security key answered for another site")]
    ForeignParty,
    /// The key signed another challenge.
    #[error("the security key answered another question")]
    ForeignChallenge,
    /// It is another key than the registered ones.
    #[error("this security key is not registered in Lanyard")]
    OtherKey,
    /// The signature is wrong.
    #[error("the signature of the security key is not right")]
    BadSignature,
    /// Nobody touched the key.
    #[error("nobody touched the security key")]
    NotTouched,
    /// The key did not check a PIN or a finger.
    #[error("the security key did not check who is using it")]
    NotVerified,
    /// The key's counter went back.
    #[error("the security key counts backwards: it may have been copied")]
    MayBeCopied,
    /// The key has no secret to give.
    #[error("this security key cannot open the vault")]
    NoPrf,
    /// The question could not be made.
    #[error("the security key cannot be asked")]
    Setup(#[source] WebauthnError),
}

impl Refusal {
    /// What to do.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoKey => "add your security key in Lanyard's window, under Security",
            Self::Expired => "try again, and touch the security key within two minutes",
            Self::NotUnderstood(_) | Self::Setup(_) => "update the browser and Lanyard, then try again",
            Self::ForeignOrigin | Self::ForeignParty | Self::ForeignChallenge | Self::NotTouched => {
                "try again, and use the page that Lanyard opens"
            }
            Self::OtherKey => "use a key that Lanyard's window lists under Security",
            Self::BadSignature => {
                "try again; if it stays so, remove the key in Lanyard's window and add it again"
            }
            Self::NotVerified => "give the key a PIN in the browser's settings, then try again",
            Self::MayBeCopied => {
                "remove the key in Lanyard's window, ask who else had it, and add another one"
            }
            Self::NoPrf => "it still confirms that you are there; use another key to open the vault",
        }
    }

    /// What `webauthn-rs` said.
    #[expect(clippy::wildcard_enum_match_arm, reason = "a hundred more, none of which anybody reacts to")]
    pub(crate) fn of(error: WebauthnError) -> Self {
        match error {
            WebauthnError::InvalidRPOrigin | WebauthnError::CredentialCrossOrigin => Self::ForeignOrigin,
            WebauthnError::InvalidRPIDHash => Self::ForeignParty,
            WebauthnError::MismatchedChallenge => Self::ForeignChallenge,
            WebauthnError::CredentialNotFound => Self::OtherKey,
            WebauthnError::AuthenticationFailure => Self::BadSignature,
            WebauthnError::UserNotPresent => Self::NotTouched,
            WebauthnError::UserNotVerified => Self::NotVerified,
            WebauthnError::CredentialPossibleCompromise => Self::MayBeCopied,
            other => Self::NotUnderstood(Some(Box::new(other))),
        }
    }

    pub(crate) fn not_understood(error: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::NotUnderstood(Some(Box::new(error)))
    }
}
