//! Suggestions and fills.

use lanyard_audit::{Event, Outcome};
use lanyard_catalog::{InvalidOrigin, Origin};
use lanyard_policy::{Cause, Facts, LaunchRight, Refusal, decide};
use lanyard_protocol::browser::{self, Account, FillCause, FillOutcome, Frame, NotFilled, Part, Response};
use lanyard_protocol::common::Problem;
use lanyard_vault::{RecordId, Vault};

use crate::ids::make_id;
use crate::permit::Permit;
use crate::problem::{self, invalid_origin, store_problem};
use crate::{Broker, Browser, saving};

/// Most fills whose end is waited for; a browser that never tells is forgotten about.
const MOST_RELEASED: usize = 64;

/// A fill whose values are on their way into a page.
pub(crate) struct Released {
    profile: String,
    app: String,
    origin: String,
}

impl Released {
    pub(crate) fn is_of(&self, profile: &str) -> bool {
        self.profile == profile
    }
}

impl Broker {
    /// The accounts for a page, and whether a login there is offered to be saved.
    pub fn suggest(
        &self,
        browser: &Browser,
        frame: &Frame,
    ) -> Result<(Vec<Account>, browser::Saving), Problem> {
        let vault = self.ready_for(browser)?;
        let origin = Origin::parse(&frame.frame_origin).map_err(invalid_origin)?;
        let saving = saving::to_wire(self.saving(&origin));
        // A frame inside a page of another origin gets nothing, so it is offered nothing.
        if frame.top_origin != frame.frame_origin {
            return Ok((Vec::new(), saving));
        }
        let records = vault.by_origin(origin.as_str()).map_err(|error| store_problem(&error))?;
        let account = |record: RecordId| {
            let overview = vault.overview(record).ok()?;
            Some(Account {
                app: record.to_string(),
                name: overview.title.to_string(),
                user_name: overview.user_name.to_string(),
                one_time_code: overview.holds.one_time_code,
            })
        };
        let mut accounts: Vec<Account> = records.into_iter().filter_map(account).collect();
        accounts.sort_by(|one, other| one.user_name.cmp(&other.user_name));
        Ok((accounts, saving))
    }

    /// Releases the values of one app for one frame, or says why not.
    pub fn fill(
        &mut self,
        browser: &Browser,
        frame: &Frame,
        app: &str,
        cause: &FillCause,
        parts: &[Part],
    ) -> Result<Response, Problem> {
        let parsed =
            (Origin::parse(&frame.frame_origin), Origin::parse(&frame.top_origin), app.parse::<RecordId>());
        let (Ok(frame_origin), Ok(top_origin), Ok(record)) = parsed else {
            self.note(Event::FillRefused, Outcome::Refused, |entry| {
                entry.browser = Some(browser.name.clone());
                entry.reason = Some("not a web page, or not an app".into());
            });
            return Err(invalid_origin(InvalidOrigin));
        };
        let overview = self.vault.as_ref().ok().and_then(|vault| vault.overview(record).ok());
        let app_origin = overview.and_then(|overview| Origin::parse(&overview.origin).ok());
        let facts = Facts {
            browser_paired: browser.paired,
            signed_in: self.account.is_some(),
            unlocked: self.is_unlocked(),
            app_origin: app_origin.as_ref(),
            frame_origin: &frame_origin,
            top_origin: &top_origin,
            top_frame: frame.frame == 0,
            cause: match cause {
                FillCause::Gesture {} => Cause::Gesture,
                FillCause::Launch { launch } => Cause::Launch(self.launch_right(launch, record, browser)),
                // Not until the companion keeps count of steps and of what is automatic.
                FillCause::Continue { .. } | FillCause::Arrival {} => Cause::Launch(LaunchRight::Ended),
            },
        };
        let allowed = match decide(&facts) {
            Ok(allowed) => allowed,
            Err(refusal) => return Err(self.refuse_fill(browser, &frame_origin, record, refusal)),
        };
        if let FillCause::Launch { launch } = cause {
            self.launches.spend(launch);
        }
        self.release(browser, record, Permit::new(record, allowed), parts).inspect_err(|problem| {
            let reason = problem.message.clone();
            self.note(Event::Filled, Outcome::Failed, |entry| {
                entry.origin = Some(frame_origin.to_string());
                entry.browser = Some(browser.name.clone());
                entry.reason = Some(reason);
            });
        })
    }

