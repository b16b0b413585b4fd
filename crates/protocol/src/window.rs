//! Requests of Lanyard's window, and what the companion tells it. They travel on a socket that the window inherits from
//! the companion, so nobody else can send them.

use serde::{Deserialize, Serialize};

use crate::common::{AccountView, AppView, NewApp, ProviderView, SignInProgress, VaultState};
use crate::terminal::PairedBrowser;

/// What the window may ask.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "window.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Request {
    /// What is there to show? Asked once, when the window is ready.
    Hello {},
    /// Begins a sign-in; its progress is in [`State::sign_in`].
    SignIn {
        /// Where; what is configured, where none is given.
        provider: Option<ProviderView>,
    },
    /// Gives up the sign-in, or puts its failure away.
    CancelSignIn {},
    /// Opens the provider's page for the sign-in under way in the browser.
    OpenVerificationPage {},
    /// Signs out.
    SignOut {},
    /// Locks the vault.
    Lock {},
    /// Unlocks the vault. Also asked to try again when the vault or the keychain was not available.
    Unlock {},
    /// Keeps a vault that cannot be used and begins a new one beside it.
    BeginNewVault {},
    /// Lists apps.
    Apps {
        /// Only those whose name, user name or origin contains this.
        query: String,
        /// At most this many.
        limit: u32,
    },
    /// Adds an app.
    AddApp(NewApp),
    /// Launches an app in a browser.
    Launch {
        /// The app.
        app: String,
    },
    /// The person's answer to a question.
    Answer {
        /// The question.
        question: u32,
        /// Yes or no.
        yes: bool,
    },
}

/// The companion's answer.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "window.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[expect(clippy::large_enum_variant, reason = "made once and written to the wire at once")]
pub enum Response {
    /// It was done, and there is nothing to tell.
    Done {},
    /// To [`Request::Hello`].
    Welcome {
        /// The state.
        state: State,
        /// What to show first.
        page: Page,
        /// Version of the companion.
        companion_version: String,
    },
    /// To [`Request::Apps`].
    Apps {
        /// The apps found, recently launched or filled ones first, then by name.
        apps: Vec<AppView>,
        /// How many of these, at the head of the list, were used recently.
        recent: u32,
        /// How many apps match.
        total: u32,
    },
    /// To [`Request::AddApp`].
    Added {
        /// The new app.
        app: String,
    },
    /// To [`Request::Launch`].
    Launched {
        /// Name of the browser that opens it; none where the system's browser was asked and is not connected.
        browser: Option<String>,
    },
    /// To [`Request::BeginNewVault`].
    NewVault {
        /// Where the old vault file is kept.
        kept: String,
    },
}

/// News for the window.
#[derive(Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "window.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[expect(clippy::large_enum_variant, reason = "made once and written to the wire at once")]
pub enum Event {
    /// The state changed.
    State(State),
    /// The list of apps changed.
    AppsChanged {},
    /// Somebody asked for the window: come to the front and show this.
    Show {
        /// What to show.
        page: Page,
    },
}

/// What the window can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "window.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// Whatever fits the state.
    Home,
    /// The sign-in.
    SignIn,
    /// The apps.
    Apps,
    /// A question that waits for an answer.
    Question,
}

/// Everything the window shows, but the list of apps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "window.ts"))]
#[serde(deny_unknown_fields)]
pub struct State {
    /// Who is signed in.
    pub account: Option<AccountView>,
    /// The configured provider.
    pub provider: Option<ProviderView>,
    /// The sign-in under way.
    pub sign_in: Option<SignInProgress>,
    /// The vault.
    pub vault: VaultState,
    /// Paired browsers.
    pub browsers: Vec<PairedBrowser>,
    /// Questions that wait for an answer, oldest first.
    pub questions: Vec<Question>,
    /// A launch that waits for a browser.
    pub notice: Option<String>,
}

/// A question to the person. A window that goes away without an answer has said no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "window.ts"))]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Names it in [`Request::Answer`].
    pub question: u32,
    /// What is asked.
    pub subject: QuestionSubject,
    /// When it counts as no, in milliseconds of the Unix epoch.
    #[cfg_attr(test, ts(type = "number"))]
    pub expires_at: u64,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "window.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum QuestionSubject {
    /// May this browser be connected?
    Pair {
        /// Name of the browser.
        browser: String,
        /// First digits of its profile id.
        profile: String,
    },
}
