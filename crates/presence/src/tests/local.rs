use serde_json::{Value, json};

use super::*;
use crate::{Domain, LIFETIME, Refusal, Seen};

/// What becomes of an assertion by a registered key whose software, answer or time is changed.
fn asserted(
    prepare: impl FnOnce(&mut Authenticator),
    change: impl FnOnce(&mut Value),
    later: Duration,
) -> Result<Seen, Refusal> {
    let (key, mut authenticator) = registered(CHROMIUM);
    prepare(&mut authenticator);
    let mut keys = [key];
    let (options, assertion) = local().begin_assertion(&keys, NOW).unwrap();
    let mut answer = authenticator.get(&options);
    change(&mut answer);
    assertion.finish(&answer.to_string(), &mut keys, NOW + later)
}

/// What becomes of a registration by software that is changed.
fn tried(prepare: impl FnOnce(&mut Authenticator)) -> Result<Key, Refusal> {
    let mut authenticator = Authenticator::new(CHROMIUM);
    prepare(&mut authenticator);
    let (options, registration) = local().begin_registration("Blue key", &[], NOW).unwrap();
    registration.finish(&authenticator.create(&options).to_string(), NOW)
}

#[test]
fn a_key_that_was_registered_shows_presence_in_either_browser_each_time() {
    for origin in origins() {
        let (key, mut authenticator) = registered(origin.as_str());
        let mut keys = [key];
        for _ in 0..3 {
            let (options, assertion) = local().begin_assertion(&keys, NOW).unwrap();
            let answer = authenticator.get(&options).to_string();
            let seen = assertion.finish(&answer, &mut keys, NOW + LIFETIME).unwrap();
            assert_eq!(seen, Seen { key: 0, user_verified: true });
        }
    }
}

#[test]
fn a_stored_key_goes_on_where_it_was() {
    let (key, mut authenticator) = registered(CHROMIUM);
    let stored = serde_json::to_string(&key).unwrap();
    let mut keys: Vec<Key> = vec![serde_json::from_str(&stored).unwrap()];
    let (options, assertion) = local().begin_assertion(&keys, NOW).unwrap();
    let seen = assertion.finish(&authenticator.get(&options).to_string(), &mut keys, NOW).unwrap();
    assert_eq!(seen.key, 0);
    // The count is kept with it.
    authenticator.counter = 1;
    let mut keys: Vec<Key> = vec![serde_json::from_str(&serde_json::to_string(&keys[0]).unwrap()).unwrap()];
    let (options, assertion) = local().begin_assertion(&keys, NOW).unwrap();
    let answer = authenticator.get(&options).to_string();
    assert!(matches!(assertion.finish(&answer, &mut keys, NOW), Err(Refusal::MayBeCopied)));
}

#[test]
fn a_key_that_does_not_count_is_no_copy() {
    let mut authenticator = Authenticator::new(CHROMIUM);
    (authenticator.counter, authenticator.step) = (0, 0);
    let (options, registration) = local().begin_registration("Blue key", &[], NOW).unwrap();
    let mut keys = [registration.finish(&authenticator.create(&options).to_string(), NOW).unwrap()];
    for _ in 0..2 {
        let (options, assertion) = local().begin_assertion(&keys, NOW).unwrap();
        let answer = authenticator.get(&options).to_string();
        assert!(assertion.finish(&answer, &mut keys, NOW).is_ok());
    }
}

#[test]
fn a_counter_that_does_not_go_on_may_be_a_copy() {
    let back = asserted(|key| key.counter = 0, |_| (), Duration::ZERO);
    assert!(matches!(back, Err(Refusal::MayBeCopied)), "{back:?}");
}

#[test]
fn two_questions_at_once_do_not_hide_a_copy() {
    let (key, mut authenticator) = registered(CHROMIUM);
    let mut keys = [key];
    let (first_options, first) = local().begin_assertion(&keys, NOW).unwrap();
    let (second_options, second) = local().begin_assertion(&keys, NOW).unwrap();
    assert!(first.finish(&authenticator.get(&first_options).to_string(), &mut keys, NOW).is_ok());
    authenticator.counter = 1;
    let copied = second.finish(&authenticator.get(&second_options).to_string(), &mut keys, NOW);
    assert!(matches!(copied, Err(Refusal::MayBeCopied)), "{copied:?}");
}

#[test]
fn a_question_waits_two_minutes_and_no_longer() {
    assert!(asserted(|_| (), |_| (), LIFETIME).is_ok());
    let late = asserted(|_| (), |_| (), LIFETIME + Duration::from_millis(1));
    assert!(matches!(late, Err(Refusal::Expired)));
    let mut authenticator = Authenticator::new(CHROMIUM);
    let (options, registration) = local().begin_registration("Blue key", &[], NOW).unwrap();
    let answer = authenticator.create(&options).to_string();
    let late = registration.finish(&answer, NOW + LIFETIME + Duration::from_millis(1));
    assert!(matches!(late, Err(Refusal::Expired)));
}