    /// Writes down what became of a fill.
    pub fn fill_ended(&mut self, browser: &Browser, fill: &str, outcome: &FillOutcome) {
        let Some(released) = self.fills.remove(fill).filter(|released| released.profile == browser.profile)
        else {
            return;
        };
        match outcome {
            FillOutcome::Filled { .. } => {}
            FillOutcome::NotFilled { reason } => {
                let reason = match reason {
                    NotFilled::PageChanged => "the page changed",
                    NotFilled::FormGone => "the form was gone",
                    NotFilled::ValuesNotKept => "the page did not keep the values",
                    NotFilled::Covered => "something lay over the form",
                    NotFilled::TooLong => "a value was longer than its field",
                    NotFilled::ForeignAction => "the form led to another address",
                    NotFilled::OtherAccount => "the page asked for another account",
                    NotFilled::Rejected => "the site did not accept it",
                };
                self.note(Event::Filled, Outcome::Failed, |entry| {
                    entry.app = Some(released.app);
                    entry.origin = Some(released.origin);
                    entry.browser = Some(browser.name.clone());
                    entry.reason = Some(reason.into());
                });
            }
        }
    }

    /// Refuses a browser that is not connected; what it asks does not need an open vault.
    pub fn ask_paired(&self, browser: &Browser) -> Result<(), Problem> {
        if browser.paired { Ok(()) } else { Err(problem::not_paired()) }
    }

    /// The vault, where this browser may ask about it.
    pub(crate) fn ready_for(&self, browser: &Browser) -> Result<&Vault, Problem> {
        let vault = self.opened_vault()?;
        if !browser.paired {
            return Err(problem::not_paired());
        }
        if self.account.is_none() {
            return Err(problem::signed_out());
        }
        if vault.is_unlocked() { Ok(vault) } else { Err(problem::locked()) }
    }

    fn launch_right(&self, launch: &str, record: RecordId, browser: &Browser) -> LaunchRight {
        self.launches.look_up(launch, record, browser, self.clock.since_boot())
    }

    fn refuse_fill(
        &mut self,
        browser: &Browser,
        origin: &Origin,
        record: RecordId,
        refusal: Refusal,
    ) -> Problem {
        let overview = self.vault.as_ref().ok().and_then(|vault| vault.overview(record).ok());
        let app = overview.map(|overview| overview.title.to_string());
        self.note(Event::FillRefused, Outcome::Refused, |entry| {
            entry.app = app;
            entry.origin = Some(origin.to_string());
            entry.browser = Some(browser.name.clone());
            entry.reason = Some(problem::reason(refusal).into());
        });
        problem::refused(refusal)
    }

    /// The line is written when the values leave, not when the page has taken them: from then on they are out.
    fn release(
        &mut self,
        browser: &Browser,
        record: RecordId,
        permit: Permit,
        parts: &[Part],
    ) -> Result<Response, Problem> {
        let vault = self.opened_vault()?;
        let overview = vault.overview(record).map_err(|error| store_problem(&error))?.clone();
        let password = vault.expose_secret(permit).map_err(|error| store_problem(&error))?.password;
        let fill = make_id();
        if self.fills.len() >= MOST_RELEASED {
            self.fills.clear();
        }
        self.fills.insert(
            fill.clone(),
            Released {
                profile: browser.profile.clone(),
                app: overview.title.to_string(),
                origin: overview.origin.to_string(),
            },
        );
        self.used(record);
        self.note(Event::Filled, Outcome::Done, |entry| {
            entry.app = Some(overview.title.to_string());
            entry.origin = Some(overview.origin.to_string());
            entry.browser = Some(browser.name.clone());
        });
        Ok(Response::Fill {
            fill,
            user_name: parts.contains(&Part::UserName).then(|| overview.user_name.to_string()),
            password: parts.contains(&Part::Password).then_some(password),
            one_time_code: None,
            extras: Vec::new(),
            submit: overview.auto_submit,
        })
    }
}
