//! On which sites a login is offered to be saved: what the organisation says, what the person chose, and where the person
//! said "never here".

use std::collections::BTreeSet;

use lanyard_audit::{Event, Outcome};
use lanyard_catalog::{App, Origin, SiteRules};
use lanyard_policy::{Saving, SavingFacts, decide_saving};
use lanyard_protocol::browser::{self, Frame};
use lanyard_protocol::common::Problem;
use lanyard_vault::{Compartment, Vault};

use crate::problem::{invalid_origin, store_problem, unreadable_sites};
use crate::{Broker, Browser};

/// The service entry that holds the sites: it can be read while locked, so that nothing is offered there then either.
const NEVER: &str = "never sites";

/// What the organisation that this laptop is configured for says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its name, as people read it.
    pub name: String,
    /// Its apps.
    pub apps: Vec<App>,
    /// What sites want of passwords.
    pub password_rules: SiteRules,
    /// Whether logins elsewhere may be saved, if the person wants it.
    pub saving_elsewhere: bool,
    /// Whether people may have Lanyard's icon in the fields of pages.
    pub field_icon: bool,
    /// Whether accounts of its apps may leave with an export.
    pub apps_exportable: bool,
}

impl Broker {
    /// Sets what the organisation says and what the person chose.
    pub fn set_rules(&mut self, organisation: Option<Organisation>, offer_to_save: Option<bool>) {
        self.organisation = organisation;
        self.offer_to_save = offer_to_save;
    }

    /// Whether a login on pages of this origin is offered to be saved; `kept` says whether it may be one of an account that
    /// is kept. Where nobody can know on which sites the person said "never here", it is never here.
    pub fn saving(&self, origin: &Origin, kept: bool) -> Saving {
        decide_saving(&SavingFacts {
            organisation_app: self.compartment_of(origin) == Compartment::Organisation,
            never: self.never.as_ref().is_none_or(|sites| sites.contains(origin.as_str())),
            kept,
            ..self.saving_facts()
        })
    }

    /// The same for pages of no app, where the person has not said otherwise.
    pub fn saving_elsewhere(&self) -> browser::Saving {
        to_wire(decide_saving(&self.saving_facts()))
    }

    /// Whether people may have Lanyard's icon in the fields of pages.
    pub fn field_icon(&self) -> bool {
        self.organisation.as_ref().is_none_or(|organisation| organisation.field_icon)
    }

    /// Sites where saving is never offered.
    pub fn never_sites(&self) -> Result<&BTreeSet<String>, Problem> {
        self.never.as_ref().ok_or_else(unreadable_sites)
    }

    /// Never offers to save on this page's site again.
    pub fn never(&mut self, browser: &Browser, frame: &Frame) -> Result<(), Problem> {
        self.ready_for(browser)?;
        let frame_origin = Origin::parse(&frame.frame_origin).map_err(invalid_origin)?;
        let origin = self.place_of(frame).unwrap_or(frame_origin);
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
        let mut sites = self.never_sites()?.clone();
        let changed =
            if offer { sites.remove(origin.as_str()) } else { sites.insert(origin.as_str().to_owned()) };
        if !changed {
            return Ok(());
        }
        let bytes = serde_json::to_vec(&sites).expect("origins are plain strings");
        self.service_put(NEVER, &bytes).map_err(|error| store_problem(&error))?;
        self.never = Some(sites);
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
            never: self.never.is_none(),
            kept: false,
        }
    }

    /// Whose an account at this origin is.
    pub(crate) fn compartment_of(&self, origin: &Origin) -> Compartment {
        match self.organisation_app(origin) {
            Some(_) => Compartment::Organisation,
            None => Compartment::Personal,
        }
    }
}

/// The sites as they were written; none where they cannot be read, which is not the same as there being none.
pub(crate) fn read_never_sites(vault: &Vault) -> Option<BTreeSet<String>> {
    match vault.service_get(NEVER) {
        Ok(Some(bytes)) => serde_json::from_slice(&bytes).ok(),
        Ok(None) => Some(BTreeSet::new()),
        Err(_) => None,
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
