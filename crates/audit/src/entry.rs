//! What a line says.

use serde::{Deserialize, Serialize};

/// The number of a line; the first is 1.
pub type Sequence = u64;

/// A line as it stands in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Its place in the log.
    pub sequence: Sequence,
    /// What happened.
    pub entry: Entry,
}

/// Something that happened. Never holds a password, a token or a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// When, in Unix milliseconds.
    pub at: u64,
    /// What.
    pub event: Event,
    /// Who was signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Which app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app: Option<String>,
    /// Which record of the vault: a name may stand for several accounts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<String>,
    /// Which origin asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Which browser asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub browser: Option<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// Why it ended so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The companion started.
    Started,
    /// Somebody signed in at the provider.
    SignedIn,
    /// Somebody signed out.
    SignedOut,
    /// A sign-in did not succeed.
    SignInFailed,
    /// The vault was locked.
    Locked,
    /// The vault was unlocked.
    Unlocked,
    /// A browser was paired.
    Paired,
    /// A browser wanted to be paired and was not.
    PairingRefused,
    /// Two had the key of one paired browser: its profile was copied.
    CopyFound,
    /// An app was launched from Lanyard.
    Launched,
    /// A form was filled.
    Filled,
    /// A form was not filled.
    FillRefused,
    /// A login was seen that could be saved.
    Captured,
    /// A captured login was saved.
    Saved,
    /// A saved login was changed by a captured one.
    Updated,
    /// The person added an app.
    AppAdded,
    /// The person changed an app.
    AppChanged,
    /// The person removed an app.
    AppRemoved,
    /// Logins were imported from elsewhere.
    Imported,
    /// A secret was shown to the person.
    Revealed,
    /// A secret was put on the clipboard.
    Copied,
    /// Credentials were handed out to a terminal.
    Exported,
    /// A backup of the vault was made.
    BackedUp,
    /// A backup took the vault's place.
    Restored,
    /// The vault was given other keys.
    Rekeyed,
    /// What opens the vault was changed.
    SlotsChanged,
    /// A vault whose key was lost was led back into.
    Recovered,
    /// A browser was cut off.
    Revoked,
    /// A security key was added.
    KeyAdded,
    /// A security key was removed.
    KeyRemoved,
    /// A security key was used, or something that was to count as one.
    KeyUsed,
    /// The PIN was entered so that an app is filled, or it was asked for and was not.
    PinUsed,
    /// A setting was changed.
    SettingsChanged,
    /// A program that is not Lanyard's wanted to speak to it.
    ProgramRefused,
    /// The person said on which site to offer saving, or not.
    SiteChanged,
}

/// How it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It was done.
    Done,
    /// It was not allowed, or not wanted.
    Refused,
    /// It went wrong.
    Failed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_form_stays_as_it_is() {
        let text = r#"{"at":7,"event":"fill_refused","origin":"https://payroll.test","outcome":"refused","reason":"locked"}"#;
        let entry: Entry = serde_json::from_str(text).expect("reads");
        assert_eq!(entry.event, Event::FillRefused);
        assert_eq!(serde_json::to_string(&entry).expect("writes"), text);
    }

    #[test]
    fn an_unknown_field_is_refused() {
        let text = r#"{"at":7,"event":"filled","outcome":"done","password":"x"}"#;
        assert!(serde_json::from_str::<Entry>(text).is_err());
    }
}
