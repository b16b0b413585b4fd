//! Captures: what a person typed into a login form, kept here and nowhere else until the login is known to have succeeded
//! and the person has said whether to save it.

use std::collections::HashMap;
use std::time::Duration;

use lanyard_audit::{Event, Outcome};
use lanyard_catalog::Origin;
use lanyard_policy::Saving;
use lanyard_protocol::browser::{Extra, Frame, Offer, OfferAnswer, OfferKind, Response, Selectors};
use lanyard_protocol::common::{Code, Problem};
use lanyard_vault::{Form, Holds, Overview, RecordId, Vault};
use secrecy::{ExposeSecret as _, SecretString};

use crate::form::{merge, of_change, parse_form};
use crate::ids::make_id;
use crate::problem::{invalid_origin, store_problem};
use crate::{Broker, Browser};

/// How long a capture waits for the login and for the person's answer.
pub const LIFETIME: Duration = Duration::from_mins(3);

/// Most captures at once: the oldest is forgotten.
const MOST: usize = 8;

/// Captures under way.
#[derive(Default)]
pub(crate) struct Captures(HashMap<String, Capture>);

struct Capture {
    profile: String,
    tab: i64,
    origin: Origin,
    login_url: String,
    title: String,
    user_name: String,
    password: SecretString,
    form: Form,
    /// The account whose password this would change.
    known: Option<RecordId>,
    signed_in: bool,
    ends: Duration,
}

/// What somebody typed.
pub struct Typed {
    /// User name.
    pub user_name: String,
    /// Password; the new one where it is changed.
    pub password: SecretString,
    /// The password before, where the form changes it.
    pub former_password: Option<SecretString>,
    /// What else the login asked for.
    pub extras: Vec<Extra>,
    /// Where the fields were.
    pub learned: Option<Selectors>,
    /// Title of the page.
    pub title: String,
    /// URL of the login page.
    pub login_url: String,
}

impl Captures {
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    pub(crate) fn forget(&mut self, profile: &str) {
        self.0.retain(|_, capture| capture.profile != profile);
    }

    fn end_old(&mut self, now: Duration) {
        self.0.retain(|_, capture| capture.ends > now);
    }

    /// What an attempt in this tab brought before, while it is not known what became of it.
    fn before(&self, profile: &str, tab: i64, origin: &Origin) -> Option<&Capture> {
        let mut captures = self.0.values();
        captures.find(|capture| {
            capture.profile == profile
                && capture.tab == tab
                && capture.origin == *origin
                && !capture.signed_in
        })
    }

    /// Makes room for a capture of this tab: an attempt that is repeated replaces the one before.
    fn make_room(&mut self, profile: &str, tab: i64) {
        self.0.retain(|_, capture| capture.tab != tab || capture.profile != profile || capture.signed_in);
        while self.0.len() >= MOST {
            let oldest = self.0.iter().min_by_key(|(_, capture)| capture.ends).map(|(id, _)| id.clone());
            oldest.map(|id| self.0.remove(&id));
        }
    }

    fn of(&self, id: &str, browser: &Browser, now: Duration) -> Result<&Capture, Problem> {
        self.0
            .get(id)
            .filter(|capture| capture.profile == browser.profile && capture.ends > now)
            .ok_or_else(gone)
    }
}

impl Broker {
    /// Keeps what was typed into a login form, until [`Broker::capture_ended`].
    pub fn capture(&mut self, browser: &Browser, frame: &Frame, typed: Typed) -> Result<Response, Problem> {
        self.keep(browser, frame, typed).inspect_err(|problem| {
            let (origin, reason) = (frame.frame_origin.clone(), problem.message.clone());
            self.note(Event::Captured, Outcome::Refused, |entry| {
                entry.origin = Some(origin);
                entry.browser = Some(browser.name.clone());
                entry.reason = Some(reason);
            });
        })
    }

    /// Forgets captures whose time is over.
    pub fn forget_old_captures(&mut self) {
        self.captures.end_old(self.clock.since_boot());
    }

