use std::collections::BTreeMap;

use lanyard_catalog::{SiteRules, WrittenRules};
use proptest::prelude::*;
use secrecy::ExposeSecret as _;

use super::*;

/// Public rules of many sites; they are not part of the repository.
const PUBLIC_RULES: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/apple/quirks/password-rules.json");

fn made(rules: &PasswordRules) -> String {
    make_password(rules).expect("it can be met").expose_secret().to_owned()
}

fn longest_run(password: &str) -> usize {
    let letters: Vec<char> = password.chars().collect();
    letters.chunk_by(|one, other| one == other).map(<[char]>::len).max().unwrap_or(0)
}

fn assert_meets(password: &str, rules: &PasswordRules) {
    assert_eq!(password.chars().count(), rules.length());
    assert!(password.chars().all(|letter| rules.allowed().contains(&letter)));
    for set in rules.required() {
        assert!(password.chars().any(|letter| set.contains(&letter)), "one of {set:?}");
    }
    assert!(rules.max_consecutive().is_none_or(|most| longest_run(password) <= most));
}

#[test]
fn the_usual_password_is_long_has_each_kind_and_is_another_each_time() {
    let (one, other) = (made(&PasswordRules::default()), made(&PasswordRules::default()));
    assert_meets(&one, &PasswordRules::default());
    assert_eq!(one.len(), 20);
    assert_ne!(one, other);
}

#[test]
fn runs_are_kept_short_also_where_there_is_little_to_choose_from() {
    let rules = PasswordRules::parse("allowed: [ab]; minlength: 40; max-consecutive: 1;").unwrap();
    let password = made(&rules);
    assert_meets(&password, &rules);
    assert!(password.len() >= 40);
}

#[test]
fn rules_that_chance_cannot_meet_make_none() {
    // One character at each of three places, and never twice in a row.
    let text =
        "required: [a]; required: [a]; required: [a]; allowed: [ab]; maxlength: 3; max-consecutive: 1;";
    assert!(make_password(&PasswordRules::parse(text).unwrap()).is_none());
}

#[test]
fn every_draw_is_as_likely_as_every_other() {
    let mut counts = [0_u32; 7];
    for _ in 0..70_000 {
        counts[draw(7).unwrap()] += 1;
    }
    // Six standard deviations: 10,000 times are expected.
    assert!(counts.iter().all(|count| count.abs_diff(10_000) < 560), "{counts:?}");
    assert_eq!((draw(0), draw(1)), (None, Some(0)));
}

#[test]
fn a_shuffle_puts_each_first_as_often() {
    let mut counts = [0_u32; 3];
    for _ in 0..30_000 {
        let mut items = [0, 1, 2];
        shuffle(&mut items);
        counts[items[0]] += 1;
    }
    assert!(counts.iter().all(|count| count.abs_diff(10_000) < 500), "{counts:?}");
}

#[test]
fn the_public_rules_of_sites_are_all_met() {
    let Ok(bytes) = std::fs::read(PUBLIC_RULES) else {
        eprintln!("the public rules of sites are not there: nothing was compared with them");
        return;
    };
    let written: BTreeMap<String, WrittenRules> = serde_json::from_slice(&bytes).unwrap();
    let hosts: Vec<String> = written.keys().cloned().collect();
    let (rules, unusable) = SiteRules::parse(written);
    for host in &hosts {
        let Some(rules) = rules.of(host) else { continue };
        assert_meets(&made(rules), rules);
    }
    eprintln!("{} sites, unusable: {unusable:?}", hosts.len());
    assert!(unusable.len() * 50 < hosts.len(), "{unusable:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_password_meets_its_rules(
        min in 0_u32..40, more in 0_u32..40, consecutive in 1_u32..4,
        required in prop::collection::vec("lower|upper|digit|special|lower, digit|\\[!#%\\]", 0..5),
        allowed in prop::collection::vec("lower|upper|ascii-printable|\\[abc\\]", 0..3),
    ) {
        let lengths = format!("minlength: {min}; maxlength: {}; max-consecutive: {consecutive};", min + more);
        let required = required.iter().map(|some| format!(" required: {some};"));
        let allowed = allowed.iter().map(|some| format!(" allowed: {some};"));
        let text: String = std::iter::once(lengths).chain(required).chain(allowed).collect();
        if let Ok(rules) = PasswordRules::parse(&text) && let Some(password) = make_password(&rules) {
            assert_meets(password.expose_secret(), &rules);
            prop_assert!((min as usize..=(min + more) as usize).contains(&rules.length()));
        }
    }
}
