//! What leaves with the person: each credential opened by itself, for a decision of its own.

use lanyard_audit::{Event, Outcome};
use lanyard_policy::{ExportFacts, Presence, decide_export};
use lanyard_protocol::common::Problem;
use lanyard_protocol::credential::{Login, Shown};
use lanyard_vault::{Compartment, Overview, Permit, RecordId, Secret};

use crate::one_time_code::Seed;
use crate::problem::{self, store_problem};
use crate::{Broker, OneTimeCodes};

/// What an export would take, and what stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exportable {
    /// What leaves.
    pub records: Vec<RecordId>,
    /// How many stay, because they are the organisation's.
    pub left_out: usize,
}

/// A credential that leaves, whole.
pub struct HandedOut {
    /// What everybody may know of it.
    pub overview: Overview,
    /// The rest.
    pub secret: Secret,
    /// What its seed for one-time codes says, where it has one that can be read.
    pub one_time_codes: Option<OneTimeCodes>,
}

impl Broker {
    /// What an export hands out: the person's own, and the organisation's where that allows it.
    pub fn exportable(&self) -> Result<Exportable, Problem> {
        let allowed = self.organisation_allows_export();
        let mut found = Exportable { records: Vec::new(), left_out: 0 };
        for (record, overview) in self.opened_vault()?.overviews().map_err(|error| store_problem(&error))? {
            if allowed || overview.compartment == Compartment::Personal {
                found.records.push(record);
            } else {
                found.left_out += 1;
            }
        }
        Ok(found)
    }

    /// One of them with everything that is secret.
    pub fn hand_out(&self, record: RecordId, presence: Presence) -> Result<HandedOut, Problem> {
        let vault = self.opened_vault()?;
        let overview = vault.overview(record).map_err(|error| store_problem(&error))?.clone();
        let facts = ExportFacts {
            exposure: self.exposure_facts(record, presence)?,
            organisations: overview.compartment == Compartment::Organisation,
            organisation_allows: self.organisation_allows_export(),
        };
        let allowed = decide_export(&facts).map_err(problem::refused)?;
        let permit = Permit::new(record, allowed);
        let secret = vault.expose_secret(permit).map_err(|error| store_problem(&error))?;
        // One that cannot be read leaves as it was written.
        let seed = secret.one_time_code.as_ref().and_then(|seed| Seed::parse(seed).ok());
        Ok(HandedOut { overview, secret, one_time_codes: seed.map(|seed| seed.codes()) })
    }

    /// Some of them as other password stores know logins.
    pub fn export(&self, records: &[RecordId], presence: Presence) -> Result<Vec<Login>, Problem> {
        let login = |record: &RecordId| {
            let HandedOut { overview, secret, .. } = self.hand_out(*record, presence)?;
            Ok(Login {
                name: overview.title.to_string(),
                login_url: overview.login_url.to_string(),
                user_name: overview.user_name.to_string(),
                password: Shown(secret.password),
                one_time_code: secret.one_time_code.map(Shown),
                notes: secret.notes.map(Shown),
            })
        };
        records.iter().map(login).collect()
    }

    /// Writes down that an export was made, or was not.
    pub fn note_export(&mut self, exported: &Result<u32, Problem>) {
        let (outcome, reason) = match exported {
            Ok(count) => (Outcome::Done, count.to_string()),
            Err(problem) => (Outcome::Refused, problem.message.clone()),
        };
        self.note(Event::Exported, outcome, |entry| entry.reason = Some(reason));
    }

    fn organisation_allows_export(&self) -> bool {
        self.organisation.as_ref().is_some_and(|organisation| organisation.apps_exportable)
    }
}
