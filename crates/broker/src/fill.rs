//! Suggestions and fills.

use lanyard_audit::{Event, Outcome};
use lanyard_catalog::{App, InvalidOrigin, Origin};
use lanyard_policy::{Allowed, Arrival, Cause, Facts, Pace, Places, Refusal, Right, decide};
use lanyard_protocol::browser::{
    self, Account, FillCause, FillOutcome, FormHint, Frame, NotFilled, Part, Response,
};
use lanyard_protocol::common::{Code, Problem};
use lanyard_vault::{Permit, RecordId, Vault};

use crate::credential::nothing_there;
use crate::flow::{Parts, Spot, Thread};
use crate::form::extras_of;
use crate::ids::make_id;
use crate::one_time_code::Seed;
use crate::problem::{self, invalid_origin, store_problem};
use crate::{Broker, Browser, saving, verification};

/// What is there for a page.
#[derive(Debug, PartialEq, Eq)]
pub struct Suggested {
    /// Accounts, the one used last first.
    pub accounts: Vec<Account>,
    /// Whether a login there is offered to be saved.
    pub saving: browser::Saving,
    /// What is known of its forms; none where the page is not an app's.
    pub form: Option<Box<FormHint>>,
}

/// One fill that is asked for.
struct Wish<'a> {
    spot: Spot,
    thread: Thread<'a>,
    parts: Parts,
}

impl Broker {
    /// What is there for a page. A frame inside a page of another origin gets nothing, so it is offered nothing.
    pub fn suggest(&self, browser: &Browser, frame: &Frame) -> Result<Suggested, Problem> {
        let vault = self.ready_for(browser)?;
        let frame_origin = Origin::parse(&frame.frame_origin).map_err(invalid_origin)?;
        let Some(origin) = self.place_of(frame) else {
            let saving = saving::to_wire(self.saving(&frame_origin, false));
            return Ok(Suggested { accounts: Vec::new(), saving, form: None });
        };
        let mut records = vault.by_origin(origin.as_str()).map_err(|error| store_problem(&error))?;
        records.sort_by_cached_key(|record| {
            let named = vault.overview(*record).ok();
            let named =
                named.map(|overview| (overview.title.to_lowercase(), overview.user_name.to_lowercase()));
            (self.recent.iter().position(|other| other == record).unwrap_or(usize::MAX), named)
        });
        let account = |record: &RecordId| {
            let overview = vault.overview(*record).ok()?;
            Some(Account {
                app: record.to_string(),
                name: overview.title.to_string(),
                user_name: overview.user_name.to_string(),
                one_time_code: overview.holds.one_time_code,
            })
        };
        Ok(Suggested {
            accounts: records.iter().filter_map(account).collect(),
            saving: saving::to_wire(self.saving(&origin, !records.is_empty())),
            form: self.form_hint(&origin, &records),
        })
    }

