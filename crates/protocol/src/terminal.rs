//! Requests of the command `lanyard`, and of a second start of the companion.

use serde::{Deserialize, Serialize};

use crate::common::{
    AccountView, ActivityLine, AppView, NewApp, PairedBrowser, ProviderView, SettingsChange, SettingsView,
    SignInProgress, VaultState,
};
use crate::credential::{
    CredentialChange, CredentialView, ImportOutcome, Login, Revealed, SecretPart, Shown,
};
use crate::security_key::KeysView;
use crate::slots::{NewRecoveryCode, Proof, SlotChange, SlotKind, SlotView, WaysIn};

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
    /// Unlocks the vault, or leads back into it where its key is lost, with what the person shows.
    UnlockWith(Proof),
    /// What opens the vault?
    Slots {},
    /// Makes a recovery code, which opens nothing until it is confirmed, if the person agrees in the window.
    MakeRecoveryCode {
        /// The present PIN, where there is one.
        present: Option<Shown>,
    },
    /// Changes what opens the vault, if the person agrees in the window. Who confirms a code has agreed already.
    ChangeSlots(SlotChange),
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
        /// Only those whose name, user name or host contains this.
        query: String,
    },
    /// Everything about one credential but its secrets.
    Credential {
        /// Name of the app, or its id.
        name: String,
    },
    /// Shows a secret, if the person agrees in the window.
    Reveal {
        /// Name of the app, or its id.
        name: String,
        /// Which of its secrets.
        part: SecretPart,
    },
    /// Changes a credential.
    ChangeCredential {
        /// Name of the app, or its id.
        name: String,
        /// What changes.
        change: CredentialChange,
    },
    /// Removes a credential for good.
    RemoveCredential {
        /// Name of the app, or its id.
        name: String,
    },
    /// Takes logins from another password store, all of this message or none.
    Import {
        /// The logins.
        logins: Vec<Login>,
        /// Whether an account that is there with another password gets this one.
        replace: bool,
        /// Whether only to say what would be done.
        dry_run: bool,
    },
    /// Hands out every credential of the person, if the person agrees in the window. They arrive as [`Event::Exported`].
    Export {},
    /// Opens everything in the vault.
    VerifyVault {},
    /// Copies the sealed vault.
    BackUpVault {
        /// A file that is not there, by its absolute path; one of those beside the vault, where none is given.
        to: Option<String>,
    },
    /// Puts a backup in the vault's place, if the person agrees in the window.
    RestoreVault {
        /// Which one.
        source: BackupSource,
        /// Whether it may be another vault's.
        other_vault: bool,
        /// The words of its recovery code, where the keyring does not open it.
        recovery_code: Option<Shown>,
        /// What the organisation opened; then the words are those that belong to it.
        escrow_opening: Option<String>,
    },
    /// Gives the vault other keys, if the person agrees in the window.
    RekeyVault {},
    /// Writes every credential that may leave into an `age` file, if the person agrees in the window.
    ExportVault {
        /// A file that is not there, by its absolute path.
        to: String,
        /// Who can open it.
        recipients: Recipients,
    },
    /// Which browsers are paired?
    Browsers {},
    /// Connects a browser that is running and not connected yet, if the person agrees in the window.
    Pair {
        /// First digits of its profile id; the only one there is, where none is given.
        profile: Option<String>,
    },
    /// Cuts a browser off, if the person agrees in the window.
    Revoke {
        /// First digits of its profile id.
        profile: String,
    },
    /// Which security keys are there?
    SecurityKeys {},
    /// Adds a security key, if the person agrees in the window and uses it in a browser.
    AddSecurityKey {
        /// What the person calls it.
        name: String,
    },
    /// Removes a security key, if the person agrees in the window.
    RemoveSecurityKey {
        /// Its name, or the first digits of its id.
        key: String,
    },
    /// What was chosen?
    Settings {},
    /// Changes settings.
    ChangeSettings(SettingsChange),
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
    /// To [`Request::Credential`].
    Credential(CredentialView),
    /// To [`Request::Reveal`].
    Revealed(Revealed),
    /// To [`Request::Import`].
    Imported {
        /// What became of each login, in their order.
        outcomes: Vec<ImportOutcome>,
    },
    /// To [`Request::VerifyVault`].
    Verified(VaultReport),
    /// To [`Request::BackUpVault`].
    BackedUp {
        /// The file.
        path: String,
        /// Which state of the vault it has.
        generation: u64,
    },
    /// To [`Request::RestoreVault`].
    Restored {
        /// How many credentials there are.
        credentials: u32,
        /// Where the vault that was there is kept, if there was one.
        kept: Option<String>,
        /// What opened the backup and opens the vault no more, since its device secret is lost.
        lost: Vec<SlotKind>,
    },
    /// To [`Request::ExportVault`].
    VaultExported {
        /// The file.
        path: String,
        /// How many credentials are in it.
        credentials: u32,
        /// How many are not, because they are the organisation's.
        left_out: u32,
    },
    /// To [`Request::UnlockWith`], where the key of the vault was lost.
    Recovered {
        /// What opened it before and opens it no more.
        lost: Vec<SlotKind>,
    },
    /// To [`Request::Slots`].
    Slots {
        /// The ways.
        slots: Vec<SlotView>,
    },
    /// To [`Request::MakeRecoveryCode`].
    NewRecoveryCode(NewRecoveryCode),
    /// To [`Request::Browsers`].
    Browsers {
        /// Paired browsers.
        browsers: Vec<PairedBrowser>,
        /// Browsers that are running and not paired: their name and the first digits of their profile id.
        waiting: Vec<WaitingBrowser>,
    },
    /// To [`Request::Pair`] and [`Request::Revoke`].
    Browser {
        /// Its name.
        name: String,
    },
    /// To [`Request::SecurityKeys`].
    SecurityKeys(KeysView),
    /// To [`Request::Settings`] and [`Request::ChangeSettings`].
    Settings(SettingsView),
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
    /// Some of the credentials that are exported.
    Exported {
        /// The credentials.
        logins: Vec<Login>,
    },
    /// The person is being asked in the window.
    Asking {},
}

