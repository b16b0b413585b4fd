//! Requests of an extension, and what the companion tells it.
//!
//! Before the browser is paired only [`Request::Hello`], [`Request::Pair`] and [`Request::OpenLanyard`] are answered.

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::common::{Problem, VaultState};

/// What an extension may ask.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "browser.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Request {
    /// First request of a connection.
    Hello {
        /// Message versions it speaks, newest first.
        versions: Vec<u16>,
        /// Version of the extension.
        extension_version: String,
        /// Name of the browser, e.g. "Chromium".
        browser: String,
        /// Random id of this browser profile, 32 hexadecimal digits, made by the extension when it was installed.
        profile: String,
    },
    /// Asks the person at the window whether this browser may be connected. Answered when the person has decided.
    Pair {},
    /// Which accounts are there for this page? Also asked to learn why there are none.
    Suggest {
        /// The page.
        frame: Frame,
    },
    /// Asks for the user name and password of one app, to fill them into this page.
    Fill {
        /// The page.
        frame: Frame,
        /// The app, as named by a suggestion or a launch.
        app: String,
        /// What makes this fill the person's wish.
        cause: FillCause,
    },
    /// Tells what became of a fill.
    FillEnded {
        /// The fill.
        fill: String,
        /// What became of it.
        outcome: FillOutcome,
    },
    /// The person submitted a login form: the companion keeps what was typed until it is known whether the login succeeded.
    Capture {
        /// The page.
        frame: Frame,
        /// User name as typed.
        user_name: String,
        /// Password as typed.
        #[serde(serialize_with = "crate::common::expose_password")]
        #[cfg_attr(test, ts(type = "string"))]
        password: SecretString,
        /// Title of the page, a first guess at the app's name.
        title: String,
        /// URL of the login page without query and fragment.
        login_url: String,
    },
    /// Tells whether the login of a capture succeeded. If not, the capture is forgotten.
    CaptureEnded {
        /// The capture.
        capture: String,
        /// Whether the login succeeded.
        signed_in: bool,
    },
    /// What is offered for this capture? Asked by the page that shows the offer.
    Offer {
        /// The capture.
        capture: String,
    },
    /// The person's answer to an offer.
    AnswerOffer {
        /// The capture.
        capture: String,
        /// The answer.
        answer: OfferAnswer,
    },
    /// Shows Lanyard's window.
    OpenLanyard {},
    /// Adds an account for this page, typed into the extension's own page.
    AddAccount {
        /// The page.
        frame: Frame,
        /// Name for the app.
        name: String,
        /// URL of the page without query and fragment.
        login_url: String,
        /// User name.
        user_name: String,
        /// Password.
        #[serde(serialize_with = "crate::common::expose_password")]
        #[cfg_attr(test, ts(type = "string"))]
        password: SecretString,
    },
    /// Never offer to save on this page's site.
    Never {
        /// The page.
        frame: Frame,
    },
    /// On which sites is saving never offered?
    NeverSites {},
    /// Offer to save on this site again.
    AllowSite {
        /// The site's origin.
        origin: String,
    },
}

/// A page that asks, in the browser's own words (`sender`), never the page's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "browser.ts"))]
#[serde(deny_unknown_fields)]
pub struct Frame {
    /// Tab.
    #[cfg_attr(test, ts(type = "number"))]
    pub tab: i64,
    /// Frame in the tab; 0 is the top one.
    #[cfg_attr(test, ts(type = "number"))]
    pub frame: i64,
    /// Document in the frame; another one after each navigation.
    pub document: String,
    /// Origin of the frame.
    pub frame_origin: String,
    /// Origin of the tab's top frame.
    pub top_origin: String,
}

/// What makes a fill the person's wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "browser.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FillCause {
    /// The person launched the app from Lanyard.
    Launch {
        /// The right that the launch made.
        launch: String,
    },
    /// The person chose the account in the extension's own page or pressed its keyboard shortcut.
    Gesture {},
}

/// What became of a fill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "browser.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FillOutcome {
    /// The values are in the page.
    Filled {
        /// Whether the form was submitted too.
        submitted: bool,
    },
    /// Nothing was filled.
    NotFilled {
        /// Why, in words for the activity log.
        reason: NotFilled,
    },
}

/// Why nothing was filled although the companion allowed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "browser.ts"))]
#[serde(rename_all = "snake_case")]
pub enum NotFilled {
    /// The page moved on before the values arrived.
    PageChanged,
    /// The form is gone, or no longer one that a person could see.
    FormGone,
    /// The page did not keep the values.
    ValuesNotKept,
}

