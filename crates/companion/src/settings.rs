//! Settings that a person or an administrator may write: which provider to sign in to, and what the person chose.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use lanyard_broker::{Event, Outcome};
use lanyard_protocol::common::{Code, Problem, ProviderView, SettingsChange, SettingsView, Theme};
use serde::{Deserialize, Serialize};

use crate::autostart::Autostart;
use crate::core::Core;
use crate::{idle, problem};

/// `settings.json` in the configuration directory.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    /// Where to sign in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) provider: Option<ProviderView>,
    /// Whether to offer to save logins that are not the organisation's; none until the person has chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) offer_to_save: Option<bool>,
    /// Language of Lanyard's own words; none follows the system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) language: Option<String>,
    /// Light or dark.
    #[serde(default)]
    pub(crate) theme: Theme,
    /// Minutes without use after which the vault is locked; 0 is never, none until the person has chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) lock_after: Option<u32>,
}

/// The file cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettingsError {
    #[error("cannot read the settings at `{path}`")]
    Io { path: PathBuf, source: io::Error },
    #[error("the settings at `{path}` are not understood")]
    Malformed { path: PathBuf, source: serde_json::Error },
}

impl Settings {
    /// Reads the settings; none are the default.
    pub(crate) fn read(directory: &Path) -> Result<Self, SettingsError> {
        let path = directory.join("settings.json");
        match fs::read(&path) {
            Ok(bytes) => {
                serde_json::from_slice(&bytes).map_err(|source| SettingsError::Malformed { path, source })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(SettingsError::Io { path, source }),
        }
    }

    /// The settings after a change. What starts Lanyard is not in this file.
    pub(crate) fn changed(&self, change: &SettingsChange) -> Result<Self, Problem> {
        let mut settings = self.clone();
        settings.offer_to_save = change.offer_to_save.or(settings.offer_to_save);
        settings.theme = change.theme.unwrap_or(settings.theme);
        if let Some(tag) = &change.language {
            settings.language = parse_language(tag)?;
        }
        if let Some(minutes) = change.lock_after {
            settings.lock_after = Some(parse_minutes(minutes)?);
        }
        Ok(settings)
    }

    /// Writes the settings, all or nothing.
    pub(crate) fn write(&self, directory: &Path) -> Result<(), SettingsError> {
        let path = directory.join("settings.json");
        let new = directory.join("settings.json.new");
        let bytes = serde_json::to_vec_pretty(self).expect("settings are plain data");
        fs::create_dir_all(directory)
            .and_then(|()| fs::File::create(&new))
            .and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_all()))
            .and_then(|()| fs::rename(&new, &path))
            .map_err(|source| SettingsError::Io { path, source })
    }
}