    fn keep(&mut self, browser: &Browser, frame: &Frame, mut typed: Typed) -> Result<Response, Problem> {
        let frame_origin = Origin::parse(&frame.frame_origin).map_err(invalid_origin)?;
        let page = Origin::of_page(&typed.login_url).map_err(invalid_origin)?;
        self.ready_for(browser)?;
        let place =
            self.place_of(frame).filter(|_| page == frame_origin || page.as_str() == frame.top_origin);
        // A form inside somebody else's page is not one the person came for.
        let Some(origin) = place else {
            return Err(Problem::new(
                Code::Refused,
                "the form is inside a page of another address",
                "open the app's own page and sign in there",
            ));
        };
        let now = self.clock.since_boot();
        self.captures.end_old(now);
        let (user_name, form) = self.what_is_known(browser, frame, &origin, &mut typed);
        let vault = self.ready_for(browser)?;
        let known = account_of(vault, &origin, &user_name, &typed)?;
        // Nothing is kept of a login that will not be offered, and nothing is written down about it.
        if self.saving(&origin, known.is_some()) != Saving::Offered {
            return Ok(Response::Unchanged {});
        }
        if let Some(record) = known
            && is_saved(vault, record, &typed.password, &form)?
        {
            return Ok(Response::Unchanged {});
        }
        // A launch opens the app's own page, not the frame that its form is in.
        let login_url = match self.organisation_app(&origin) {
            Some(app) if page != origin => app.login_url.clone(),
            Some(_) | None => typed.login_url,
        };
        self.captures.make_room(&browser.profile, frame.tab);
        let capture = make_id();
        self.captures.0.insert(
            capture.clone(),
            Capture {
                profile: browser.profile.clone(),
                tab: frame.tab,
                origin,
                login_url,
                title: typed.title,
                user_name,
                password: typed.password,
                form,
                known,
                signed_in: false,
                ends: now + LIFETIME,
            },
        );
        Ok(Response::Captured { capture })
    }

    /// User name and form, with what an attempt that is under way in the same tab brought before.
    fn what_is_known(
        &self,
        browser: &Browser,
        frame: &Frame,
        origin: &Origin,
        typed: &mut Typed,
    ) -> (String, Form) {
        let user_name = typed.user_name.trim().to_owned();
        let form = parse_form(std::mem::take(&mut typed.extras), typed.learned.take());
        let form = if typed.former_password.is_some() { of_change(form) } else { form };
        match self.captures.before(&browser.profile, frame.tab, origin) {
            Some(before) if user_name.is_empty() || user_name == before.user_name => {
                (before.user_name.clone(), merge(before.form.clone(), form))
            }
            Some(_) | None => (user_name, form),
        }
    }

    /// A login succeeded, and its capture may be offered; or it failed, and the capture is forgotten.
    pub fn capture_ended(
        &mut self,
        browser: &Browser,
        id: &str,
        signed_in: bool,
    ) -> Result<Response, Problem> {
        self.forget_old_captures();
        self.captures.of(id, browser, self.clock.since_boot())?;
        if !signed_in {
            self.captures.0.remove(id);
            return Ok(Response::Done {});
        }
        let capture = self.captures.0.get_mut(id).ok_or_else(gone)?;
        capture.signed_in = true;
        let (origin, title) = (capture.origin.to_string(), capture.title.clone());
        self.note(Event::Captured, Outcome::Done, |entry| {
            entry.app = Some(title);
            entry.origin = Some(origin);
            entry.browser = Some(browser.name.clone());
        });
        self.offer(browser, id)
    }

    /// What saving a capture would change.
    pub fn offer(&self, browser: &Browser, id: &str) -> Result<Response, Problem> {
        let capture = self.captures.of(id, browser, self.clock.since_boot())?;
        if !capture.signed_in {
            return Err(gone());
        }
        let known = capture.known.and_then(|record| self.opened_vault().ok()?.overview(record).ok());
        Ok(Response::Offer(Offer {
            capture: id.to_owned(),
            kind: if known.is_some() { OfferKind::Update } else { OfferKind::Save },
            name: known.map_or_else(|| self.propose_name(capture), |overview| overview.title.to_string()),
            user_name: known
                .map_or_else(|| capture.user_name.clone(), |overview| overview.user_name.to_string()),
            origin: capture.origin.to_string(),
            auto_submit: known.is_none_or(|overview| overview.auto_submit),
        }))
    }

    /// Saves a capture or forgets it. Returns the origin where one was added to the vault.
    pub fn answer_offer(
        &mut self,
        browser: &Browser,
        id: &str,
        answer: OfferAnswer,
    ) -> Result<Option<Origin>, Problem> {
        self.forget_old_captures();
        let capture = self.captures.of(id, browser, self.clock.since_boot())?;
        if !capture.signed_in {
            return Err(gone());
        }
        let (name, auto_submit) = match answer {
            OfferAnswer::Save { name, auto_submit } => (name, auto_submit),
            OfferAnswer::NotNow {} => {
                self.captures.0.remove(id);
                return Ok(None);
            }
            OfferAnswer::Never {} => {
                let origin = capture.origin.clone();
                self.captures.0.remove(id);
                self.change_site(&origin, false, Some(browser))?;
                return Ok(None);
            }
        };
        let password = capture.password.clone();
        let (known, origin) = (capture.known, capture.origin.clone());
        let overview = self.overview_of(capture, &name, auto_submit)?;
        self.save(browser, known, overview, password)?;
        // Only what is saved is forgotten: after a failure the person can try again.
        self.captures.0.remove(id);
        Ok(Some(origin))
    }

