//! Apps: listed, found, added.

use lanyard_audit::{Event, Outcome};
use lanyard_catalog::Origin;
use lanyard_policy::Saving;
use lanyard_protocol::browser::Frame;
use lanyard_protocol::common::{self, AppView, Code, NewApp, Problem};
use lanyard_vault::{Compartment, Holds, Overview, RecordId, Secret};

use crate::credential::{filled, parse_name, parse_one_time_code};
use crate::problem::{invalid_origin, locked, no_such_app, store_problem};
use crate::{Broker, Browser};

/// How many of the apps used last are shown before all others.
const SHOWN_AS_RECENT: usize = 8;

/// Apps that match a search.
pub struct Found {
    /// At most as many as were asked for: recently used ones first, then by name.
    pub apps: Vec<AppView>,
    /// How many of these were used recently.
    pub recent: usize,
    /// How many match.
    pub total: usize,
}

impl Broker {
    /// Apps whose name, user name or host contains `query`, whatever the case.
    pub fn apps(&self, query: &str, limit: usize) -> Result<Found, Problem> {
        let vault = self.opened_vault()?;
        let query = query.trim().to_lowercase();
        let matches = |overview: &Overview| {
            query.is_empty()
                || [&*overview.title, &*overview.user_name, host_of(&overview.origin)]
                    .iter()
                    .any(|text| text.to_lowercase().contains(&query))
        };
        let mut found: Vec<(Option<usize>, &Overview, RecordId)> = vault
            .overviews()
            .map_err(|error| store_problem(&error))?
            .filter(|(_, overview)| matches(overview))
            .map(|(record, overview)| {
                let recent = self.recent.iter().take(SHOWN_AS_RECENT);
                (recent.into_iter().position(|other| *other == record), overview, record)
            })
            .collect();
        let key = |(recent, overview, _): &(Option<usize>, &Overview, RecordId)| {
            (recent.unwrap_or(usize::MAX), overview.title.to_lowercase())
        };
        found.sort_by_cached_key(key);
        let total = found.len();
        found.truncate(limit);
        let recent = found.iter().filter(|(recent, ..)| recent.is_some()).count();
        Ok(Found {
            apps: found.into_iter().map(|(_, overview, record)| view(record, overview)).collect(),
            recent,
            total,
        })
    }

    /// How many apps there are, while unlocked.
    pub fn count(&self) -> Option<usize> {
        self.opened_vault().ok()?.overviews().ok().map(Iterator::count)
    }

    /// The apps used last, newest first; none while locked.
    pub fn recent_apps(&self) -> Vec<AppView> {
        let Ok(vault) = self.opened_vault() else { return Vec::new() };
        let recent = self.recent.iter();
        recent
            .take(SHOWN_AS_RECENT)
            .filter_map(|record| vault.overview(*record).ok().map(|overview| view(*record, overview)))
            .collect()
    }

    /// The one app that is called this, or has this id.
    pub fn find_app(&self, name: &str) -> Result<RecordId, Problem> {
        let vault = self.opened_vault()?;
        if !vault.is_unlocked() {
            return Err(locked());
        }
        if let Ok(record) = name.parse::<RecordId>() {
            return vault.overview(record).map(|_| record).map_err(|error| store_problem(&error));
        }
        let wanted = name.trim().to_lowercase();
        let overviews = vault.overviews().map_err(|error| store_problem(&error))?;
        let mut named = overviews.filter(|(_, overview)| overview.title.to_lowercase() == wanted);
        match (named.next(), named.next()) {
            (Some((record, _)), None) => Ok(record),
            (None, _) => Err(no_such_app()),
            (Some(_), Some(_)) => Err(Problem::new(
                Code::Invalid,
                format!("several apps are called \"{}\"", name.trim()),
                "name it by its id; `lanyard credentials list --json` shows the ids",
            )),
        }
    }

    /// The address of an app's login page.
    pub fn login_url(&self, record: RecordId) -> Result<String, Problem> {
        let overview = self.opened_vault()?.overview(record).map_err(|error| store_problem(&error))?;
        Ok(overview.login_url.to_string())
    }

    /// Adds an account for a page, typed into the extension's own page. Returns its origin.
    pub fn add_account(&mut self, browser: &Browser, frame: &Frame, new: NewApp) -> Result<Origin, Problem> {
        self.ready_for(browser)?;
        let origin = Origin::of_page(&new.login_url).map_err(invalid_origin)?;
        if origin.as_str() != frame.frame_origin || frame.frame_origin != frame.top_origin {
            return Err(Problem::new(
                Code::Refused,
                "the account is for another address than the page's",
                "open the app's own login page and add the account there",
            ));
        }
        if self.saving(&origin, false) == Saving::Forbidden {
            return Err(Problem::new(
                Code::Refused,
                "your organisation allows only its own apps to be saved",
                "ask your administrator to add this app",
            ));
        }
        self.add_app(new).map(|(_, origin)| origin)
    }

    /// Adds an app by hand. Returns its id and its origin.
    pub fn add_app(&mut self, new: NewApp) -> Result<(RecordId, Origin), Problem> {
        let origin = Origin::of_page(&new.login_url).map_err(invalid_origin)?;
        let title = parse_name(&new.name)?.to_owned();
        let overview = Overview {
            compartment: self.compartment_of(&origin),
            title: title.as_str().into(),
            user_name: new.user_name.into(),
            origin: origin.as_str().into(),
            login_url: new.login_url.into(),
            auto_submit: new.auto_submit,
            changed_at: self.clock.unix_ms(),
            holds: Holds::default(),
            verify: false,
            form: None,
        };
        let secret = Secret {
            one_time_code: new.one_time_code.map(parse_one_time_code).transpose()?.flatten(),
            notes: new.notes.and_then(|notes| filled(notes.0)),
            ..Secret::from(new.password)
        };
        let vault = self.opened_vault_mut()?;
        let record = vault.add(overview, secret).map_err(|error| store_problem(&error))?;
        self.note(Event::AppAdded, Outcome::Done, |entry| {
            entry.app = Some(title);
            entry.origin = Some(origin.to_string());
        });
        Ok((record, origin))
    }
}

/// Host and port of an origin: every other one has the scheme too, which says nothing to a search.
fn host_of(origin: &str) -> &str {
    origin.split_once("://").map_or(origin, |(_, host)| host)
}

pub(crate) fn view(record: RecordId, overview: &Overview) -> AppView {
    AppView {
        app: record.to_string(),
        name: overview.title.to_string(),
        user_name: overview.user_name.to_string(),
        origin: overview.origin.to_string(),
        login_url: overview.login_url.to_string(),
        auto_submit: overview.auto_submit,
        compartment: match overview.compartment {
            Compartment::Organisation => common::Compartment::Organisation,
            Compartment::Personal => common::Compartment::Personal,
        },
    }
}
