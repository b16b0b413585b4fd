//! Requests of an extension, and what the companion tells it, once the person has paired the two
//! ([`crate::channel`]).

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::common::{Problem, VaultState};
use crate::security_key::{KeyAnswer, KeyTask};

/// What an extension may ask.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "browser.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Request {
    /// First request of a connection.
    Hello {
        /// Version of the extension.
        extension_version: String,
    },
    /// Which accounts are there for this page? Also asked to learn why there are none.
    Suggest {
        /// The page.
        frame: Frame,
    },
    /// Asks for what this page asks for of one app, to fill it in.
    Fill {
        /// The page.
        frame: Frame,
        /// The app, as named by a suggestion or a launch.
        app: String,
        /// What makes this fill the person's wish.
        cause: FillCause,
        /// What the page asks for, and no more is released.
        parts: Vec<Part>,
    },
    /// Tells what became of a fill.
    FillEnded {
        /// The fill.
        fill: String,
        /// What became of it.
        outcome: FillOutcome,
    },
    /// The person submitted a form with a password: the companion keeps what was typed until it is known whether that
    /// succeeded.
    Capture {
        /// The page.
        frame: Frame,
        /// User name as typed.
        user_name: String,
        /// Password as typed; the new one where it is changed.
        #[serde(serialize_with = "crate::common::expose_password")]
        #[cfg_attr(test, ts(type = "string"))]
        password: SecretString,
        /// The password before, where the form changes it.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            serialize_with = "crate::common::expose_some_password"
        )]
        #[cfg_attr(test, ts(optional, type = "string"))]
        former_password: Option<SecretString>,
        /// What else the login asked for.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(test, ts(as = "Option<Vec<Extra>>", optional))]
        extras: Vec<Extra>,
        /// Where the fields were, to find them again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        learned: Option<Selectors>,
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
    /// Makes a new password for this page's site.
    Generate {
        /// The page.
        frame: Frame,
        /// The rules that the page's field declares (the `passwordrules` attribute).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        rules: Option<String>,
    },
    /// The person is to show that they are there, so that an app is filled that wants it: with a security key where one can
    /// be asked, else with their PIN.
    Verify {
        /// The app, as named by a suggestion or a launch.
        app: String,
    },
    /// What is the security key asked for? Asked by the page that was opened for it.
    SecurityKey {
        /// The task.
        task: String,
    },
    /// What the security key said.
    AnswerSecurityKey {
        /// The task, which is over with this.
        task: String,
        /// What it said.
        answer: KeyAnswer,
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

/// What a form can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "browser.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// User name.
    UserName,
    /// Password.
    Password,
    /// The one-time code of this moment.
    OneTimeCode,
    /// What the login asks for besides: company, tenant, account number.
    Extras,
}

/// What a login asks for besides user name and password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "browser.ts"))]
#[serde(deny_unknown_fields)]
pub struct Extra {
    /// The field, by a selector.
    pub field: String,
    /// What goes into it.
    pub value: String,
}

/// Where the fields of a form are: CSS selectors, with `>>>` between the host of a shadow root and what is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "browser.ts"))]
#[serde(deny_unknown_fields)]
pub struct Selectors {
    /// User name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub username: Option<String>,
    /// Current password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub current_password: Option<String>,
    /// New password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub new_password: Option<String>,
    /// One-time code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub one_time_code: Option<String>,
    /// Fields that are asked for besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(as = "Option<Vec<String>>", optional))]
    pub extras: Vec<String>,
    /// What submits them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub submit: Option<String>,
}

/// What is known of the forms of an origin before a page is looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "browser.ts"))]
#[serde(deny_unknown_fields)]
pub struct FormHint {
    /// The app's own selectors, from the organisation's catalog.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub app: Option<Selectors>,
    /// What was learned when a login was saved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub learned: Option<Selectors>,
    /// Whether the organisation wants its app filled as soon as its page is there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(test, ts(as = "Option<bool>", optional))]
    pub automatic: bool,
    /// Origins of frames that the app has its form in, beside its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(as = "Option<Vec<String>>", optional))]
    pub frames: Vec<String>,
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
    /// The next step of a fill in the same tab: each part once.
    Continue {
        /// The fill before, or any one before it.
        fill: String,
    },
    /// The organisation wants its app filled as soon as its page is there.
    Arrival {},
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
    /// Something lies over a field: a person could not see what goes into it.
    Covered,
    /// A value is longer than its field takes.
    TooLong,
    /// The form sends what is typed to another address, or unencrypted.
    ForeignAction,
    /// The page asks for the password of somebody else.
    OtherAccount,
    /// The site did not accept the values and asked again.
    Rejected,
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
        /// Whether a login on this page is offered to be saved.
        saving: Saving,
        /// What is known of the page's forms.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        form: Option<Box<FormHint>>,
    },
    /// To [`Request::Verify`]: open the page for it.
    KeyTask {
        /// The task.
        task: String,
    },
    /// To [`Request::Verify`]: Lanyard's window asks for the PIN, and [`Event::Verified`] tells what comes of it.
    AskedInWindow {
        /// The task.
        task: String,
    },
    /// To [`Request::SecurityKey`].
    SecurityKey(KeyTask),
    /// To [`Request::NeverSites`].
    Sites {
        /// Their origins, sorted.
        origins: Vec<String>,
    },
    /// To [`Request::Fill`].
    Fill {
        /// Names this fill in [`Request::FillEnded`].
        fill: String,
        /// User name, if it was asked for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        user_name: Option<String>,
        /// Password, if it was asked for.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            serialize_with = "crate::common::expose_some_password"
        )]
        #[cfg_attr(test, ts(optional, type = "string"))]
        password: Option<SecretString>,
        /// The one-time code of this moment, if it was asked for and the account has a seed.
        #[serde(
            default,
            skip_serializing_if = "Option::is_none",
            serialize_with = "crate::common::expose_some_password"
        )]
        #[cfg_attr(test, ts(optional, type = "string"))]
        one_time_code: Option<SecretString>,
        /// What else the login asks for.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(test, ts(as = "Option<Vec<Extra>>", optional))]
        extras: Vec<Extra>,
        /// Whether to submit the form afterwards.
        submit: bool,
    },
    /// To [`Request::Generate`].
    Generated {
        /// The password.
        #[serde(serialize_with = "crate::common::expose_password")]
        #[cfg_attr(test, ts(type = "string"))]
        password: SecretString,
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
    /// Whether there is a seed for one-time codes.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(test, ts(as = "Option<bool>", optional))]
    pub one_time_code: bool,
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
    /// The person is to use a security key: open the page for it.
    UseSecurityKey {
        /// The task.
        task: String,
    },
    /// What came of a PIN that Lanyard's window asked for.
    Verified {
        /// The task.
        task: String,
        /// Why it does not count; none where it does.
        problem: Option<Problem>,
    },
    /// Why there will be no more answers.
    Unavailable(Problem),
}

/// A right to fill one app, each part of its login once, made by a launch. It binds to the first top-level tab that reaches
/// the origin.
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
    /// What is known of the app's forms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub form: Option<Box<FormHint>>,
}

/// What an extension shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "browser.ts"))]
#[serde(deny_unknown_fields)]
pub struct State {
    /// Name of who is signed in.
    pub signed_in: Option<String>,
    /// The vault.
    pub vault: VaultState,
    /// Whether the organisation leaves it to the person to have an icon in fields.
    pub field_icon: bool,
    /// Whether a login on a page of no app is offered to be saved.
    pub saving: Saving,
}