    /// A known account keeps all that the person did not change.
    fn overview_of(&self, capture: &Capture, name: &str, auto_submit: bool) -> Result<Overview, Problem> {
        let name = if name.trim().is_empty() { capture.origin.host() } else { name.trim() };
        let known = match capture.known {
            Some(record) => {
                Some(self.opened_vault()?.overview(record).map_err(|error| store_problem(&error))?)
            }
            None => None,
        };
        let new = || Overview {
            compartment: self.compartment_of(&capture.origin),
            title: name.into(),
            user_name: capture.user_name.as_str().into(),
            origin: capture.origin.as_str().into(),
            login_url: capture.login_url.as_str().into(),
            auto_submit,
            changed_at: 0,
            holds: Holds::default(),
            verify: false,
            form: None,
        };
        let kept = known.cloned().unwrap_or_else(new);
        let form = merge(kept.form.clone().map(|form| *form).unwrap_or_default(), capture.form.clone());
        let form = (!form.is_empty()).then(|| Box::new(form));
        Ok(Overview { title: name.into(), auto_submit, changed_at: self.clock.unix_ms(), form, ..kept })
    }

    /// What the organisation calls it; else the page's title where it is short enough to be a name; else the host.
    fn propose_name(&self, capture: &Capture) -> String {
        let title = capture.title.trim();
        match self.organisation_app(&capture.origin) {
            Some(app) => app.name.clone(),
            None if title.is_empty() || title.chars().count() > 40 => capture.origin.host().to_owned(),
            None => title.to_owned(),
        }
    }

    fn save(
        &mut self,
        browser: &Browser,
        known: Option<RecordId>,
        overview: Overview,
        password: SecretString,
    ) -> Result<(), Problem> {
        let (title, origin) = (overview.title.to_string(), overview.origin.to_string());
        let vault = self.opened_vault_mut()?;
        let (event, saved) = match known {
            Some(record) => (Event::Updated, vault.update(record, overview, password.into())),
            None => (Event::Saved, vault.add(overview, password).map(|_| ())),
        };
        let outcome = if saved.is_ok() { Outcome::Done } else { Outcome::Failed };
        let reason = saved.as_ref().err().map(ToString::to_string);
        self.note(event, outcome, |entry| {
            entry.app = Some(title);
            entry.origin = Some(origin);
            entry.browser = Some(browser.name.clone());
            entry.reason = reason;
        });
        saved.map_err(|error| store_problem(&error))
    }
}

/// The account that was signed in with: by its user name; where none was seen, by the password before, or because there is
/// no other. Doubt says none, and what is none is offered as a new account: nobody's password is written over another's.
fn account_of(
    vault: &Vault,
    origin: &Origin,
    user_name: &str,
    typed: &Typed,
) -> Result<Option<RecordId>, Problem> {
    let records = vault.by_origin(origin.as_str()).map_err(|error| store_problem(&error))?;
    if !user_name.is_empty() {
        let same = |record: &RecordId| {
            vault.overview(*record).is_ok_and(|overview| overview.user_name.trim() == user_name)
        };
        return Ok(records.into_iter().find(same));
    }
    let with_password = |password: &SecretString| -> Result<Vec<RecordId>, Problem> {
        let mut found = Vec::new();
        for record in &records {
            if vault.has_password(*record, password).map_err(|error| store_problem(&error))? {
                found.push(*record);
            }
        }
        Ok(found)
    };
    let former = typed.former_password.as_ref().filter(|former| !former.expose_secret().is_empty());
    let candidates = match former {
        Some(former) => match with_password(former)? {
            // The change may be saved already.
            none if none.is_empty() => with_password(&typed.password)?,
            some => some,
        },
        None => records,
    };
    Ok(match candidates[..] {
        [only] => Some(only),
        _ => None,
    })
}

/// Whether a login would change nothing. Where the fields are found again does not make it worth a question.
fn is_saved(vault: &Vault, record: RecordId, password: &SecretString, form: &Form) -> Result<bool, Problem> {
    let overview = vault.overview(record).map_err(|error| store_problem(&error))?;
    let kept = overview.form.as_ref().map_or(&[][..], |form| &form.extras);
    let same_extras = form.extras.is_empty() || form.extras == kept;
    Ok(same_extras && vault.has_password(record, password).map_err(|error| store_problem(&error))?)
}

fn gone() -> Problem {
    Problem::new(
        Code::Expired,
        "what you typed is not kept any longer",
        "sign in by hand once more, then save it",
    )
}
