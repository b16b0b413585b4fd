//! Who may fill what, when. Pure: facts in, decision out; no clock, no files, no network.
//!
//! [`decide`], [`decide_exposure`] and [`decide_export`] are the only makers of [`Allowed`], and the broker's permit cannot
//! be made without one: a check that was forgotten does not compile. Doubt refuses.

mod exposure;
mod saving;
mod verification;

pub use exposure::{ExportFacts, ExposureFacts, Presence, decide_export, decide_exposure, decide_presence};
pub use saving::{Saving, SavingFacts, decide_saving};
pub use verification::{Remember, Verification};

use lanyard_catalog::Origin;

/// What is known when somebody wants a fill. Facts come from the companion and the browser, never from the page.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The person connected this browser to Lanyard.
    pub browser_paired: bool,
    /// Somebody is signed in at the identity provider.
    pub signed_in: bool,
    /// The vault is open.
    pub unlocked: bool,
    /// Where the app's account may be filled; none where there is no such app, or it cannot be known.
    pub places: Option<Places<'a>>,
    /// The origin of the frame with the form.
    pub frame_origin: &'a Origin,
    /// The origin of the tab's top frame.
    pub top_origin: &'a Origin,
    /// Whether the frame is the tab's top frame.
    pub top_frame: bool,
    /// How many sites this browser had accounts for lately.
    pub pace: Pace,
    /// What makes this fill the person's wish.
    pub cause: Cause,
    /// Whether the person has to show who they are first.
    pub verification: Verification,
}

/// Sites that one browser may have accounts for within a minute, whoever paired it: more than a person opens, and fewer
/// than carrying off a vault would take. What the person launched from Lanyard is not the browser's asking.
pub const MOST_SITES: usize = 20;

/// How many sites a browser had accounts for lately.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// As a person signs in.
    Ordinary,
    /// [`MOST_SITES`] others within the last minute.
    TooManySites,
}

/// Where an account may be filled.
#[derive(Debug, Clone, Copy)]
pub struct Places<'a> {
    /// The origin it was saved for.
    pub origin: &'a Origin,
    /// Origins that the organisation's definition of the app names besides: its login goes on there.
    pub pages: &'a [Origin],
    /// Origins of frames that the definition names: inside the app's own pages they hold its form.
    pub frames: &'a [Origin],
}

/// What makes a fill the person's wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The person launched an app from Lanyard.
    Launch(Right),
    /// The person chose the account in the extension's own page, or pressed its keyboard shortcut.
    Gesture,
    /// A fill that was allowed goes on with its next step.
    Continue(Right),
    /// The organisation wants its app filled as soon as its page is there.
    Arrival(Arrival),
}

impl Cause {
    /// Whether nothing but the browser says so.
    #[must_use]
    pub const fn is_word_of_browser(self) -> bool {
        match self {
            Self::Gesture | Self::Arrival(_) => true,
            Self::Launch(_) | Self::Continue(_) => false,
        }
    }
}

/// What is left of the right that a launch made, or the fill before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// It is good for this app, this browser and this tab, and what is asked for was not released by it.
    Good,
    /// It has run out, was used for this, or never was.
    Ended,
    /// It was made for another app, another browser or another tab.
    Other,
}

/// Whether a page may be filled because it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// The organisation wants it, and there is one account that it can mean.
    Wanted,
    /// Nobody wants it, or it cannot be known which account is meant.
    NotWanted,
    /// It is wanted, and this tab was filled for this app a short time ago: the login failed, or the person logged out.
    Again,
}

/// A secret may be opened once. Only [`decide`], [`decide_exposure`] and [`decide_export`] make one.
#[derive(Debug)]
pub struct Allowed(());

/// Why a fill may not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The browser is not connected to Lanyard.
    NotPaired,
    /// Nobody is signed in.
    SignedOut,
    /// The vault is locked.
    Locked,
    /// There is no such app.
    NoSuchApp,
    /// The page is not of the origin the secret was saved for.
    OtherOrigin,
    /// The form is in a frame inside a page of another origin.
    ForeignTopFrame,
    /// The right of the launch has ended.
    LaunchEnded,
    /// The right is another app's, another browser's or another tab's.
    LaunchOfAnother,
    /// The fill that goes on has ended, or has released this before.
    FillEnded,
    /// The fill that goes on is another app's, another browser's or another tab's.
    FillOfAnother,
    /// Nobody wants this page filled by itself.
    NotAutomatic,
    /// This tab was filled for this app a short time ago.
    FilledAlready,
    /// The browser had accounts of many other sites just now.
    TooManySites,
    /// Nobody has agreed at the window.
    NoPresence,
    /// It is the organisation's and may not leave with an export.
    StaysHere,
    /// Somebody has agreed at the window, and no security key has confirmed it.
    NoKey,
    /// The app wants a security key or the PIN before it is filled.
    NotVerified,
}

/// Decides about one fill.
pub fn decide(facts: &Facts<'_>) -> Result<Allowed, Refusal> {
    if !facts.browser_paired {
        return Err(Refusal::NotPaired);
    }
    if !facts.signed_in {
        return Err(Refusal::SignedOut);
    }
    if !facts.unlocked {
        return Err(Refusal::Locked);
    }
    let places = facts.places.ok_or(Refusal::NoSuchApp)?;
    decide_place(facts, &places)?;
    if facts.cause.is_word_of_browser() && facts.pace == Pace::TooManySites {
        return Err(Refusal::TooManySites);
    }
    match facts.cause {
        Cause::Gesture
        | Cause::Launch(Right::Good)
        | Cause::Continue(Right::Good)
        | Cause::Arrival(Arrival::Wanted) => {}
        Cause::Launch(Right::Ended) => return Err(Refusal::LaunchEnded),
        Cause::Launch(Right::Other) => return Err(Refusal::LaunchOfAnother),
        Cause::Continue(Right::Ended) => return Err(Refusal::FillEnded),
        Cause::Continue(Right::Other) => return Err(Refusal::FillOfAnother),
        Cause::Arrival(Arrival::NotWanted) => return Err(Refusal::NotAutomatic),
        Cause::Arrival(Arrival::Again) => return Err(Refusal::FilledAlready),
    }
    // The last of all: a person is not asked for what would be refused anyway.
    if facts.verification.is_met() { Ok(Allowed(())) } else { Err(Refusal::NotVerified) }
}

/// A form has to be in a page of the app: in the page itself, in a frame of the same origin, or in a frame that the app's
/// definition names. What fills without a person does not look into frames that nobody named.
fn decide_place(facts: &Facts<'_>, places: &Places<'_>) -> Result<(), Refusal> {
    let is_page = |origin: &Origin| origin == places.origin || places.pages.contains(origin);
    let named = places.frames.contains(facts.frame_origin) && !facts.top_frame;
    if !named && !is_page(facts.frame_origin) {
        return Err(Refusal::OtherOrigin);
    }
    if !is_page(facts.top_origin) || (!named && facts.frame_origin != facts.top_origin) {
        return Err(Refusal::ForeignTopFrame);
    }
    match facts.cause {
        Cause::Arrival(_) if !named && !facts.top_frame => Err(Refusal::NotAutomatic),
        Cause::Arrival(_) | Cause::Launch(_) | Cause::Gesture | Cause::Continue(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests;
