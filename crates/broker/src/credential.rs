//! One credential: looked at, changed, removed, and its secrets shown to the person.

use lanyard_audit::{Event, Outcome};
use lanyard_catalog::Origin;
use lanyard_policy::{ExposureFacts, Presence, decide_exposure};
use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::credential::{
    CredentialChange, CredentialView, FormerPassword, Revealed, SecretPart, Shown,
};
use lanyard_vault::{Overview, Permit, RecordId, Secret, SecretChange};
use secrecy::{ExposeSecret as _, SecretString};

use crate::apps::view;
use crate::one_time_code::Seed;
use crate::problem::{self, invalid_origin, store_problem};
use crate::{Broker, verification};

/// Where a secret is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    /// On the window's screen.
    Screen,
    /// On the clipboard.
    Clipboard,
    /// In a terminal.
    Terminal,
    /// In an export.
    Export,
}

impl Broker {
    /// Everything about one credential but its secrets.
    pub fn credential(&self, record: RecordId) -> Result<CredentialView, Problem> {
        let overview = self.opened_vault()?.overview(record).map_err(|error| store_problem(&error))?;
        let origin = Origin::parse(&overview.origin).ok();
        let definition = origin.and_then(|origin| self.organisation_app(&origin));
        Ok(CredentialView {
            app: view(record, overview),
            changed_at: overview.changed_at,
            one_time_code: overview.holds.one_time_code,
            notes: overview.holds.notes,
            former_passwords: overview.holds.former,
            verify: verification::is_wanted(overview, definition),
            verify_forced: definition.is_some_and(|app| app.verify),
        })
    }

    /// Changes a credential. Returns the origin it is for now.
    pub fn change_credential(
        &mut self,
        record: RecordId,
        change: CredentialChange,
    ) -> Result<Origin, Problem> {
        let old = self.opened_vault()?.overview(record).map_err(|error| store_problem(&error))?.clone();
        let (overview, secret) = parse_change(&old, change, self.clock.unix_ms())?;
        let origin = Origin::parse(&overview.origin).map_err(invalid_origin)?;
        let title = overview.title.to_string();
        let changed = self.opened_vault_mut()?.update(record, overview, secret);
        self.note_change(Event::AppChanged, &changed, title, &origin);
        changed.map(|()| origin).map_err(|error| store_problem(&error))
    }

    /// Removes a credential for good.
    pub fn remove_credential(&mut self, record: RecordId) -> Result<(), Problem> {
        let vault = self.opened_vault_mut()?;
        let old = vault.overview(record).map_err(|error| store_problem(&error))?.clone();
        let origin = Origin::parse(&old.origin).map_err(invalid_origin)?;
        let removed = vault.remove(record);
        self.recent.retain(|other| *other != record);
        self.note_change(Event::AppRemoved, &removed, old.title.to_string(), &origin);
        removed.map_err(|error| store_problem(&error))
    }

    /// Shows one secret of a credential, where the person wants it.
    pub fn reveal(
        &mut self,
        record: RecordId,
        part: SecretPart,
        presence: Presence,
        exposure: Exposure,
    ) -> Result<Revealed, Problem> {
        let overview = self.vault.as_ref().ok().and_then(|vault| vault.overview(record).ok()).cloned();
        let (title, origin) = overview
            .map_or((None, None), |known| (Some(known.title.to_string()), Some(known.origin.to_string())));
        let shown =
            self.expose(record, presence).and_then(|secret| choose(secret, part, self.clock.unix_ms()));
        let (outcome, reason) = match &shown {
            Ok(_) => (Outcome::Done, None),
            Err(problem) if problem.code == Code::Vault => (Outcome::Failed, Some(problem.message.clone())),
            Err(problem) => (Outcome::Refused, Some(problem.message.clone())),
        };
        let event = match exposure {
            Exposure::Screen | Exposure::Terminal => Event::Revealed,
            Exposure::Clipboard => Event::Copied,
            Exposure::Export => Event::Exported,
        };
        self.note(event, outcome, |entry| {
            entry.app = title;
            entry.origin = origin;
            entry.browser = (exposure == Exposure::Terminal).then(|| "Terminal".into());
            entry.reason = reason;
        });
        shown
    }

