//! Launches: the right to fill one app, each part of its login once, because the person opened it from Lanyard.

use std::time::Duration;

use lanyard_audit::{Event, Outcome};
use lanyard_catalog::Origin;
use lanyard_policy::Right as Worth;
use lanyard_protocol::browser::{FormHint, Launch};
use lanyard_protocol::common::Problem;
use lanyard_vault::RecordId;

use crate::ids::make_id;
use crate::problem::store_problem;
use crate::{Broker, Browser, problem};

/// How long a launch waits for its page.
pub const LIFETIME: Duration = Duration::from_mins(1);

/// Rights that are under way.
#[derive(Default)]
pub(crate) struct Launches(Vec<Right>);

struct Right {
    id: String,
    record: RecordId,
    /// The browser it was sent to; none until one is there.
    profile: Option<String>,
    ends: Duration,
}

impl Launches {
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// What the right is worth for this app in this browser.
    pub(crate) fn look_up(&self, id: &str, record: RecordId, browser: &Browser, now: Duration) -> Worth {
        match self.0.iter().find(|right| right.id == id && right.ends > now) {
            None => Worth::Ended,
            Some(right) if right.record == record && right.profile.as_ref() == Some(&browser.profile) => {
                Worth::Good
            }
            Some(_) => Worth::Other,
        }
    }

    pub(crate) fn forget(&mut self, profile: &str) {
        self.0.retain(|right| right.profile.as_deref() != Some(profile));
    }

    /// Uses a right up.
    pub(crate) fn spend(&mut self, id: &str) {
        self.0.retain(|right| right.id != id);
    }

    fn end_old(&mut self, now: Duration) {
        self.0.retain(|right| right.ends > now);
    }
}

impl Broker {
    /// Makes the right for a launch of an app. Without a browser it waits for the first that connects.
    ///
    /// `open` says whether that browser's extension is to open the page.
    pub fn launch(
        &mut self,
        record: RecordId,
        browser: Option<&Browser>,
        open: bool,
    ) -> Result<Launch, Problem> {
        self.make_right(record, browser, open).inspect_err(|problem| {
            let reason = problem.message.clone();
            self.note(Event::Launched, Outcome::Refused, |entry| entry.reason = Some(reason));
        })
    }

    fn make_right(
        &mut self,
        record: RecordId,
        browser: Option<&Browser>,
        open: bool,
    ) -> Result<Launch, Problem> {
        let vault = self.opened_vault()?;
        let overview = vault.overview(record).map_err(|error| store_problem(&error))?.clone();
        if self.account.is_none() {
            return Err(problem::signed_out());
        }
        let now = self.clock.since_boot();
        self.launches.end_old(now);
        // A second launch of an app replaces the first: one tab is filled, not two.
        self.launches.0.retain(|right| right.record != record);
        let id = make_id();
        self.launches.0.push(Right {
            id: id.clone(),
            record,
            profile: browser.map(|browser| browser.profile.clone()),
            ends: now + LIFETIME,
        });
        self.used(record);
        self.note(Event::Launched, Outcome::Done, |entry| {
            entry.record = Some(record.to_string());
            entry.app = Some(overview.title.to_string());
            entry.origin = Some(overview.origin.to_string());
            entry.browser = browser.map(|browser| browser.name.clone());
        });
        Ok(Launch {
            launch: id,
            app: record.to_string(),
            origin: overview.origin.to_string(),
            open: open.then(|| overview.login_url.to_string()),
            expires_in: u32::try_from(LIFETIME.as_millis()).unwrap_or(u32::MAX),
            form: self.launch_hint(&overview.origin, record),
        })
    }

    /// The launches that waited for a browser: they are this one's from here on. Somebody else has opened their pages.
    pub fn claim_launches(&mut self, browser: &Browser) -> Vec<Launch> {
        let now = self.clock.since_boot();
        self.launches.end_old(now);
        let Ok(vault) = &self.vault else { return Vec::new() };
        let waiting = self.launches.0.iter_mut().filter(|right| right.profile.is_none() && browser.paired);
        let mut claimed: Vec<Launch> = waiting
            .filter_map(|right| {
                let origin = vault.overview(right.record).ok()?.origin.to_string();
                right.profile = Some(browser.profile.clone());
                let left = right.ends.saturating_sub(now);
                Some(Launch {
                    launch: right.id.clone(),
                    app: right.record.to_string(),
                    origin,
                    open: None,
                    expires_in: u32::try_from(left.as_millis()).unwrap_or(u32::MAX),
                    form: None,
                })
            })
            .collect();
        for launch in &mut claimed {
            launch.form = launch.app.parse().ok().and_then(|record| self.launch_hint(&launch.origin, record));
        }
        claimed
    }

    fn launch_hint(&self, origin: &str, record: RecordId) -> Option<Box<FormHint>> {
        self.form_hint(&Origin::parse(origin).ok()?, &[record])
    }
}
