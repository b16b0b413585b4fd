//! Who may fill what, when. Pure: facts in, decision out; no clock, no files, no network.
//!
//! [`decide`] and [`decide_exposure`] are the only makers of [`Allowed`], and the broker's permit cannot be made without
//! one: a check that was forgotten does not compile. Doubt refuses.

mod exposure;
mod saving;

pub use exposure::{ExposureFacts, Presence, decide_exposure};
pub use saving::{Saving, SavingFacts, decide_saving};

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
    /// The origin the app's secret was saved for; none where there is no such app, or it cannot be known.
    pub app_origin: Option<&'a Origin>,
    /// The origin of the frame with the form.
    pub frame_origin: &'a Origin,
    /// The origin of the tab's top frame.
    pub top_origin: &'a Origin,
    /// Whether the frame is the tab's top frame.
    pub top_frame: bool,
    /// What makes this fill the person's wish.
    pub cause: Cause,
}

/// What makes a fill the person's wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The person launched an app from Lanyard.
    Launch(LaunchRight),
    /// The person chose the account in the extension's own page, or pressed its keyboard shortcut.
    Gesture,
}

/// What is left of the right that a launch made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LaunchRight {
    /// It is good for this app and this browser, and was not used.
    Good,
    /// It has run out, was used, or never was.
    Ended,
    /// It was made for another app or another browser.
    Other,
}

/// A secret may be opened once. Only [`decide`] and [`decide_exposure`] make one.
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
    /// The right is another app's or another browser's.
    LaunchOfAnother,
    /// Nobody has agreed at the window.
    NoPresence,
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
    let app_origin = facts.app_origin.ok_or(Refusal::NoSuchApp)?;
    if facts.frame_origin != app_origin {
        return Err(Refusal::OtherOrigin);
    }
    if facts.top_origin != app_origin {
        return Err(Refusal::ForeignTopFrame);
    }
    match facts.cause {
        // A launch is bound to a tab; a frame inside it is not what the person opened.
        Cause::Launch(_) if !facts.top_frame => Err(Refusal::ForeignTopFrame),
        Cause::Gesture | Cause::Launch(LaunchRight::Good) => Ok(Allowed(())),
        Cause::Launch(LaunchRight::Ended) => Err(Refusal::LaunchEnded),
        Cause::Launch(LaunchRight::Other) => Err(Refusal::LaunchOfAnother),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(change: impl Fn(&mut Facts<'_>)) -> Result<(), Refusal> {
        let payroll = Origin::parse("https://payroll.example").unwrap();
        let mut facts = Facts {
            browser_paired: true,
            signed_in: true,
            unlocked: true,
            app_origin: Some(&payroll),
            frame_origin: &payroll,
            top_origin: &payroll,
            top_frame: true,
            cause: Cause::Launch(LaunchRight::Good),
        };
        change(&mut facts);
        decide(&facts).map(|_| ())
    }

    #[test]
    fn everything_in_order_is_allowed_by_launch_and_by_gesture() {
        assert_eq!(with(|_| ()), Ok(()));
        assert_eq!(with(|facts| facts.cause = Cause::Gesture), Ok(()));
    }

    #[test]
    fn each_missing_condition_refuses_by_itself() {
        assert_eq!(with(|facts| facts.browser_paired = false), Err(Refusal::NotPaired));
        assert_eq!(with(|facts| facts.signed_in = false), Err(Refusal::SignedOut));
        assert_eq!(with(|facts| facts.unlocked = false), Err(Refusal::Locked));
        assert_eq!(with(|facts| facts.app_origin = None), Err(Refusal::NoSuchApp));
        assert_eq!(with(|facts| facts.cause = Cause::Launch(LaunchRight::Ended)), Err(Refusal::LaunchEnded));
        assert_eq!(
            with(|facts| facts.cause = Cause::Launch(LaunchRight::Other)),
            Err(Refusal::LaunchOfAnother)
        );
    }

    #[test]
    fn another_origin_is_refused_in_the_frame_and_on_top() {
        let evil = Origin::parse("https://payroll.example.evil.net").unwrap();
        let payroll = Origin::parse("https://payroll.example").unwrap();
        let facts = |frame_origin, top_origin| {
            decide(&Facts {
                browser_paired: true,
                signed_in: true,
                unlocked: true,
                app_origin: Some(&payroll),
                frame_origin,
                top_origin,
                top_frame: true,
                cause: Cause::Gesture,
            })
            .map(|_| ())
        };
        assert_eq!(facts(&evil, &evil), Err(Refusal::OtherOrigin));
        assert_eq!(facts(&payroll, &evil), Err(Refusal::ForeignTopFrame));
    }

    #[test]
    fn a_launch_fills_the_top_frame_only() {
        assert_eq!(with(|facts| facts.top_frame = false), Err(Refusal::ForeignTopFrame));
        assert_eq!(
            with(|facts| {
                facts.top_frame = false;
                facts.cause = Cause::Gesture;
            }),
            Ok(())
        );
    }
}