/// Names a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum BackupSource {
    /// A file.
    File {
        /// Its absolute path.
        path: String,
    },
    /// One of those beside the vault.
    Generation {
        /// Which state of the vault it has.
        generation: u64,
    },
}

/// Who can open an `age` file.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Recipients {
    /// Whoever knows the passphrase.
    Passphrase {
        /// It.
        passphrase: Shown,
    },
    /// The owners of these public keys.
    Keys {
        /// Each as `age1…`.
        keys: Vec<String>,
    },
}

/// What was found in the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VaultReport {
    /// Credentials of the organisation that open.
    pub organisation: u32,
    /// Credentials of the person that open.
    pub personal: u32,
    /// Entries of Lanyard itself that open: tokens, pairings, settings.
    pub service: u32,
    /// Which state of the vault the file has.
    pub generation: u64,
    /// Which state the keychain knows as the last.
    pub known_generation: Option<u64>,
    /// What is damaged; nothing, where the vault is whole.
    pub damage: Vec<String>,
}

/// A browser whose extension runs and is not connected to Lanyard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WaitingBrowser {
    /// Its name.
    pub name: String,
    /// First digits of its profile id.
    pub profile: String,
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
    /// What opens it.
    #[serde(default)]
    pub ways_in: WaysIn,
    /// How many apps there are, while unlocked.
    pub apps: Option<u32>,
    /// How many paired browsers are connected.
    pub browsers: u32,
    /// Whether a sign-out has still to be told to the provider.
    pub revocation_queued: bool,
    /// What of the organisation's file is not used, and why, in words for its administrator.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub organisation_findings: Vec<String>,
}