    /// Releases what a page asks for of one app, or says why not.
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
        let wish = Wish {
            spot: Spot { profile: browser.profile.clone(), tab: frame.tab, record },
            thread: match cause {
                FillCause::Launch { launch } => Thread::Launch(launch),
                FillCause::Continue { fill } => Thread::Fill(fill),
                FillCause::Gesture {} | FillCause::Arrival {} => Thread::New,
            },
            parts: Parts::of(parts),
        };
        let overview = self.vault.as_ref().ok().and_then(|vault| vault.overview(record).ok());
        let origin = overview.and_then(|overview| Origin::parse(&overview.origin).ok());
        let definition = origin.as_ref().and_then(|origin| self.organisation_app(origin));
        let wants_key = overview.is_some_and(|overview| verification::is_wanted(overview, definition));
        let facts = Facts {
            browser_paired: browser.paired,
            signed_in: self.account.is_some(),
            unlocked: self.is_unlocked(),
            places: origin.as_ref().map(|origin| Places {
                origin,
                pages: definition.map_or(&[], |app| &app.pages),
                frames: definition.map_or(&[], |app| &app.frames),
            }),
            frame_origin: &frame_origin,
            top_origin: &top_origin,
            top_frame: frame.frame == 0,
            pace: self.pace_of(browser, origin.as_ref()),
            cause: match cause {
                FillCause::Gesture {} => Cause::Gesture,
                FillCause::Launch { launch } => Cause::Launch(self.launch_right(launch, browser, &wish)),
                FillCause::Continue { .. } => Cause::Continue(self.step_right(&wish)),
                FillCause::Arrival {} => Cause::Arrival(self.arrival(definition, &wish)),
            },
            verification: self.verification(record, wants_key),
        };
        let allowed = match decide(&facts) {
            Ok(allowed) => allowed,
            Err(refusal) => return Err(self.refuse_fill(browser, &frame_origin, record, refusal)),
        };
        self.release(browser, wish, allowed).inspect_err(|problem| {
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
        let FillOutcome::NotFilled { reason } = outcome else { return };
        let give_back =
            matches!(reason, NotFilled::PageChanged | NotFilled::FormGone | NotFilled::ValuesNotKept);
        let Some(record) = self.flows.fail(fill, &browser.profile, give_back) else { return };
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
        let overview = self.vault.as_ref().ok().and_then(|vault| vault.overview(record).ok()).cloned();
        self.note(Event::Filled, Outcome::Failed, |entry| {
            entry.record = Some(record.to_string());
            entry.app = overview.as_ref().map(|overview| overview.title.to_string());
            entry.origin = overview.map(|overview| overview.origin.to_string());
            entry.browser = Some(browser.name.clone());
            entry.reason = Some(reason.into());
        });
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

    fn pace_of(&self, browser: &Browser, origin: Option<&Origin>) -> Pace {
        let origin = origin.map_or("", Origin::as_str);
        self.paces.of(&browser.profile, origin, self.clock.since_boot())
    }

    /// A launch is bound to the tab that it filled first.
    fn launch_right(&self, launch: &str, browser: &Browser, wish: &Wish<'_>) -> Right {
        let now = self.clock.since_boot();
        match self.launches.look_up(launch, wish.spot.record, browser, now) {
            Right::Good => {
                self.flows.look_up(wish.thread, &wish.spot, wish.parts, now).unwrap_or(Right::Good)
            }
            right @ (Right::Ended | Right::Other) => right,
        }
    }

    fn step_right(&self, wish: &Wish<'_>) -> Right {
        let now = self.clock.since_boot();
        self.flows.look_up(wish.thread, &wish.spot, wish.parts, now).unwrap_or(Right::Ended)
    }

    /// Where there are several accounts nobody has said which.
    fn arrival(&self, definition: Option<&App>, wish: &Wish<'_>) -> Arrival {
        let alone = |app: &App| {
            let vault = self.vault.as_ref().ok();
            let found = vault.and_then(|vault| vault.by_origin(app.origin.as_str()).ok());
            found.is_some_and(|found| found.len() == 1)
        };
        match definition {
            Some(app) if app.automatic && alone(app) => {
                if self.flows.was_filled(&wish.spot, self.clock.since_boot()) {
                    Arrival::Again
                } else {
                    Arrival::Wanted
                }
            }
            Some(_) | None => Arrival::NotWanted,
        }
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

    /// The line is written when the values leave, not when the page has taken them: from then on they are out. What was not
    /// asked for stays where it is: for a user name alone the secret is not opened.
    fn release(&mut self, browser: &Browser, wish: Wish<'_>, allowed: Allowed) -> Result<Response, Problem> {
        let Wish { spot, thread, parts } = wish;
        if parts.is_empty() {
            return Err(Problem::new(Code::Invalid, "nothing was asked for", "update the Lanyard extension"));
        }
        let (record, now) = (spot.record, self.clock.since_boot());
        let vault = self.opened_vault()?;
        let overview = vault.overview(record).map_err(|error| store_problem(&error))?.clone();
        let wants_code = parts.has(Part::OneTimeCode) && overview.holds.one_time_code;
        let secret = if parts.has(Part::Password) || wants_code {
            let permit = Permit::new(record, allowed);
            Some(vault.expose_secret(permit).map_err(|error| store_problem(&error))?)
        } else {
            None
        };
        let (password, seed) =
            secret.map_or((None, None), |secret| (Some(secret.password), secret.one_time_code));
        let one_time_code = match seed.filter(|_| wants_code) {
            Some(seed) => Some(Seed::parse(&seed)?.bare_code_at(self.clock.unix_ms())),
            None if parts == Parts::of(&[Part::OneTimeCode]) => {
                return Err(nothing_there("no one-time codes"));
            }
            None => None,
        };
        let definition = Origin::parse(&overview.origin).ok();
        let definition = definition.and_then(|origin| self.organisation_app(&origin));
        let extras = if parts.has(Part::Extras) { extras_of(&overview, definition) } else { Vec::new() };
        let fill = make_id();
        if matches!(thread, Thread::New) {
            self.paces.add(&browser.profile, &overview.origin, now);
        }
        for launch in self.flows.add(thread, spot, fill.clone(), parts, now) {
            self.launches.spend(&launch);
        }
        self.used(record);
        self.note(Event::Filled, Outcome::Done, |entry| {
            entry.record = Some(record.to_string());
            entry.app = Some(overview.title.to_string());
            entry.origin = Some(overview.origin.to_string());
            entry.browser = Some(browser.name.clone());
            entry.reason = names_of(parts).map(Into::into);
        });
        Ok(Response::Fill {
            fill,
            user_name: parts.has(Part::UserName).then(|| overview.user_name.to_string()),
            password: password.filter(|_| parts.has(Part::Password)),
            one_time_code,
            extras,
            submit: overview.auto_submit,
        })
    }
}

/// Which parts a page asked for, where it was not a plain login.
fn names_of(parts: Parts) -> Option<&'static str> {
    match (parts.has(Part::UserName), parts.has(Part::Password), parts.has(Part::OneTimeCode)) {
        (true, true, false) => None,
        (true, true, true) => Some("login with one-time code"),
        (true, false, false) => Some("user name alone"),
        (false, true, false) => Some("password alone"),
        (false, false, true) => Some("one-time code alone"),
        (false, false, false) => Some("further fields alone"),
        (true, false, true) | (false, true, true) => Some("one-time code too"),
    }
}
