//! Logins from other password stores.

use std::collections::HashMap;

use lanyard_audit::{Event, Outcome};
use lanyard_catalog::Origin;
use lanyard_protocol::common::Problem;
use lanyard_protocol::credential::{ImportOutcome, Login};
use lanyard_vault::{Holds, Overview, RecordId, Secret, SecretChange};

use crate::Broker;
use crate::credential::{filled, parse_name, parse_one_time_code};
use crate::problem::{invalid_origin, store_problem};

/// What a message with logins comes to.
#[derive(Default)]
struct Plan {
    outcomes: Vec<ImportOutcome>,
    added: Vec<(Overview, Secret)>,
    replaced: Vec<(RecordId, Overview, SecretChange)>,
    /// Accounts that this message adds, to notice one that comes twice.
    new: HashMap<(String, String), usize>,
}

impl Broker {
    /// Takes logins, or says what would become of each. An account is known by origin and user name. Those that are
    /// refused keep the others from nothing.
    pub fn import(
        &mut self,
        logins: Vec<Login>,
        replace: bool,
        dry_run: bool,
    ) -> Result<Vec<ImportOutcome>, Problem> {
        // A locked vault answers before anything is looked at.
        self.opened_vault()?.overviews().map(drop).map_err(|error| store_problem(&error))?;
        let mut plan = Plan::default();
        for login in logins {
            let outcome = self.plan(&mut plan, login, replace).unwrap_or_else(ImportOutcome::Refused);
            plan.outcomes.push(outcome);
        }
        if dry_run {
            return Ok(plan.outcomes);
        }
        let Plan { outcomes, added, replaced, .. } = plan;
        let count = added.len() + replaced.len();
        let vault = self.opened_vault_mut()?;
        let mut result = Ok(());
        if !added.is_empty() {
            result = vault.add_many(added).map(drop);
        }
        if result.is_ok() && !replaced.is_empty() {
            result = vault.update_many(replaced);
        }
        let outcome = if result.is_ok() { Outcome::Done } else { Outcome::Failed };
        if count > 0 {
            let reason = result.as_ref().err().map_or_else(|| count.to_string(), ToString::to_string);
            self.note(Event::Imported, outcome, |entry| entry.reason = Some(reason));
        }
        result.map(|()| outcomes).map_err(|error| store_problem(&error))
    }

    fn plan(&self, plan: &mut Plan, login: Login, replace: bool) -> Result<ImportOutcome, Problem> {
        let Login { name, login_url, user_name, password, one_time_code, notes } = login;
        let origin = Origin::of_page(&login_url).map_err(invalid_origin)?;
        let title = parse_name(&name)?;
        let one_time_code = one_time_code.map(parse_one_time_code).transpose()?.flatten();
        let notes = notes.and_then(|notes| filled(notes.0));
        let vault = self.opened_vault()?;
        let known = vault.by_origin(origin.as_str()).map_err(|error| store_problem(&error))?;
        let known = known
            .into_iter()
            .find(|record| vault.overview(*record).is_ok_and(|overview| *overview.user_name == *user_name));
        if let Some(record) = known {
            let same = vault.has_password(record, &password.0).map_err(|error| store_problem(&error))?;
            if same || !replace {
                return Ok(if same { ImportOutcome::Same {} } else { ImportOutcome::Kept {} });
            }
            let old = vault.overview(record).map_err(|error| store_problem(&error))?;
            let overview = Overview { changed_at: self.clock.unix_ms(), ..old.clone() };
            let change = SecretChange {
                password: Some(password.0),
                one_time_code: one_time_code.map(Some),
                notes: notes.map(Some),
            };
            plan.replaced.push((record, overview, change));
            return Ok(ImportOutcome::Replaced {});
        }
        let account = (origin.as_str().to_owned(), user_name.clone());
        if let Some(before) = plan.new.get(&account) {
            use secrecy::ExposeSecret as _;
            let same = plan.added[*before].1.password.expose_secret() == password.0.expose_secret();
            return Ok(if same { ImportOutcome::Same {} } else { ImportOutcome::Kept {} });
        }
        plan.new.insert(account, plan.added.len());
        let overview = Overview {
            compartment: self.compartment_of(&origin),
            title: title.into(),
            user_name: user_name.into(),
            origin: origin.as_str().into(),
            login_url: login_url.into(),
            auto_submit: true,
            changed_at: self.clock.unix_ms(),
            holds: Holds::default(),
            verify: false,
            form: None,
        };
        plan.added.push((overview, Secret { one_time_code, notes, ..Secret::from(password.0) }));
        Ok(ImportOutcome::Added {})
    }
}
