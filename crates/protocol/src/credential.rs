//! What is said of one credential: its details, its secrets, its changes.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::common::{AppView, Problem};

/// Everything that is known of a credential but its secrets.
#[expect(clippy::struct_excessive_bools, reason = "each is shown by itself")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "credential.ts"))]
#[serde(deny_unknown_fields)]
pub struct CredentialView {
    /// As lists show it.
    pub app: AppView,
    /// When it was changed, in milliseconds of the Unix epoch.
    #[cfg_attr(test, ts(type = "number"))]
    pub changed_at: u64,
    /// Whether a one-time code can be made.
    pub one_time_code: bool,
    /// Whether there are notes.
    pub notes: bool,
    /// How many former passwords are kept.
    pub former_passwords: u8,
    /// Whether the person has to show a security key or their PIN before it is filled.
    pub verify: bool,
    /// Whether the organisation wants that, so that it cannot be turned off.
    pub verify_forced: bool,
}

/// A secret part of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "credential.ts"))]
#[serde(rename_all = "snake_case")]
pub enum SecretPart {
    /// The password.
    Password,
    /// The one-time code of this moment (RFC 6238).
    OneTimeCode,
    /// The notes.
    Notes,
    /// Former passwords, newest first.
    FormerPasswords,
}

/// A secret that the person asked to see.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "credential.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Revealed {
    /// To [`SecretPart::Password`] and [`SecretPart::Notes`].
    Text(Shown),
    /// To [`SecretPart::OneTimeCode`].
    OneTimeCode {
        /// The code, digits as they are typed.
        code: Shown,
        /// When the next one begins, in milliseconds of the Unix epoch.
        #[cfg_attr(test, ts(type = "number"))]
        ends_at: u64,
        /// How long each lasts, in seconds.
        period: u32,
    },
    /// To [`SecretPart::FormerPasswords`].
    FormerPasswords {
        /// Newest first.
        passwords: Vec<FormerPassword>,
    },
}

/// A password that was in use once.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "credential.ts"))]
#[serde(deny_unknown_fields)]
pub struct FormerPassword {
    /// The password.
    pub password: Shown,
    /// When another took its place, in milliseconds of the Unix epoch.
    #[cfg_attr(test, ts(type = "number"))]
    pub until: u64,
}

/// A secret on its way to the person's eyes: wiped when dropped, never printed.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "credential.ts"))]
#[serde(transparent)]
pub struct Shown(
    #[serde(serialize_with = "crate::common::expose_password")]
    #[cfg_attr(test, ts(type = "string"))]
    pub SecretString,
);

/// What the person changed. What is not given stays as it is.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "credential.ts", optional_fields))]
#[serde(deny_unknown_fields)]
pub struct CredentialChange {
    /// Another name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Another page with the login form; its origin becomes the app's origin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login_url: Option<String>,
    /// Another user name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<String>,
    /// Another password; the one before is kept among the former ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<Shown>,
    /// Another seed for one-time codes, as an `otpauth` URI or in base32; empty removes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub one_time_code: Option<Shown>,
    /// Other notes; empty removes them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Shown>,
    /// Whether the form is submitted after it was filled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_submit: Option<bool>,
    /// Whether the person has to show a security key or their PIN before it is filled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify: Option<bool>,
}

/// A login as password stores hand it to each other.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Login {
    /// Name.
    pub name: String,
    /// Page with the login form.
    pub login_url: String,
    /// User name.
    pub user_name: String,
    /// Password.
    pub password: Shown,
    /// Seed for one-time codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub one_time_code: Option<Shown>,
    /// Notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<Shown>,
}

/// What becomes of a login that is imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ImportOutcome {
    /// It is new, and added.
    Added {},
    /// Exactly this is there already.
    Same {},
    /// The account is there with another password, and keeps it.
    Kept {},
    /// The account is there with another password, which is replaced.
    Replaced {},
    /// It cannot be taken.
    Refused(Problem),
}
