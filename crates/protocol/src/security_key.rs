//! Security keys. The companion asks, a page of the extension has the browser call the key, the companion verifies.
//!
//! ```text
//! companion ── Event::UseSecurityKey { task } ──────────> extension: opens its page        somebody has to confirm
//! extension ── Request::Verify { app } ─────────────────> Response::KeyTask { task }       a fill wants the person first
//! page ─────── Request::SecurityKey { task } ───────────> Response::SecurityKey            what for, and the options
//! page ─────── Request::AnswerSecurityKey { task, … } ──> Response::Done, or why it does not count
//! ```

use serde::{Deserialize, Serialize};

use crate::credential::Shown;

/// What a security key is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "security_key.ts"))]
#[serde(deny_unknown_fields)]
pub struct KeyTask {
    /// What it is for.
    pub purpose: KeyPurpose,
    /// Options in JSON: for `PublicKeyCredential.parseCreationOptionsFromJSON` where a key is added, else for
    /// `parseRequestOptionsFromJSON`.
    pub options: String,
}

/// What a security key is used for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "security_key.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum KeyPurpose {
    /// It is added.
    Add {
        /// What the person calls it.
        name: String,
    },
    /// It confirms what was asked in Lanyard's window.
    Confirm {},
    /// It lets an app be filled.
    Fill {
        /// Name of the app.
        app: String,
    },
    /// It opens the vault.
    Unlock {},
    /// It is to open the vault from then on.
    Slot {
        /// What the person calls it.
        name: String,
    },
}

/// What came of it.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "security_key.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum KeyAnswer {
    /// `PublicKeyCredential.toJSON()`, in JSON, without what `prf` gave.
    Credential {
        /// The text.
        json: String,
        /// What `prf` gave, where it was asked for: base64url without padding.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        secret: Option<Shown>,
    },
    /// The person left.
    GaveUp {},
}

/// How long a key or the PIN that was shown lets an app be filled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "security_key.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Remember {
    /// Five minutes.
    #[default]
    FiveMinutes,
    /// An hour.
    Hour,
    /// Until Lanyard is locked.
    UntilLocked,
}

/// The keys, and what they are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "security_key.ts"))]
#[serde(deny_unknown_fields)]
pub struct KeysView {
    /// The keys, the oldest first.
    pub keys: Vec<KeyView>,
    /// Whether a key has to confirm what a terminal or the window wants of a secret.
    pub confirm: bool,
    /// Whether the organisation wants that, so that it cannot be turned off.
    pub confirm_forced: bool,
    /// How long a key or the PIN that was shown lets an app be filled that wants it.
    pub remember: Remember,
    /// The domain that keys are for; none where they are for this laptop.
    pub domain: Option<String>,
    /// Whether a browser is connected that a key can be used in.
    pub browser: bool,
}

/// One key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "security_key.ts"))]
#[serde(deny_unknown_fields)]
pub struct KeyView {
    /// Names it in requests.
    pub key: String,
    /// What the person calls it.
    pub name: String,
    /// When it was added, in milliseconds of the Unix epoch.
    #[cfg_attr(test, ts(type = "number"))]
    pub added_at: u64,
    /// Whether it answers where Lanyard asks today: one that was added for another domain does not.
    pub usable: bool,
    /// Whether it has a secret to give, so that it could open the vault.
    pub can_open: bool,
    /// Whether it opens the vault.
    pub opens: bool,
}

/// What of the rules is to change.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "security_key.ts", optional_fields))]
#[serde(deny_unknown_fields)]
pub struct KeyRulesChange {
    /// See [`KeysView::confirm`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirm: Option<bool>,
    /// See [`KeysView::remember`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remember: Option<Remember>,
}
