//! What several kinds of peers speak of.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::credential::Shown;

/// Why something was not done, in words for the person, and a code for those who react to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "common.ts"))]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// For programs.
    pub code: Code,
    /// What happened: in lower case, without a full stop; screens make a sentence of it.
    pub message: String,
    /// What to do about it: in lower case, without a full stop; screens make a sentence of it.
    pub hint: String,
}

impl Problem {
    /// A problem with its code, what happened and what to do.
    pub fn new(code: Code, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: hint.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Problem {}

/// What somebody reacts to. The command `lanyard` has an exit code for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "common.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The request is not one this peer may send, or its contents make no sense.
    Invalid,
    /// This browser is not connected to Lanyard.
    NotPaired,
    /// The vault is locked.
    Locked,
    /// Nobody is signed in.
    SignedOut,
    /// The person, or the provider, said no.
    Declined,
    /// A rule forbids it.
    Refused,
    /// The person has to use their security key first.
    NotVerified,
    /// There is no such app, account or offer.
    NotFound,
    /// Something like it is already under way.
    Busy,
    /// Time ran out.
    Expired,
    /// The provider could not be reached or did not make sense.
    Provider,
    /// The keychain is locked, absent or failing.
    Keychain,
    /// The vault file cannot be used.
    Vault,
    /// Lanyard is not running, or speaks another version.
    Unavailable,
    /// Anything else; the companion's log has the details.
    Internal,
}

/// Where a person signs in: an OpenID Connect provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "common.ts"))]
#[serde(deny_unknown_fields)]
pub struct ProviderView {
    /// Issuer URL, e.g. `https://acme.okta.com`.
    pub issuer: String,
    /// Client id that the provider gave to Lanyard.
    pub client_id: String,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "common.ts"))]
#[serde(deny_unknown_fields)]
pub struct AccountView {
    /// Name to show: full name, else mail address, else subject.
    pub name: String,
    /// Mail address, where the provider tells it.
    pub email: Option<String>,
    /// Host of the provider.
    pub provider_host: String,
}

/// How far a sign-in has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "common.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SignInProgress {
    /// The provider is being asked.
    Contacting {},
    /// The person has to approve (RFC 8628, section 3.3).
    Waiting {
        /// `user_code`, as the provider wrote it.
        user_code: String,
        /// `verification_uri`.
        verification_uri: String,
        /// `verification_uri_complete`, which carries the code.
        verification_uri_complete: Option<String>,
        /// When the code ends, in milliseconds of the Unix epoch.
        #[cfg_attr(test, ts(type = "number"))]
        expires_at: u64,
    },
    /// It came to nothing.
    Failed {
        /// Why, and what to do.
        problem: Problem,
    },
}

/// What state the vault is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "common.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum VaultState {
    /// Open.
    Unlocked {},
    /// Closed; it can be opened once somebody is signed in.
    Locked {},
    /// It cannot be used.
    Unavailable {
        /// Why, and what to do.
        problem: Problem,
        /// Whether a new vault may be begun beside this one.
        may_begin_new: bool,
    },
}

/// An app as lists show it: no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "common.ts"))]
#[serde(deny_unknown_fields)]
pub struct AppView {
    /// Identifies the app in this vault.
    pub app: String,
    /// Name, e.g. "Payroll 2004".
    pub name: String,
    /// User name at the app.
    pub user_name: String,
    /// Exact origin, e.g. `https://payroll.corp.example`.
    pub origin: String,
    /// Page with the login form.
    pub login_url: String,
    /// Whether the form is submitted after it was filled.
    pub auto_submit: bool,
    /// Whose it is.
    pub compartment: Compartment,
}

/// Whose a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "common.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Compartment {
    /// The organisation's.
    Organisation,
    /// The person's.
    Personal,
}