#[test]
fn an_answer_to_another_question_does_not_count() {
    let (key, mut authenticator) = registered(CHROMIUM);
    let mut keys = [key];
    let (options, _unanswered) = local().begin_assertion(&keys, NOW).unwrap();
    let replayed = authenticator.get(&options).to_string();
    let (_, assertion) = local().begin_assertion(&keys, NOW).unwrap();
    assert!(matches!(assertion.finish(&replayed, &mut keys, NOW), Err(Refusal::ForeignChallenge)));
    let (options, _unanswered) = local().begin_registration("Blue key", &[], NOW).unwrap();
    let replayed = authenticator.create(&options).to_string();
    let (_, registration) = local().begin_registration("Blue key", &[], NOW).unwrap();
    assert!(matches!(registration.finish(&replayed, NOW), Err(Refusal::ForeignChallenge)));
}

#[test]
fn only_the_extensions_own_pages_count() {
    let foreign = [
        "http://localhost",
        "http://localhost:8080",
        "https://localhost",
        "https://payroll.example",
        "chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "chrome-extension://nccaophgjhhgbbagbkcekchbebbpbmbj/",
        "moz-extension://0a3f3c5e-0b6a-4c6e-9b1f-2f6b8f0f7d11",
    ];
    for origin in foreign {
        let used = asserted(|key| key.origin = origin.into(), |_| (), Duration::ZERO);
        assert!(matches!(used, Err(Refusal::ForeignOrigin)), "{origin}: {used:?}");
        let made = tried(|key| key.origin = origin.into());
        assert!(matches!(made, Err(Refusal::ForeignOrigin)), "{origin}");
    }
    let framed = asserted(|key| key.framed = true, |_| (), Duration::ZERO);
    assert!(matches!(framed, Err(Refusal::ForeignOrigin)));
}

#[test]
fn a_key_that_answers_for_another_site_does_not_count() {
    let used = asserted(|key| key.rp_id = Some("evil.example".into()), |_| (), Duration::ZERO);
    assert!(matches!(used, Err(Refusal::ForeignParty)), "{used:?}");
    let made = tried(|key| key.rp_id = Some("evil.example".into()));
    assert!(matches!(made, Err(Refusal::ForeignParty)));
}

#[test]
fn another_key_does_not_count() {
    let other = Authenticator::new(CHROMIUM);
    let unknown = asserted(|key| *key = other, |_| (), Duration::ZERO);
    assert!(matches!(unknown, Err(Refusal::OtherKey)), "{unknown:?}");
    // It says that it is the registered one.
    let mut other = Authenticator::new(CHROMIUM);
    let pretended = asserted(
        |key| {
            other.id.clone_from(&key.id);
            *key = other;
        },
        |_| (),
        Duration::ZERO,
    );
    assert!(matches!(pretended, Err(Refusal::BadSignature)), "{pretended:?}");
}

#[test]
fn a_key_that_was_removed_meanwhile_does_not_count() {
    let (key, mut authenticator) = registered(CHROMIUM);
    let (options, assertion) = local().begin_assertion(&[key], NOW).unwrap();
    let answer = authenticator.get(&options).to_string();
    assert!(matches!(assertion.finish(&answer, &mut [], NOW), Err(Refusal::OtherKey)));
}

#[test]
fn what_was_changed_after_it_was_signed_does_not_count() {
    let tampered = |part: &str| {
        asserted(
            |_| (),
            |answer| {
                let text = answer["response"][part].as_str().unwrap();
                // The last bytes are the signature's, the counter's and the closing of the client data.
                let mut bytes = text.as_bytes().to_vec();
                let place = bytes.len() - 6;
                bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
                answer["response"][part] = json!(String::from_utf8(bytes).unwrap());
            },
            Duration::ZERO,
        )
    };
    let refused = tampered("signature");
    assert!(matches!(refused, Err(Refusal::BadSignature | Refusal::NotUnderstood(_))), "{refused:?}");
    let refused = tampered("authenticatorData");
    assert!(matches!(refused, Err(Refusal::BadSignature)), "{refused:?}");
    let refused = tampered("clientDataJSON");
    assert!(matches!(refused, Err(Refusal::BadSignature | Refusal::NotUnderstood(_))), "{refused:?}");
}

