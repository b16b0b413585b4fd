//! Who is signed in.

use std::time::SystemTime;

use serde::{Deserialize, Serialize};

/// The person, as a verified ID token names them.
///
/// `issuer` and `subject` together are the identity; `name` and `email` are for showing only, since a provider may let
/// people choose them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The `iss` claim.
    pub issuer: String,
    /// The `sub` claim: unique at the issuer, and never reassigned.
    pub subject: String,
    /// The `name` claim.
    pub name: Option<String>,
    /// The `email` claim.
    pub email: Option<String>,
}

impl Account {
    /// What a person recognises: the name, else the e-mail address, else the subject.
    pub fn display_name(&self) -> &str {
        self.name.as_deref().or(self.email.as_deref()).unwrap_or(&self.subject)
    }
}

/// Where the sign-in stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nobody is signed in.
    SignedOut,
    /// Signed in, and kept so by refreshing.
    SignedIn,
    /// Signed in until this time: the provider gave no refresh token.
    SignedInUntil(SystemTime),
    /// The time of a sign-in without a refresh token is over.
    Ended,
    /// The provider refused to go on: the vault is to be locked, and the person to sign in again.
    Refused,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_display_name_falls_back_from_name_to_email_to_subject() {
        let mut account = Account {
            issuer: "https://login.acme.example".to_owned(),
            subject: "alice".to_owned(),
            name: Some("Alice Meyer".to_owned()),
            email: Some("alice@acme.example".to_owned()),
        };
        assert_eq!(account.display_name(), "Alice Meyer");
        account.name = None;
        assert_eq!(account.display_name(), "alice@acme.example");
        account.email = None;
        assert_eq!(account.display_name(), "alice");
    }
}
