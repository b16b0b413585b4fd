//! Requests of Lanyard's window, and what the companion tells it. They travel on a socket that the window inherits from
//! the companion, so nobody else can send them.

use serde::{Deserialize, Serialize};

use crate::common::{
    AccountView, ActivityLine, AppView, NewApp, PairedBrowser, ProviderView, SettingsChange, SettingsView,
    SignInProgress, VaultState,
};
use crate::credential::{CredentialChange, CredentialView, Revealed, SecretPart, Shown};
use crate::security_key::{KeyRulesChange, KeysView};
use crate::slots::{NewRecoveryCode, Proof, SlotChange, SlotKind, SlotView, SlotWish, WaysIn};

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
    /// Unlocks the vault, or leads back into it where its key is lost, with what the person shows.
    UnlockWith(Proof),
    /// Keeps a vault that cannot be used and begins a new one beside it.
    BeginNewVault {},
    /// Lists apps.
    Apps {
        /// Only those whose name, user name or host contains this.
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
    /// Everything about one credential but its secrets.
    Credential {
        /// The app.
        app: String,
    },
    /// Changes a credential.
    ChangeCredential {
        /// The app.
        app: String,
        /// What changes.
        change: CredentialChange,
    },
    /// Removes a credential for good.
    RemoveCredential {
        /// The app.
        app: String,
    },
    /// Shows a secret.
    Reveal {
        /// The app.
        app: String,
        /// Which of its secrets.
        part: SecretPart,
    },
    /// Puts a password or a one-time code on the clipboard, marked as a secret, and takes it off again after 30 seconds.
    Copy {
        /// The app.
        app: String,
        /// Which of its secrets.
        part: SecretPart,
    },
    /// Reads the activity log, newest line first.
    Activity {
        /// Only lines before this one; the newest, where none is given.
        #[cfg_attr(test, ts(type = "number | null"))]
        before: Option<u64>,
        /// Only lines whose app, origin, browser, account or reason contains this.
        query: String,
        /// At most this many.
        limit: u32,
    },
    /// Counts what happened in each hour since a moment.
    ActivityHours {
        /// In milliseconds of the Unix epoch.
        #[cfg_attr(test, ts(type = "number"))]
        since: u64,
    },
    /// Writes the activity log as a CSV file into the person's folder for downloads.
    ExportActivity {},
    /// Which browsers are on this laptop, and can they find Lanyard?
    BrowsersHere {},
    /// Tells a browser where to find Lanyard.
    InstallHost {
        /// Name of the browser, as [`BrowserHere::name`].
        browser: String,
    },
    /// Takes that back.
    UninstallHost {
        /// Name of the browser, as [`BrowserHere::name`].
        browser: String,
    },
    /// Gives a paired browser another name.
    RenameBrowser {
        /// First digits of its profile id.
        profile: String,
        /// What the person calls it.
        name: String,
    },
    /// Cuts a paired browser off.
    Revoke {
        /// First digits of its profile id.
        profile: String,
    },
    /// On which sites does Lanyard never offer to save?
    NeverSites {},
    /// Has Lanyard offer to save on this site again.
    AllowSite {
        /// The site's origin.
        origin: String,
    },
    /// What protects the vault?
    Security {},
    /// Makes a recovery code, which opens nothing until it is confirmed.
    MakeRecoveryCode {
        /// The present PIN, where there is one.
        present: Option<Shown>,
    },
    /// Writes the code that was made last into a file that only the person can read.
    SaveRecoveryCode {
        /// A file that does not exist yet.
        path: String,
    },
    /// Changes what opens the vault.
    ChangeSlots(SlotChange),
    /// Which security keys are there?
    SecurityKeys {},
    /// Adds a security key: the person uses it in a browser. Answered when that is over.
    AddSecurityKey {
        /// What the person calls it.
        name: String,
    },
    /// Removes a security key.
    RemoveSecurityKey {
        /// The key.
        key: String,
    },
    /// Changes what keys are asked for.
    ChangeKeyRules(KeyRulesChange),
    /// Changes settings.
    ChangeSettings(SettingsChange),
    /// The person's answer to a question.
    Answer {
        /// The question.
        question: u32,
        /// Yes or no.
        yes: bool,
    },
    /// The person's yes to a question that asks for their PIN. It waits on where the PIN is wrong.
    AnswerWithPin {
        /// The question.
        question: u32,
        /// The PIN.
        pin: Shown,
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
    /// To [`Request::UnlockWith`], where the key of the vault was lost.
    Recovered {
        /// What opened it before and opens it no more.
        lost: Vec<SlotKind>,
    },
    /// To [`Request::MakeRecoveryCode`].
    NewRecoveryCode(NewRecoveryCode),
    /// To [`Request::Credential`].
    Credential(CredentialView),
    /// To [`Request::Reveal`].
    Revealed(Revealed),
    /// To [`Request::Copy`].
    Copied {
        /// When it is taken off the clipboard, in milliseconds of the Unix epoch.
        #[cfg_attr(test, ts(type = "number"))]
        until: u64,
    },
    /// To [`Request::Activity`].
    Activity {
        /// Lines, newest first.
        lines: Vec<ActivityLine>,
        /// Whether there are older ones.
        more: bool,
    },
    /// To [`Request::ActivityHours`].
    ActivityHours {
        /// Hours in which something happened, oldest first.
        hours: Vec<ActivityHour>,
    },
    /// To [`Request::ExportActivity`].
    Exported {
        /// The file.
        path: String,
        /// How many lines it has.
        lines: u32,
    },
    /// To [`Request::BrowsersHere`].
    BrowsersHere {
        /// The browsers.
        browsers: Vec<BrowserHere>,
    },
    /// To [`Request::NeverSites`].
    Sites {
        /// Their origins, sorted.
        origins: Vec<String>,
    },
    /// To [`Request::Security`].
    Security(SecurityView),
    /// To [`Request::SecurityKeys`].
    SecurityKeys(KeysView),
}

/// What happened within one hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "window.ts"))]
#[serde(deny_unknown_fields)]
pub struct ActivityHour {
    /// When it began, in milliseconds of the Unix epoch; a whole hour of UTC.
    #[cfg_attr(test, ts(type = "number"))]
    pub at: u64,
    /// How many pages were filled.
    pub filled: u32,
    /// How often something was refused or failed.
    pub refused: u32,
}

/// A browser that is on this laptop.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "window.ts"))]
#[serde(deny_unknown_fields)]
pub struct BrowserHere {
    /// Its name, e.g. "Chromium".
    pub name: String,
    /// The file that tells it where Lanyard is.
    pub manifest: String,
    /// Whether it can find Lanyard.
    pub reach: Reach,
    /// Which store or file its extension comes from.
    pub family: BrowserFamily,
}

/// Whether a browser can find Lanyard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "window.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// It can.
    Found,
    /// It was not told, or was told something that is out of date.
    NotTold,
    /// Another program's file is in the way.
    Foreign,
    /// It runs in a sandbox of its own (snap, flatpak) and cannot start programs outside it.
    Sandboxed,
}

