//! On which sites a login is offered to be saved: what the organisation says, what the person chose, and where the person
//! said "never here".

use std::collections::BTreeSet;

use lanyard_audit::{Event, Outcome};
use lanyard_catalog::Origin;
use lanyard_policy::{Saving, SavingFacts, decide_saving};
use lanyard_protocol::browser::{self, Frame};
use lanyard_protocol::common::Problem;
use lanyard_vault::Compartment;

use crate::problem::{invalid_origin, store_problem};
use crate::{Broker, Browser};

/// The service entry that holds the sites: it can be read while locked, so that nothing is offered there then either.
const NEVER: &str = "never sites";

/// What the organisation that this laptop is configured for says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its name, as people read it.
    pub name: String,
    /// Its apps: their origins and names.
    pub apps: Vec<(Origin, String)>,
    /// Whether logins elsewhere may be saved, if the person wants it.
    pub saving_elsewhere: bool,
}

impl Broker {
    /// Sets what the organisation says and what the person chose.
    pub fn set_rules(&mut self, organisation: Option<Organisation>, offer_to_save: Option<bool>) {
        self.organisation = organisation;
        self.offer_to_save = offer_to_save;
    }

    /// Whether a login on pages of this origin is offered to be saved.
    pub fn saving(&self, origin: &Origin) -> Saving {
        decide_saving(&SavingFacts {
            organisation_app: self.compartment_of(origin) == Compartment::Organisation,
            never: self.never_sites().contains(origin.as_str()),
            ..self.saving_facts()
        })
    }

    /// The same for pages of no app, where the person has not said otherwise.
    pub fn saving_elsewhere(&self) -> browser::Saving {
        to_wire(decide_saving(&self.saving_facts()))
    }

    /// Sites where saving is never offered.
    pub fn never_sites(&self) -> BTreeSet<String> {
        let stored = self.service_get(NEVER).ok().flatten();
        stored.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Never offers to save on this page's site again.
    pub fn never(&mut self, browser: &Browser, frame: &Frame) -> Result<(), Problem> {
        self.ready_for(browser)?;
        let origin = Origin::parse(&frame.frame_origin).map_err(invalid_origin)?;
        self.change_site(&origin, false, Some(browser))
    }

    /// Offers to save on this site again.
    pub fn allow_site(&mut self, origin: &str, browser: Option<&Browser>) -> Result<(), Problem> {
        if let Some(browser) = browser {
            self.ready_for(browser)?;
        }
        let origin = Origin::parse(origin).map_err(invalid_origin)?;
        self.change_site(&origin, true, browser)
    }

    pub(crate) fn change_site(
        &mut self,
        origin: &Origin,
        offer: bool,
        browser: Option<&Browser>,
    ) -> Result<(), Problem> {
        let mut sites = self.never_sites();
        let changed =
            if offer { sites.remove(origin.as_str()) } else { sites.insert(origin.as_str().to_owned()) };
        if !changed {
            return Ok(());
        }
        let bytes = serde_json::to_vec(&sites).expect("origins are plain strings");
        self.service_put(NEVER, &bytes).map_err(|error| store_problem(&error))?;
        self.note(Event::SiteChanged, Outcome::Done, |entry| {
            entry.origin = Some(origin.to_string());
            entry.browser = browser.map(|browser| browser.name.clone());
            entry.reason = Some(if offer { "offer to save" } else { "never offer to save" }.into());
        });
        Ok(())
    }

    fn saving_facts(&self) -> SavingFacts {
        SavingFacts {
            organisation_app: false,
            organisation: self.organisation.is_some(),
            forbidden: self.organisation.as_ref().is_some_and(|organisation| !organisation.saving_elsewhere),
            offer_to_save: self.offer_to_save,
            never: false,
        }
    }

    /// Whose an account at this origin is.
    pub(crate) fn compartment_of(&self, origin: &Origin) -> Compartment {
        match self.organisation_app(origin) {
            Some(_) => Compartment::Organisation,
            None => Compartment::Personal,
        }
    }

    /// What the organisation calls its app at this origin.
    pub(crate) fn organisation_app(&self, origin: &Origin) -> Option<&str> {
        let apps = &self.organisation.as_ref()?.apps;
        apps.iter().find(|(other, _)| other == origin).map(|(_, name)| name.as_str())
    }
}

/// As the wire says it.
pub(crate) fn to_wire(saving: Saving) -> browser::Saving {
    match saving {
        Saving::Offered => browser::Saving::Offered,
        Saving::Never => browser::Saving::Never,
        Saving::Off => browser::Saving::Off,
        Saving::Forbidden => browser::Saving::Forbidden,
    }
}