/// The person's answer to an offer.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "browser.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum OfferAnswer {
    /// Keep it.
    Save {
        /// Name for the app.
        name: String,
        /// Whether the form is submitted after it was filled.
        auto_submit: bool,
    },
    /// Forget it.
    NotNow {},
    /// Forget it, and never offer to save on this site again.
    Never {},
}

/// The companion's answer.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "browser.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Response {
    /// To [`Request::Hello`].
    Welcome {
        /// Message version that both speak.
        version: u16,
        /// Version of the companion.
        companion_version: String,
        /// The state.
        state: State,
    },
    /// It was done, and there is nothing to tell.
    Done {},
    /// To [`Request::Suggest`].
    Suggestions {
        /// Accounts for this page.
        accounts: Vec<Account>,
        /// Whether a login on this page is offered to be saved; since version 2.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        saving: Option<Saving>,
    },
    /// To [`Request::NeverSites`].
    Sites {
        /// Their origins, sorted.
        origins: Vec<String>,
    },
    /// To [`Request::Fill`].
    Fill {
        /// Names this fill in [`Request::FillEnded`].
        fill: String,
        /// User name.
        user_name: String,
        /// Password.
        #[serde(serialize_with = "crate::common::expose_password")]
        #[cfg_attr(test, ts(type = "string"))]
        password: SecretString,
        /// Whether to submit the form afterwards.
        submit: bool,
    },
    /// To [`Request::Capture`]: it is kept for a while under this name.
    Captured {
        /// The capture.
        capture: String,
    },
    /// To [`Request::Capture`]: exactly this is saved already.
    Unchanged {},
    /// To [`Request::CaptureEnded`] and [`Request::Offer`].
    Offer(Offer),
}

/// Whether a login on a page is offered to be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "browser.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Saving {
    /// It is.
    Offered,
    /// The person said "never here".
    Never,
    /// The person has turned it off, or not yet on.
    Off,
    /// The organisation forbids it.
    Forbidden,
}

/// An account that could be filled into a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "browser.ts"))]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The app.
    pub app: String,
    /// Its name.
    pub name: String,
    /// User name at the app.
    pub user_name: String,
}

/// Something to save, if the person wants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "browser.ts"))]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// The capture it is for.
    pub capture: String,
    /// A new account, or a new password for a known one.
    pub kind: OfferKind,
    /// Name of the app: a proposal where it is new.
    pub name: String,
    /// User name as typed.
    pub user_name: String,
    /// Origin it belongs to.
    pub origin: String,
    /// Whether the form is submitted after it was filled, as the person set it; yes where the account is new.
    pub auto_submit: bool,
}

/// What an offer would change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "browser.ts"))]
#[serde(rename_all = "snake_case")]
pub enum OfferKind {
    /// A new account.
    Save,
    /// A new password for a known account.
    Update,
}

/// News for an extension.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "browser.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// The state changed.
    State(State),
    /// The origins that accounts exist for, as keyed digests: replaces what was known when `part` is 0, adds to it
    /// otherwise. Sent while unlocked, after [`Response::Welcome`] and whenever the set changes.
    Origins {
        /// HMAC-SHA256 key, base64url without padding.
        key: String,
        /// First 9 bytes of HMAC-SHA256(key, origin), base64url without padding (12 characters), one after the other.
        digests: String,
        /// Which part of the list this is.
        part: u32,
    },
    /// The person launched an app from Lanyard.
    Launch(Launch),
    /// The native host cannot reach the companion. Sent by the host itself, before it ends.
    Unavailable(Problem),
}

/// A right to fill one app once, made by a launch. It binds to the first top-level tab that reaches the origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "browser.ts"))]
#[serde(deny_unknown_fields)]
pub struct Launch {
    /// The right.
    pub launch: String,
    /// The app.
    pub app: String,
    /// Exact origin it is good for.
    pub origin: String,
    /// Page for the extension to open in a new tab; none where somebody else opens it.
    pub open: Option<String>,
    /// How long it lasts, in milliseconds.
    pub expires_in: u32,
}

/// What an extension shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "browser.ts"))]
#[serde(deny_unknown_fields)]
pub struct State {
    /// Whether this browser is paired.
    pub paired: bool,
    /// Name of who is signed in.
    pub signed_in: Option<String>,
    /// The vault.
    pub vault: VaultState,
}