/// What kind of extension a browser takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "window.ts"))]
#[serde(rename_all = "snake_case")]
pub enum BrowserFamily {
    /// Chromium and its kin.
    Chromium,
    /// Firefox and its kin.
    Firefox,
}

/// What protects the vault, said as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "window.ts"))]
#[serde(deny_unknown_fields)]
pub struct SecurityView {
    /// The ways to open it.
    pub slots: Vec<SlotView>,
    /// The organisation's escrow key that waits to be confirmed: its fingerprint.
    pub escrow_waits: Option<String>,
    /// The vault file.
    pub vault_path: String,
    /// Why nothing can be changed; none where everything can.
    pub read_only: Option<String>,
    /// How many credentials are in it, while unlocked.
    pub credentials: Option<u32>,
    /// Whether the activity log was found whole; none where it could not be looked at.
    pub activity_whole: Option<bool>,
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
    /// A line was added to the activity log.
    ActivityAdded {},
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
    /// What happened.
    Activity,
    /// Browsers and how they are connected.
    Browsers,
    /// What protects the vault.
    Security,
    /// What can be chosen.
    Settings,
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
    /// What opens it.
    pub ways_in: WaysIn,
    /// Paired browsers.
    pub browsers: Vec<PairedBrowser>,
    /// Questions that wait for an answer, oldest first.
    pub questions: Vec<Question>,
    /// The browser in which the person is to use a security key now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub key_asked_in: Option<String>,
    /// What was chosen.
    pub settings: SettingsView,
    /// The organisation that this laptop is configured for.
    pub organisation: Option<String>,
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
    /// Whether a yes takes the PIN: [`Request::AnswerWithPin`] instead of [`Request::Answer`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(test, ts(as = "Option<bool>", optional))]
    pub pin: bool,
    /// When it counts as no, in milliseconds of the Unix epoch.
    #[cfg_attr(test, ts(type = "number"))]
    pub expires_at: u64,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "window.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum QuestionSubject {
    /// May this browser be connected? It may where it shows the same code.
    Pair {
        /// Name of the browser.
        browser: String,
        /// First digits of its profile id.
        profile: String,
        /// What both sides show: two groups of three characters.
        code: String,
    },
    /// May this browser fill the app?
    Fill {
        /// Name of the browser.
        browser: String,
        /// Name of the app.
        app: String,
        /// User name at the app.
        user_name: String,
    },
    /// Shall an app be filled from now on without the person being asked for anything? The window asks for it.
    StopAsking {
        /// Name of the app.
        app: String,
    },
    /// Shall a first security key be added, which is asked for instead of the PIN?
    FirstKey {
        /// What it is to be called.
        name: String,
    },
    /// May a terminal see a secret of this credential?
    Reveal {
        /// Name of the app.
        app: String,
        /// User name at the app.
        user_name: String,
        /// Which secret.
        part: SecretPart,
    },
    /// May a terminal have every credential of the person, passwords included?
    Export {
        /// How many these are.
        credentials: u32,
    },
    /// May a terminal write the person's credentials into an encrypted file?
    ExportVault {
        /// How many these are.
        credentials: u32,
        /// How many stay, because they are the organisation's.
        left_out: u32,
        /// The file.
        path: String,
        /// Whose keys open it; none where a passphrase does.
        keys: Vec<String>,
    },
    /// Shall a backup take the vault's place? A terminal asks for it.
    Restore {
        /// How many credentials it has.
        credentials: u32,
        /// Whether something was saved since it was made.
        older: bool,
    },
    /// Shall the vault be unlocked? A terminal asks for it.
    Unlock {},
    /// Shall the vault be given other keys? A terminal asks for it.
    Rekey {},
    /// Shall what opens the vault be changed? A terminal asks for it.
    Slots {
        /// How.
        wish: SlotWish,
    },
    /// Shall a security key be added? A terminal asks for it.
    AddKey {
        /// What it is to be called.
        name: String,
    },
    /// Shall a security key be removed? A terminal asks for it.
    RemoveKey {
        /// What it is called.
        name: String,
    },
    /// Shall this browser be cut off? A terminal asks for it.
    Revoke {
        /// Name of the browser.
        browser: String,
        /// First digits of its profile id.
        profile: String,
    },
}