#[test]
fn a_key_that_nobody_touched_does_not_count() {
    let untouched = asserted(|key| key.touched = false, |_| (), Duration::ZERO);
    assert!(matches!(untouched, Err(Refusal::NotTouched)));
    assert!(matches!(tried(|key| key.touched = false), Err(Refusal::NotTouched)));
}

#[test]
fn a_key_that_checks_its_person_has_to_do_so_each_time_and_one_that_cannot_is_good_too() {
    let careless = asserted(|key| key.verified = false, |_| (), Duration::ZERO);
    assert!(matches!(careless, Err(Refusal::NotVerified)));
    let mut plain = Authenticator::new(CHROMIUM);
    plain.verified = false;
    let (options, registration) = local().begin_registration("Plain key", &[], NOW).unwrap();
    let mut keys = [registration.finish(&plain.create(&options).to_string(), NOW).unwrap()];
    let (options, assertion) = local().begin_assertion(&keys, NOW).unwrap();
    let seen = assertion.finish(&plain.get(&options).to_string(), &mut keys, NOW).unwrap();
    assert!(!seen.user_verified);
}

#[test]
fn what_is_no_answer_is_refused() {
    for answer in ["", "null", "{}", "[]", r#"{"id":"a"}"#, "\u{0}"] {
        let (_, registration) = local().begin_registration("Blue key", &[], NOW).unwrap();
        assert!(matches!(registration.finish(answer, NOW), Err(Refusal::NotUnderstood(_))), "{answer}");
        let (key, _) = registered(CHROMIUM);
        let mut keys = [key];
        let (_, assertion) = local().begin_assertion(&keys, NOW).unwrap();
        assert!(matches!(assertion.finish(answer, &mut keys, NOW), Err(Refusal::NotUnderstood(_))));
    }
}

#[test]
fn the_options_name_the_party_and_the_keys_and_ask_for_no_secret() {
    let (key, _) = registered(CHROMIUM);
    let (options, _) = local().begin_registration("Blue key", std::slice::from_ref(&key), NOW).unwrap();
    let options: Value = serde_json::from_str(&options).unwrap();
    assert_eq!(options["rp"], json!({ "id": "localhost", "name": "Lanyard" }));
    assert_eq!(options["excludeCredentials"].as_array().unwrap().len(), 1);
    assert_eq!(options["authenticatorSelection"]["userVerification"], "preferred");
    assert_eq!(options["timeout"], 120_000);
    assert!(!options.to_string().contains("prf") && !options.to_string().contains("credentialProtection"));
    let (options, _) = local().begin_assertion(&[key], NOW).unwrap();
    let options: Value = serde_json::from_str(&options).unwrap();
    assert_eq!(options["rpId"], "localhost");
    assert_eq!(options["allowCredentials"].as_array().unwrap().len(), 1);
    assert!(!options.to_string().contains("prf"));
}

#[test]
fn a_key_is_asked_only_by_whom_it_was_registered_for() {
    let (key, _) = registered(CHROMIUM);
    let acme = RelyingParty::of(&Domain::parse("acme.example").unwrap(), &origins()).unwrap();
    assert!(!acme.knows(&key) && local().knows(&key));
    assert!(matches!(acme.begin_assertion(&[key], NOW), Err(Refusal::NoKey)));
    assert!(matches!(local().begin_assertion(&[], NOW), Err(Refusal::NoKey)));
}

#[test]
fn firefox_names_an_add_on_by_the_hash_of_its_id() {
    // `printf companion@lanyard | sha256sum | cut -c1-64 | tr 0-9a-f a-p`, which is what Firefox 153 writes.
    let hash = "ldeamhpdhahfgneoklafadobfngbbohehcaglgahdaaggknmahempndopakdjdkm";
    assert_eq!(ExtensionOrigin::firefox("companion@lanyard").as_str(), format!("moz-extension://{hash}"));
}

#[test]
fn a_domain_is_a_name_with_a_dot() {
    for good in ["acme.example", "idp.acme.example", "xn--bcher-kva.example", "a-1.example"] {
        assert!(Domain::parse(good).is_ok(), "{good}");
    }
    let long = format!("{}.example", "a".repeat(64));
    let bad = [
        "",
        "localhost",
        "acme",
        ".",
        "acme.",
        ".acme",
        "a..b",
        "Acme.example",
        "acme.example:443",
        "https://acme.example",
        "acme.example/",
        "127.0.0.1",
        "[::1]",
        "::1",
        "acme .example",
        "-a.example",
        "a-.example",
        "app.localhost",
        "bücher.example",
        "acme.example.",
        "*.acme.example",
        &long,
    ];
    for bad in bad {
        assert!(Domain::parse(bad).is_err(), "{bad}");
    }
}