/// An app as a person adds it.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "common.ts"))]
#[serde(deny_unknown_fields)]
pub struct NewApp {
    /// Name, e.g. "Payroll 2004".
    pub name: String,
    /// Page with the login form; its origin becomes the app's origin.
    pub login_url: String,
    /// User name at the app.
    pub user_name: String,
    /// Password at the app.
    #[serde(serialize_with = "crate::common::expose_password")]
    #[cfg_attr(test, ts(type = "string"))]
    pub password: secrecy::SecretString,
    /// Whether the form is submitted after it was filled.
    pub auto_submit: bool,
    /// Seed for one-time codes, as an `otpauth` URI or in base32.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub one_time_code: Option<Shown>,
    /// Notes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub notes: Option<Shown>,
}

/// A browser that the person connected to Lanyard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "common.ts"))]
#[serde(deny_unknown_fields)]
pub struct PairedBrowser {
    /// Name of the browser, or what the person calls it.
    pub name: String,
    /// First digits of its profile id, to tell two apart and to name it by.
    pub profile: String,
    /// Whether it is connected.
    pub connected: bool,
    /// When it was paired, in milliseconds of the Unix epoch.
    #[cfg_attr(test, ts(type = "number"))]
    pub paired_at: u64,
    /// What is to be known of it besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub caution: Option<PairingCaution>,
}

/// Why a paired browser is looked at twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "common.ts"))]
#[serde(rename_all = "snake_case")]
pub enum PairingCaution {
    /// Two had its key: its profile was copied. It gets nothing any longer.
    Copied,
    /// It was connected without a code, because the organisation allows it: nobody has compared anything.
    Unverified,
}

/// One line of the activity log: who, which app, which origin, which browser, what came of it; never a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "common.ts"))]
#[serde(deny_unknown_fields)]
pub struct ActivityLine {
    /// Position in the log.
    #[cfg_attr(test, ts(type = "number"))]
    pub sequence: u64,
    /// When, in milliseconds of the Unix epoch.
    #[cfg_attr(test, ts(type = "number"))]
    pub at: u64,
    /// What, e.g. `filled`.
    pub event: String,
    /// What came of it: `done`, `refused` or `failed`.
    pub outcome: String,
    /// Who was signed in.
    pub account: Option<String>,
    /// Name of the app.
    pub app: Option<String>,
    /// Origin of the page.
    pub origin: Option<String>,
    /// Name of the browser.
    pub browser: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// What the person, or an administrator, chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "common.ts"))]
#[serde(deny_unknown_fields)]
pub struct SettingsView {
    /// Whether Lanyard offers to save logins that are not the organisation's; none until the person has chosen.
    pub offer_to_save: Option<bool>,
    /// Whether the organisation forbids that, so that it cannot be turned on.
    pub saving_forbidden: bool,
    /// Language of Lanyard's own words as a BCP 47 tag, e.g. `de`; none follows the system.
    pub language: Option<String>,
    /// Light or dark.
    pub theme: Theme,
    /// Minutes without use after which Lanyard locks; 0 is never.
    pub lock_after: u32,
    /// The longest that the organisation allows, where it says so.
    pub lock_after_most: Option<u32>,
    /// Whether Lanyard starts with the desktop.
    pub start_at_login: bool,
}

/// Settings to change. What is not given stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "common.ts", optional_fields))]
#[serde(deny_unknown_fields)]
pub struct SettingsChange {
    /// See [`SettingsView::offer_to_save`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer_to_save: Option<bool>,
    /// See [`SettingsView::language`]; an empty tag follows the system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// See [`SettingsView::theme`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<Theme>,
    /// See [`SettingsView::lock_after`]; at most 1440.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock_after: Option<u32>,
    /// See [`SettingsView::start_at_login`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_at_login: Option<bool>,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "common.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Writes a password into a message: the one place where a secret becomes text again.
pub(crate) fn expose_password<S: serde::Serializer>(
    password: &secrecy::SecretString,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    use secrecy::ExposeSecret as _;
    serializer.serialize_str(password.expose_secret())
}

/// The same for one that may be left out.
#[expect(clippy::ref_option, reason = "serde hands fields by reference")]
pub(crate) fn expose_some_password<S: serde::Serializer>(
    password: &Option<secrecy::SecretString>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match password {
        Some(password) => expose_password(password, serializer),
        None => serializer.serialize_none(),
    }
}
