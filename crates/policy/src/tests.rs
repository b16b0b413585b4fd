use std::time::Duration;

use proptest::prelude::*;

use super::*;

const PAYROLL: &str = "https://payroll.example";
const SSO: &str = "https://sso.example";
const FORMS: &str = "https://forms.example";
const EVIL: &str = "https://payroll.example.evil.net";

const ALLOWED: Option<Refusal> = None;

fn origin(text: &str) -> Origin {
    Origin::parse(text).unwrap()
}

/// A page of an app whose login goes on at another page, and whose form may be in a named frame.
fn with(frame: &str, top: &str, change: impl Fn(&mut Facts<'_>)) -> Option<Refusal> {
    let (payroll, pages, frames) = (origin(PAYROLL), [origin(SSO)], [origin(FORMS)]);
    let (frame_origin, top_origin) = (origin(frame), origin(top));
    let mut facts = Facts {
        browser_paired: true,
        signed_in: true,
        unlocked: true,
        places: Some(Places { origin: &payroll, pages: &pages, frames: &frames }),
        frame_origin: &frame_origin,
        top_origin: &top_origin,
        top_frame: true,
        pace: Pace::Ordinary,
        cause: Cause::Launch(Right::Good),
        verification: Verification::NotWanted,
    };
    change(&mut facts);
    decide(&facts).err()
}

fn at_home(change: impl Fn(&mut Facts<'_>)) -> Option<Refusal> {
    with(PAYROLL, PAYROLL, change)
}

const GOOD: [Cause; 4] = [
    Cause::Launch(Right::Good),
    Cause::Gesture,
    Cause::Continue(Right::Good),
    Cause::Arrival(Arrival::Wanted),
];

#[test]
fn everything_in_order_is_allowed_by_each_cause() {
    for cause in GOOD {
        assert_eq!(at_home(|facts| facts.cause = cause), ALLOWED, "{cause:?}");
    }
}

#[test]
fn each_missing_condition_refuses_by_itself_whatever_the_cause() {
    for cause in GOOD {
        let missing = |change: fn(&mut Facts<'_>)| {
            at_home(|facts| {
                facts.cause = cause;
                change(facts);
            })
        };
        assert_eq!(missing(|facts| facts.browser_paired = false), Some(Refusal::NotPaired));
        assert_eq!(missing(|facts| facts.signed_in = false), Some(Refusal::SignedOut));
        assert_eq!(missing(|facts| facts.unlocked = false), Some(Refusal::Locked));
        assert_eq!(missing(|facts| facts.places = None), Some(Refusal::NoSuchApp));
    }
}

#[test]
fn a_browser_that_asks_for_many_sites_is_refused_and_the_person_who_launches_them_is_not() {
    for (cause, expected) in [
        (Cause::Gesture, Some(Refusal::TooManySites)),
        (Cause::Arrival(Arrival::Wanted), Some(Refusal::TooManySites)),
        (Cause::Launch(Right::Good), ALLOWED),
        // Its first step was looked at.
        (Cause::Continue(Right::Good), ALLOWED),
    ] {
        let change = |facts: &mut Facts<'_>| {
            facts.cause = cause;
            facts.pace = Pace::TooManySites;
        };
        assert_eq!(at_home(change), expected, "{cause:?}");
    }
}

#[test]
fn a_cause_that_is_not_good_refuses_and_says_why() {
    for (cause, refusal) in [
        (Cause::Launch(Right::Ended), Refusal::LaunchEnded),
        (Cause::Launch(Right::Other), Refusal::LaunchOfAnother),
        (Cause::Continue(Right::Ended), Refusal::FillEnded),
        (Cause::Continue(Right::Other), Refusal::FillOfAnother),
        (Cause::Arrival(Arrival::NotWanted), Refusal::NotAutomatic),
        (Cause::Arrival(Arrival::Again), Refusal::FilledAlready),
    ] {
        assert_eq!(at_home(|facts| facts.cause = cause), Some(refusal));
    }
}

#[test]
fn the_form_has_to_be_in_a_page_of_the_app() {
    for (frame, top, top_frame, expected) in [
        (PAYROLL, PAYROLL, true, ALLOWED),
        (SSO, SSO, true, ALLOWED),
        // A frame of the same origin, as in a frameset.
        (PAYROLL, PAYROLL, false, ALLOWED),
        // A frame that the app names, in a page of the app and nowhere else.
        (FORMS, PAYROLL, false, ALLOWED),
        (FORMS, SSO, false, ALLOWED),
        (FORMS, EVIL, false, Some(Refusal::ForeignTopFrame)),
        (FORMS, FORMS, true, Some(Refusal::OtherOrigin)),
        (FORMS, FORMS, false, Some(Refusal::ForeignTopFrame)),
        // The app in a page of somebody else, and somebody else in the app.
        (PAYROLL, EVIL, false, Some(Refusal::ForeignTopFrame)),
        (EVIL, PAYROLL, false, Some(Refusal::OtherOrigin)),
        (EVIL, EVIL, true, Some(Refusal::OtherOrigin)),
        // Pages of the app inside each other were not named as frames.
        (SSO, PAYROLL, false, Some(Refusal::ForeignTopFrame)),
        (PAYROLL, FORMS, false, Some(Refusal::ForeignTopFrame)),
        // Another scheme or port is another origin.
        ("http://payroll.example", "http://payroll.example", true, Some(Refusal::OtherOrigin)),
        ("https://payroll.example:8443", "https://payroll.example:8443", true, Some(Refusal::OtherOrigin)),
    ] {
        for cause in [Cause::Launch(Right::Good), Cause::Gesture, Cause::Continue(Right::Good)] {
            let refusal = with(frame, top, |facts| {
                facts.cause = cause;
                facts.top_frame = top_frame;
            });
            assert_eq!(refusal, expected, "{frame} in {top}, {cause:?}");
        }
    }
}

#[test]
fn what_fills_by_itself_fills_the_page_or_a_named_frame() {
    let arrives = |frame: &str, top_frame: bool| {
        with(frame, PAYROLL, |facts| {
            facts.cause = Cause::Arrival(Arrival::Wanted);
            facts.top_frame = top_frame;
        })
    };
    assert_eq!(arrives(PAYROLL, true), ALLOWED);
    assert_eq!(arrives(FORMS, false), ALLOWED);
    assert_eq!(arrives(PAYROLL, false), Some(Refusal::NotAutomatic));
    assert_eq!(arrives(EVIL, false), Some(Refusal::OtherOrigin));
}

#[test]
fn without_names_only_the_own_origin_counts() {
    let payroll = origin(PAYROLL);
    let alone = Places { origin: &payroll, pages: &[], frames: &[] };
    let refusal = |frame: &str, top: &str, top_frame| {
        let (frame_origin, top_origin) = (origin(frame), origin(top));
        let facts = Facts {
            browser_paired: true,
            signed_in: true,
            unlocked: true,
            places: Some(alone),
            frame_origin: &frame_origin,
            top_origin: &top_origin,
            top_frame,
            pace: Pace::Ordinary,
            cause: Cause::Gesture,
            verification: Verification::NotWanted,
        };
        decide(&facts).err()
    };
    assert_eq!(refusal(PAYROLL, PAYROLL, true), ALLOWED);
    assert_eq!(refusal(FORMS, PAYROLL, false), Some(Refusal::OtherOrigin));
    assert_eq!(refusal(SSO, SSO, true), Some(Refusal::OtherOrigin));
}

/// A few origins, so that they are often the same.
fn some_origin() -> impl Strategy<Value = Origin> {
    const ALL: &[&str] =
        &[PAYROLL, SSO, FORMS, EVIL, "http://payroll.example", "https://payroll.example:8443"];
    prop::sample::select(ALL).prop_map(origin)
}

fn some_cause() -> impl Strategy<Value = Cause> {
    let rights = prop::sample::select(vec![Right::Good, Right::Ended, Right::Other]);
    let arrivals = prop::sample::select(vec![Arrival::Wanted, Arrival::NotWanted, Arrival::Again]);
    prop_oneof![
        rights.clone().prop_map(Cause::Launch),
        Just(Cause::Gesture),
        rights.prop_map(Cause::Continue),
        arrivals.prop_map(Cause::Arrival),
    ]
}

fn some_verification() -> impl Strategy<Value = Verification> {
    let remember = prop::sample::select(vec![Remember::FiveMinutes, Remember::Hour, Remember::UntilLocked]);
    let wanted = (prop::option::of(0..10_000_u64), remember)
        .prop_map(|(ago, remember)| Verification::Wanted { ago: ago.map(Duration::from_secs), remember });
    prop_oneof![Just(Verification::NotWanted), wanted]
}

#[test]
fn what_wants_a_key_is_filled_for_as_long_as_one_holds() {
    let minutes = |minutes: u64| Some(Duration::from_mins(minutes));
    let just_after = |minutes| Some(Duration::from_mins(minutes) + Duration::from_millis(1));
    for (ago, remember, expected) in [
        (None, Remember::UntilLocked, Some(Refusal::NotVerified)),
        (minutes(0), Remember::FiveMinutes, ALLOWED),
        (minutes(5), Remember::FiveMinutes, ALLOWED),
        (just_after(5), Remember::FiveMinutes, Some(Refusal::NotVerified)),
        (minutes(60), Remember::Hour, ALLOWED),
        (just_after(60), Remember::Hour, Some(Refusal::NotVerified)),
        (minutes(60 * 24), Remember::UntilLocked, ALLOWED),
    ] {
        for cause in GOOD {
            let refusal = at_home(|facts| {
                facts.cause = cause;
                facts.verification = Verification::Wanted { ago, remember };
            });
            assert_eq!(refusal, expected, "{ago:?} {remember:?} {cause:?}");
        }
    }
}

#[test]
fn nobody_is_asked_for_a_key_where_it_would_be_refused_anyway() {
    let wanted = Verification::Wanted { ago: None, remember: Remember::Hour };
    let refusal = with(EVIL, EVIL, |facts| facts.verification = wanted);
    assert_eq!(refusal, Some(Refusal::OtherOrigin));
    let refusal = at_home(|facts| {
        facts.verification = wanted;
        facts.cause = Cause::Launch(Right::Ended);
    });
    assert_eq!(refusal, Some(Refusal::LaunchEnded));
}

proptest! {
    #[test]
    fn whatever_is_known_only_a_form_of_the_app_in_a_page_of_the_app_is_filled(
        places in (some_origin(), prop::collection::vec(some_origin(), 0..3), prop::collection::vec(some_origin(), 0..3)),
        (frame_origin, top_origin) in (some_origin(), some_origin()),
        flags: [bool; 4],
        cause in some_cause(),
        verification in some_verification(),
    ) {
        let (home, pages, frames) = &places;
        let [browser_paired, signed_in, unlocked, top_frame] = flags;
        let facts = Facts {
            browser_paired,
            signed_in,
            unlocked,
            places: Some(Places { origin: home, pages, frames }),
            frame_origin: &frame_origin,
            top_origin: &top_origin,
            top_frame,
            pace: Pace::Ordinary,
            cause,
            verification,
        };
        if decide(&facts).is_ok() {
            let unused = matches!(verification, Verification::Wanted { ago: None, .. });
            prop_assert!(!unused);
            prop_assert!(browser_paired && signed_in && unlocked && GOOD.contains(&cause));
            prop_assert!(top_origin == *home || pages.contains(&top_origin));
            prop_assert!(frame_origin == top_origin || (frames.contains(&frame_origin) && !top_frame));
        } else if browser_paired
            && signed_in
            && unlocked
            && GOOD.contains(&cause)
            && verification == Verification::NotWanted
        {
            let automatic_inside = matches!(cause, Cause::Arrival(_)) && !top_frame;
            prop_assert!(frame_origin != *home || top_origin != *home || automatic_inside);
        }
    }
}
