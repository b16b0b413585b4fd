use serde_json::Value;

use super::authenticator::base64;
use super::*;
use crate::{Domain, Refusal, Salt, SlotParty, UnprovenPrf};

const SALT: Salt = Salt([9; 32]);

fn acme() -> SlotParty {
    SlotParty::new(&Domain::parse("acme.example").unwrap(), &origins()).unwrap()
}

fn tried(prepare: impl FnOnce(&mut Authenticator)) -> (Result<Key, Refusal>, Authenticator) {
    let mut authenticator = Authenticator::new(CHROMIUM);
    prepare(&mut authenticator);
    let party = RelyingParty::of(&Domain::parse("acme.example").unwrap(), &origins()).unwrap();
    let (options, registration) = party.begin_registration("Blue key", &[], NOW).unwrap();
    (registration.finish(&authenticator.create(&options).to_string(), NOW), authenticator)
}

#[test]
fn a_key_with_a_secret_gives_it_beside_a_verified_assertion() {
    let (key, mut authenticator) = tried(|_| ());
    let mut keys = [key.unwrap()];
    assert!(keys[0].has_prf() && keys[0].rp_id() == "acme.example");
    let (options, assertion) = acme().begin_assertion(&keys, &SALT, NOW).unwrap();
    let secret = UnprovenPrf::parse(&base64(&[3; 32])).unwrap();
    let answer = authenticator.get(&options).to_string();
    let (seen, secret) = assertion.finish(&answer, secret, &mut keys, NOW).unwrap();
    assert!(seen.user_verified && secret.expose() == &[3; 32]);
}

#[test]
fn without_a_verified_assertion_the_secret_is_not_given() {
    let (key, mut authenticator) = tried(|_| ());
    let mut keys = [key.unwrap()];
    let (options, assertion) = acme().begin_assertion(&keys, &SALT, NOW).unwrap();
    authenticator.verified = false;
    let answer = authenticator.get(&options).to_string();
    let secret = UnprovenPrf::parse(&base64(&[3; 32])).unwrap();
    let refused = assertion.finish(&answer, secret, &mut keys, NOW);
    assert!(matches!(refused.err(), Some(Refusal::NotVerified)));
}

#[test]
fn a_key_without_a_secret_shows_presence_and_is_not_asked_for_one() {
    let (key, mut authenticator) = tried(|key| key.prf = false);
    let mut keys = [key.unwrap()];
    assert!(!keys[0].has_prf());
    assert!(matches!(acme().begin_assertion(&keys, &SALT, NOW).err(), Some(Refusal::NoKey)));
    let party = RelyingParty::of(&Domain::parse("acme.example").unwrap(), &origins()).unwrap();
    let (options, assertion) = party.begin_assertion(&keys, NOW).unwrap();
    assert!(assertion.finish(&authenticator.get(&options).to_string(), &mut keys, NOW).is_ok());
}

#[test]
fn a_key_for_presence_is_not_asked_for_a_secret() {
    let (key, _) = registered(CHROMIUM);
    assert!(matches!(acme().begin_assertion(&[key], &SALT, NOW).err(), Some(Refusal::NoKey)));
}

#[test]
fn the_options_ask_for_the_secret_of_this_salt_and_for_a_pin() {
    let (key, _) = tried(|_| ());
    let (asked, _) = acme().begin_assertion(&[key.unwrap()], &SALT, NOW).unwrap();
    let asked: Value = serde_json::from_str(&asked).unwrap();
    assert_eq!(asked["extensions"]["prf"]["eval"]["first"], base64(&[9; 32]));
    assert_eq!(asked["userVerification"], "required");
    assert_eq!(asked["rpId"], "acme.example");
}

#[test]
fn a_secret_is_32_bytes() {
    for text in ["", "AAAA", &base64(&[1; 31]), &base64(&[1; 33]), &format!("{}=", base64(&[1; 32])), "?"] {
        assert!(matches!(UnprovenPrf::parse(text).err(), Some(Refusal::NotUnderstood(None))), "{text}");
    }
}

#[test]
fn only_for_a_domain_a_key_is_asked_whether_it_has_a_secret() {
    let local = RelyingParty::local(&origins()).unwrap();
    let acme = RelyingParty::of(&Domain::parse("acme.example").unwrap(), &origins()).unwrap();
    for (party, asked) in [(local, false), (acme, true)] {
        let (options, _) = party.begin_registration("Blue key", &[], NOW).unwrap();
        let options: Value = serde_json::from_str(&options).unwrap();
        assert_eq!(options["extensions"].get("prf").is_some(), asked);
    }
}
