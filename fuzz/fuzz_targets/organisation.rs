//! The organisation's file: what is used of it is within bounds, and each app's origin is that of its login page.

#![no_main]

use lanyard_catalog::{MOST_EXTRAS, Origin};
use lanyard_companion::fuzzing::organisation;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((organisation, findings)) = organisation(data) else { return };
    assert!(findings.iter().all(|finding| !finding.is_empty()));
    for app in &organisation.apps {
        assert_eq!(Origin::of_page(&app.login_url).as_ref(), Ok(&app.origin));
        assert!(app.selectors.extras.len() <= MOST_EXTRAS && app.extras.len() <= MOST_EXTRAS);
        assert!(app.extras.iter().all(|extra| extra.value.chars().count() <= 200));
        assert!(!app.pages.contains(&app.origin));
        for place in app.pages.iter().chain(&app.frames) {
            assert_eq!(Origin::parse(place.as_str()).as_ref(), Ok(place));
            assert!(
                place.is_trustworthy() || !app.origin.is_trustworthy(),
                "an app that the network cannot change has accounts where it can"
            );
        }
    }
});
