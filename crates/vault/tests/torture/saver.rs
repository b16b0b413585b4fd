//! The process that saves, and writes down what was acknowledged.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use lanyard_policy::{ExposureFacts, Presence, decide_exposure};
use lanyard_vault::{
    Compartment, Holds, Keychain, OpenError, Overview, Permit, RecordId, RecoveryCode, Secret, SecretChange,
    StoreError, Vault,
};
use secrecy::{ExposeSecret as _, SecretString};

use crate::script::{State, Step, Value};

/// How long a process waits for another that has the vault open.
const PATIENCE: Duration = Duration::from_mins(1);

/// Saves step after step, whatever happens to it.
pub(crate) fn save(dir: &Path, keychain: &Arc<dyn Keychain>, steps: &[Step], log: &mut File, pauses: bool) {
    let mut say = |line: String| log.write_all(line.as_bytes()).expect("the acknowledgement is written");
    let mut vault = None;
    for (number, step) in steps.iter().enumerate() {
        if pauses || matches!(step, Step::Reopen) {
            vault = None;
        }
        if vault.is_none() {
            say("open\n".into());
            vault = open(dir, keychain).ok();
        }
        say(format!("try {number}\n"));
        let came_of_it = match vault.as_mut().map(|vault| perform(vault, step)) {
            Some(Ok(Performed::Saved)) => "ok",
            Some(Ok(Performed::Unchanged)) => "unchanged",
            Some(Err(_)) | None => "failed",
        };
        say(format!("{came_of_it} {number}\n"));
    }
}

/// Opens and unlocks; waits for another process that has it open.
pub(crate) fn open(dir: &Path, keychain: &Arc<dyn Keychain>) -> Result<Vault, String> {
    let began = Instant::now();
    let mut vault = loop {
        match Vault::open_or_create(dir, Arc::clone(keychain)) {
            // The lock of the other tells nobody when it goes; opening waits for it a quarter of a second.
            Err(OpenError::InUse { .. }) if began.elapsed() < PATIENCE => std::thread::yield_now(),
            opened => break opened.map_err(|error| format!("{error}: {error:?}"))?,
        }
    };
    vault.unlock().map_err(|error| format!("{error}: {error:?}"))?;
    Ok(vault)
}

/// Everything that is in an unlocked vault, each secret opened.
pub(crate) fn state_of(vault: &Vault, service_names: &[String]) -> Result<State, String> {
    let mut state = State::new();
    for (title, id) in titles(vault).map_err(|error| format!("{error:?}"))? {
        let secret = vault.expose_secret(permit(id)).map_err(|error| format!("{title}: {error:?}"))?;
        let weight = secret.notes.as_ref().map_or(0, |notes| notes.expose_secret().len());
        state.insert(title, format!("{} {weight}", secret.password.expose_secret()));
    }
    for name in service_names {
        let value = vault.service_get(name).map_err(|error| format!("{name}: {error:?}"))?;
        if let Some(value) = value {
            state.insert(name.clone(), String::from_utf8_lossy(&value).trim_end_matches('n').to_owned());
        }
    }
    Ok(state)
}

/// Saves a record under a title that no step has.
pub(crate) fn save_one(vault: &mut Vault, title: &str) -> Result<(), String> {
    let value = Value { text: "saved".into(), weight: 5, at: 7 };
    perform_alone(vault, title, &Step::Set { title: title.into(), value })
}

/// Removes the record that [`save_one`] saved.
pub(crate) fn remove_one(vault: &mut Vault, title: &str) -> Result<(), String> {
    perform_alone(vault, title, &Step::Remove { title: title.into() })
}

fn perform_alone(vault: &mut Vault, title: &str, step: &Step) -> Result<(), String> {
    perform(vault, step).map(drop).map_err(|error| format!("{title}: {error:?}"))
}

/// What came of a step that went well.
enum Performed {
    Saved,
    /// Nothing was asked of the file, and so what an earlier save left there may still come or go.
    Unchanged,
}

fn perform(vault: &mut Vault, step: &Step) -> Result<Performed, StoreError> {
    let there = titles(vault)?;
    match step {
        Step::Set { title, value } => match there.get(title) {
            Some(id) => {
                let notes = Some(Some(SecretString::from(value.notes())));
                let change = SecretChange { notes, ..SecretString::from(value.text.as_str()).into() };
                vault.update(*id, overview(title, value), change)?;
            }
            None => _ = vault.add(overview(title, value), secret(value))?,
        },
        Step::AddMany { titles, value } => {
            let new = titles.iter().filter(|title| !there.contains_key(*title));
            vault.add_many(new.map(|title| (overview(title, value), secret(value))).collect())?;
        }
        Step::Remove { title } => match there.get(title) {
            Some(id) => vault.remove(*id)?,
            None => return Ok(Performed::Unchanged),
        },
        Step::Service { name, value } => {
            vault.service_put(name, format!("{}{}", value.sign(), value.notes()).as_bytes())?;
        }
        Step::RemoveService { name } => vault.service_remove(name)?,
        Step::BackUp => {
            vault.back_up()?;
            return Ok(Performed::Unchanged);
        }
        Step::Rekey => vault.rekey()?,
        Step::RecoveryCode => {
            vault.set_recovery_code(&RecoveryCode::make_random(), SystemTime::now())?;
        }
        Step::Reopen => return Ok(Performed::Unchanged),
    }
    Ok(Performed::Saved)
}

fn titles(vault: &Vault) -> Result<BTreeMap<String, RecordId>, StoreError> {
    Ok(vault.overviews()?.map(|(id, overview)| (overview.title.to_string(), id)).collect())
}

fn secret(value: &Value) -> Secret {
    Secret { notes: Some(value.notes().into()), ..SecretString::from(value.text.as_str()).into() }
}

fn overview(title: &str, value: &Value) -> Overview {
    Overview {
        compartment: Compartment::Personal,
        title: title.into(),
        user_name: "alice".into(),
        origin: format!("https://{title}.example").into(),
        login_url: format!("https://{title}.example/login").into(),
        auto_submit: true,
        changed_at: value.at,
        holds: Holds::default(),
        verify: false,
        form: None,
    }
}

fn permit(record: RecordId) -> Permit {
    let facts = ExposureFacts {
        signed_in: true,
        unlocked: true,
        known: true,
        presence: Presence::Agreed,
        key_required: false,
    };
    Permit::new(record, decide_exposure(&facts).expect("everything is in order"))
}