/// What was changed, for the activity log.
fn names_of(change: &SettingsChange) -> Vec<&'static str> {
    let on_or_off = |on: Option<bool>, yes, no| on.map(|on| if on { yes } else { no });
    [
        on_or_off(change.offer_to_save, "offers to save", "does not offer to save"),
        on_or_off(change.start_at_login, "starts at login", "does not start at login"),
        change.language.as_ref().map(|_| "language"),
        change.lock_after.map(|_| "when it locks by itself"),
        change.theme.map(|_| "light or dark"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn parse_minutes(minutes: u32) -> Result<u32, Problem> {
    if minutes <= idle::MOST_MINUTES {
        return Ok(minutes);
    }
    Err(problem::invalid("this time is longer than a day", "give at most 1440 minutes"))
}

/// A tag like `de` or `pt-BR` (BCP 47); an empty one follows the system.
fn parse_language(tag: &str) -> Result<Option<String>, Problem> {
    let part =
        |part: &str| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    match tag {
        "" => Ok(None),
        tag if tag.len() <= 35 && tag.split('-').all(part) => Ok(Some(tag.to_owned())),
        _ => Err(problem::invalid("this is not the name of a language", "give a tag such as `de` or `en`")),
    }
}

impl Core {
    /// What was chosen, as screens show it.
    pub(crate) fn settings_view(&self) -> SettingsView {
        let settings = self.settings.borrow();
        SettingsView {
            offer_to_save: settings.offer_to_save,
            saving_forbidden: self.is_saving_forbidden(),
            language: settings.language.clone(),
            theme: settings.theme,
            lock_after: idle::minutes(settings.lock_after, self.lock_after_most()),
            lock_after_most: self.lock_after_most(),
            start_at_login: Autostart::of_this_person().is_some_and(|autostart| autostart.is_on()),
        }
    }

    /// Where to sign in: what the organisation says, else what was used before.
    pub(crate) fn provider(&self) -> Option<ProviderView> {
        let organisation = self.organisation.as_ref().and_then(|organisation| organisation.provider.clone());
        organisation.or_else(|| self.settings.borrow().provider.clone())
    }

    /// Changes settings; they are on the disk when this returns.
    pub(crate) fn change_settings(&self, change: &SettingsChange) -> Result<(), Problem> {
        let settings = self.settings.borrow().changed(change)?;
        if change.offer_to_save == Some(true) && self.is_saving_forbidden() {
            return Err(Problem::new(
                Code::Refused,
                "your organisation allows only its own apps to be saved",
                "ask your administrator to add the apps you need",
            ));
        }
        if let (Some(minutes), Some(most)) = (change.lock_after, self.lock_after_most())
            && (minutes == 0 || minutes > most)
        {
            return Err(Problem::new(
                Code::Refused,
                format!("your organisation wants Lanyard locked after {most} minutes without use"),
                "choose a time that is not longer",
            ));
        }
        if let Some(on) = change.start_at_login {
            let turned = Autostart::of_this_person().map_or(Ok(()), |autostart| autostart.turn(on));
            turned.map_err(|error| self.not_written(&error))?;
        }
        if *self.settings.borrow() != settings {
            settings.write(&self.paths.config).map_err(|error| self.not_written(&error))?;
            *self.settings.borrow_mut() = settings;
        }
        self.apply_rules();
        let said = names_of(change).join(", ");
        self.broker
            .borrow_mut()
            .note(Event::SettingsChanged, Outcome::Done, |entry| entry.reason = Some(said));
        self.changed();
        Ok(())
    }

    /// Tells the engine what the organisation says and what the person chose.
    pub(crate) fn apply_rules(&self) {
        let rules = self.organisation.as_ref().map(|organisation| organisation.rules.clone());
        let settings = self.settings.borrow();
        let mut broker = self.broker.borrow_mut();
        broker.set_rules(rules, settings.offer_to_save);
        broker.set_idle_limit(idle::limit(idle::minutes(settings.lock_after, self.lock_after_most())));
    }

    fn lock_after_most(&self) -> Option<u32> {
        self.organisation.as_ref().and_then(|organisation| organisation.lock_after)
    }

    fn is_saving_forbidden(&self) -> bool {
        self.organisation.as_ref().is_some_and(|organisation| !organisation.rules.saving_elsewhere)
    }

    fn not_written(&self, error: &dyn std::error::Error) -> Problem {
        self.journal.error("cannot write the settings", error);
        Problem::new(
            Code::Internal,
            "the settings could not be saved",
            "check that your disk is not full and that your configuration folder is yours, then try again",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_as_they_were_written() {
        let directory = tempfile::tempdir().unwrap();
        let provider = ProviderView { issuer: "https://acme.example".into(), client_id: "lanyard".into() };
        let settings = Settings {
            provider: Some(provider),
            offer_to_save: Some(false),
            language: Some("de".into()),
            theme: Theme::Dark,
            lock_after: Some(15),
        };
        settings.write(directory.path()).unwrap();
        assert_eq!(Settings::read(directory.path()).unwrap(), settings);
    }

    #[test]
    fn none_are_the_default_and_nonsense_is_an_error() {
        let directory = tempfile::tempdir().unwrap();
        assert_eq!(Settings::read(directory.path()).unwrap(), Settings::default());
        fs::write(directory.path().join("settings.json"), r#"{"issuer":1}"#).unwrap();
        assert!(matches!(Settings::read(directory.path()), Err(SettingsError::Malformed { .. })));
    }

    #[test]
    fn a_change_leaves_the_rest_and_an_empty_language_follows_the_system() {
        let german = SettingsChange { language: Some("de".into()), ..SettingsChange::default() };
        let settings = Settings { offer_to_save: Some(true), ..Settings::default() };
        let changed = settings.changed(&german).unwrap();
        assert_eq!((changed.language.as_deref(), changed.offer_to_save), (Some("de"), Some(true)));
        let system = SettingsChange { language: Some(String::new()), ..SettingsChange::default() };
        assert_eq!(changed.changed(&system).unwrap(), settings);
        let late = SettingsChange { lock_after: Some(idle::MOST_MINUTES + 1), ..SettingsChange::default() };
        assert!(settings.changed(&late).is_err());
        for tag in ["d", "../de", "de-", "de DE"] {
            let change = SettingsChange { language: Some(tag.into()), ..SettingsChange::default() };
            assert!(settings.changed(&change).is_err(), "{tag}");
        }
    }
}