    /// The secret of a record, if policy allows it.
    pub(crate) fn expose(&self, record: RecordId, presence: Presence) -> Result<Secret, Problem> {
        let vault = self.opened_vault()?;
        let allowed = decide_exposure(&self.exposure_facts(record, presence)?).map_err(problem::refused)?;
        vault.expose_secret(Permit::new(record, allowed)).map_err(|error| store_problem(&error))
    }

    pub(crate) fn exposure_facts(
        &self,
        record: RecordId,
        presence: Presence,
    ) -> Result<ExposureFacts, Problem> {
        let vault = self.opened_vault()?;
        Ok(ExposureFacts {
            signed_in: self.account.is_some(),
            unlocked: vault.is_unlocked(),
            known: vault.overview(record).is_ok(),
            presence,
            key_required: self.is_key_required(),
        })
    }

    fn note_change<T>(
        &mut self,
        event: Event,
        result: &Result<T, lanyard_vault::StoreError>,
        title: String,
        origin: &Origin,
    ) {
        let outcome = if result.is_ok() { Outcome::Done } else { Outcome::Failed };
        let reason = result.as_ref().err().map(ToString::to_string);
        self.note(event, outcome, |entry| {
            entry.app = Some(title);
            entry.origin = Some(origin.to_string());
            entry.reason = reason;
        });
    }
}

/// What a change makes of a record.
fn parse_change(
    old: &Overview,
    change: CredentialChange,
    now: u64,
) -> Result<(Overview, SecretChange), Problem> {
    let CredentialChange { name, login_url, user_name, password, one_time_code, notes, auto_submit, verify } =
        change;
    let mut overview = Overview { changed_at: now, ..old.clone() };
    if let Some(name) = name {
        overview.title = parse_name(&name)?.into();
    }
    if let Some(login_url) = login_url {
        overview.origin = Origin::of_page(&login_url).map_err(invalid_origin)?.as_str().into();
        overview.login_url = login_url.into();
    }
    if let Some(user_name) = user_name {
        overview.user_name = user_name.into();
    }
    if let Some(auto_submit) = auto_submit {
        overview.auto_submit = auto_submit;
    }
    if let Some(verify) = verify {
        overview.verify = verify;
    }
    let secret = SecretChange {
        password: password.map(|password| parse_password(password.0)).transpose()?,
        one_time_code: one_time_code.map(parse_one_time_code).transpose()?,
        notes: notes.map(|notes| filled(notes.0)),
    };
    Ok((overview, secret))
}

pub(crate) fn parse_name(name: &str) -> Result<&str, Problem> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Problem::new(Code::Invalid, "the app has no name", "give the app a name"));
    }
    Ok(name)
}

fn parse_password(password: SecretString) -> Result<SecretString, Problem> {
    if password.expose_secret().is_empty() {
        return Err(Problem::new(Code::Invalid, "the password is empty", "type the app's password"));
    }
    Ok(password)
}

/// A seed that codes can be made from; an empty one stands for none.
pub(crate) fn parse_one_time_code(seed: Shown) -> Result<Option<SecretString>, Problem> {
    let seed = filled(seed.0);
    if let Some(seed) = &seed {
        Seed::parse(seed)?;
    }
    Ok(seed)
}

/// Text that says something.
pub(crate) fn filled(text: SecretString) -> Option<SecretString> {
    (!text.expose_secret().trim().is_empty()).then_some(text)
}

fn choose(secret: Secret, part: SecretPart, now: u64) -> Result<Revealed, Problem> {
    match part {
        SecretPart::Password => Ok(Revealed::Text(Shown(secret.password))),
        SecretPart::Notes => {
            secret.notes.map(|notes| Revealed::Text(Shown(notes))).ok_or_else(|| nothing_there("no notes"))
        }
        SecretPart::OneTimeCode => {
            let seed = secret.one_time_code.ok_or_else(|| nothing_there("no one-time codes"))?;
            Seed::parse(&seed).map(|seed| seed.code_at(now))
        }
        SecretPart::FormerPasswords => {
            let passwords = secret.former.into_iter();
            let passwords = passwords
                .map(|former| FormerPassword { password: Shown(former.password), until: former.until });
            Ok(Revealed::FormerPasswords { passwords: passwords.collect() })
        }
    }
}

pub(crate) fn nothing_there(what: &str) -> Problem {
    Problem::new(
        Code::NotFound,
        format!("there are {what} for this app"),
        "open the app in Lanyard and edit it to add some",
    )
}
