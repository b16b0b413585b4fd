//! Requests of the command `lanyard`, and of a second start of the companion.

use serde::{Deserialize, Serialize};

use crate::common::{AccountView, AppView, NewApp, ProviderView, SignInProgress, VaultState};

/// What a terminal may ask.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Request {
    /// What is the state?
    Status {},
    /// Signs in; progress arrives as [`Event::SignIn`], the reply when it is decided. Ends when the terminal leaves.
    SignIn {
        /// Where; what is configured, where none is given.
        provider: Option<ProviderView>,
    },
    /// Signs out.
    SignOut {},
    /// Locks the vault.
    Lock {},
    /// Unlocks the vault.
    Unlock {},
    /// Keeps a vault that cannot be used and begins a new one beside it.
    BeginNewVault {},
    /// Launches an app.
    Launch {
        /// Name of the app, or its id.
        name: String,
        /// Whether a browser shall open its page.
        open: bool,
    },
    /// Adds an app.
    AddApp(NewApp),
    /// Lists apps.
    Apps {
        /// Only those whose name, user name or origin contains this.
        query: String,
    },
    /// Which browsers are paired?
    Browsers {},
    /// Reads the activity log.
    Activity {
        /// Only lines after this one; the newest, where none is given.
        after: Option<u64>,
        /// At most this many lines.
        limit: u32,
        /// Whether to send new lines as [`Event::Activity`] from here on.
        follow: bool,
    },
    /// Shows the window.
    OpenWindow {},
}

/// The companion's answer.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Response {
    /// It was done, and there is nothing to tell.
    Done {},
    /// To [`Request::Status`].
    Status(Status),
    /// To [`Request::SignIn`].
    SignedIn(AccountView),
    /// To [`Request::SignOut`].
    SignedOut {
        /// Whether the provider could not be told yet; it will be, once it can be reached.
        revocation_queued: bool,
    },
    /// To [`Request::BeginNewVault`].
    NewVault {
        /// Where the old vault file is kept.
        kept: String,
    },
    /// To [`Request::Launch`].
    Launched {
        /// The login page.
        url: String,
        /// Name of the browser that opens it, where a paired one is connected.
        browser: Option<String>,
    },
    /// To [`Request::AddApp`].
    Added {
        /// The new app.
        app: String,
    },
    /// To [`Request::Apps`].
    Apps {
        /// The apps found, at most 1000.
        apps: Vec<AppView>,
        /// How many there are.
        total: u32,
    },
    /// To [`Request::Browsers`].
    Browsers {
        /// Paired browsers.
        browsers: Vec<PairedBrowser>,
    },
    /// To [`Request::Activity`].
    Activity {
        /// Lines, oldest first.
        lines: Vec<ActivityLine>,
    },
}

/// News for a terminal that waits.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Event {
    /// How far the sign-in has come.
    SignIn(SignInProgress),
    /// A new line of the activity log.
    Activity(ActivityLine),
}

/// The state, as `lanyard status` shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Status {
    /// Version of the companion.
    pub version: String,
    /// Who is signed in.
    pub account: Option<AccountView>,
    /// The configured provider.
    pub provider: Option<ProviderView>,
    /// The vault.
    pub vault: VaultState,
    /// How many apps there are, while unlocked.
    pub apps: Option<u32>,
    /// How many paired browsers are connected.
    pub browsers: u32,
    /// Whether a sign-out has still to be told to the provider.
    pub revocation_queued: bool,
}

/// A paired browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "window.ts"))]
#[serde(deny_unknown_fields)]
pub struct PairedBrowser {
    /// Name of the browser.
    pub name: String,
    /// First digits of its profile id, to tell two apart.
    pub profile: String,
    /// Whether it is connected.
    pub connected: bool,
    /// When it was paired, in milliseconds of the Unix epoch.
    #[cfg_attr(test, ts(type = "number"))]
    pub paired_at: u64,
}

/// One line of the activity log: who, which app, which origin, which browser, what came of it; never a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivityLine {
    /// Position in the log.
    pub sequence: u64,
    /// When, in milliseconds of the Unix epoch.
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
