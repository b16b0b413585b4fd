//! What is said of the ways to open the vault.

use serde::{Deserialize, Serialize};

use crate::credential::Shown;

/// A way to open the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "slots.ts"))]
#[serde(deny_unknown_fields)]
pub struct SlotView {
    /// Names it.
    pub slot: String,
    /// What it is.
    pub kind: SlotKind,
    /// What the person calls it; may be empty.
    pub label: String,
    /// When it was made, in milliseconds of the Unix epoch.
    #[cfg_attr(test, ts(type = "number"))]
    pub made_at: u64,
    /// What people compare of the organisation's key.
    pub fingerprint: Option<String>,
}

/// What opens the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "slots.ts"))]
#[serde(rename_all = "snake_case")]
pub enum SlotKind {
    /// A key in the keyring of the laptop login.
    Device,
    /// A PIN, on this laptop.
    Pin,
    /// A security key, on this laptop.
    SecurityKey,
    /// Words on paper.
    RecoveryCode,
    /// The organisation.
    Escrow,
}

/// What can be done about a vault that is closed, or that cannot be used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "slots.ts"))]
#[serde(deny_unknown_fields)]
pub struct WaysIn {
    /// What opens it. Where its key is lost, what leads back in.
    pub kinds: Vec<SlotKind>,
    /// Until when no PIN is taken, in milliseconds of the Unix epoch.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub pin_waits_until: Option<u64>,
}

/// What a person shows to have the vault opened.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "slots.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Proof {
    /// The PIN.
    Pin(Shown),
    /// The words of the recovery code. They also lead back into a vault whose key is lost.
    RecoveryCode(Shown),
    /// What a security key gives, which the person uses in a browser.
    SecurityKey {},
}

/// A new recovery code, which opens nothing until it was confirmed.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "slots.ts"))]
#[serde(deny_unknown_fields)]
pub struct NewRecoveryCode {
    /// Its words, with spaces between them.
    pub words: Shown,
    /// Which of them are asked for to confirm it, counted from one.
    pub asked: Vec<u8>,
    /// A file that it could be saved in.
    pub suggested_path: String,
}

/// A change of what opens the vault.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "slots.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SlotChange {
    /// The recovery code that was made last counts from now on.
    ConfirmRecoveryCode {
        /// The words that were asked for, in their order.
        words: Vec<Shown>,
    },
    /// Sets a PIN.
    SetPin {
        /// The new one.
        pin: Shown,
        /// The present one, where there is one.
        present: Option<Shown>,
    },
    /// Lets a security key open the vault, which the person uses in a browser.
    AddSecurityKey {
        /// The key.
        key: String,
        /// The present PIN, where there is one.
        present: Option<Shown>,
    },
    /// Removes a way to open the vault.
    Remove {
        /// Which one.
        slot: String,
        /// The present PIN, where there is one.
        present: Option<Shown>,
    },
    /// Whether a PIN or a security key is needed every time.
    AlwaysAsk {
        /// Whether it is.
        on: bool,
        /// The present PIN, where there is one.
        present: Option<Shown>,
    },
    /// Seals the vault for the key of the organisation that its file has, though another one did not sign it.
    ConfirmEscrow {
        /// What the person compared.
        fingerprint: String,
    },
}

/// A terminal's wish to change what opens the vault, as the person is asked about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "slots.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum SlotWish {
    /// To make a recovery code and see it.
    RecoveryCode {},
    /// To set a PIN.
    Pin {},
    /// To remove a way.
    Remove {
        /// What it is.
        kind: SlotKind,
    },
    /// To have a PIN or a security key asked for every time.
    AlwaysAsk {},
    /// To have it asked for no longer.
    AskNoMore {},
}
