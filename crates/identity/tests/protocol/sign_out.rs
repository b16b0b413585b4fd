//! Signing out, here first and then at the provider.

use std::sync::Arc;

use lanyard_identity::{Error, Identity, Revocation, Standing};
use serde_json::json;

use crate::bench::{Bench, CONFIGURATION, NOW, without};
use crate::wire::Reply;

#[tokio::test]
async fn the_session_is_gone_here_before_the_provider_is_told() {
    let bench = Bench::signed_in().await;

    assert_eq!(bench.identity.sign_out().await.unwrap(), Revocation::Done);

    assert_eq!(
        bench.journal(),
        [
            "save_revocations 2",
            "clear",
            "/revoke R1",
            "save_revocations 1",
            "/revoke A1",
            "save_revocations 0"
        ],
    );
    let asked = bench.server.asked("/revoke");
    assert_eq!(asked[0].form["token_type_hint"], "refresh_token");
    assert_eq!(asked[1].form["token_type_hint"], "access_token");
    assert_eq!(asked[0].form["client_id"], "lanyard");
    assert_eq!(bench.identity.standing(), Standing::SignedOut);
    assert!(bench.restarted().account().is_none());
    assert!(matches!(bench.identity.sign_out().await, Err(Error::NotSignedIn)));
}

#[tokio::test]
async fn offline_the_revocation_waits_and_is_sent_after_a_restart() {
    let mut bench = Bench::signed_in().await;
    bench.server.stop().await;

    assert_eq!(bench.identity.sign_out().await.unwrap(), Revocation::Queued);
    assert!(bench.identity.account().is_none() && bench.store.is_empty());
    let restarted = bench.restarted();
    assert_eq!(restarted.pending_revocations(), 2);
    assert_eq!(restarted.send_pending_revocations().await.unwrap(), 0);
    assert_eq!(bench.store.queued(), ["R1", "A1"]);

    bench.server.resume().await;
    assert_eq!(restarted.send_pending_revocations().await.unwrap(), 2);
    assert!(bench.store.queued().is_empty());
    assert_eq!(restarted.send_pending_revocations().await.unwrap(), 0);
}

#[tokio::test]
async fn only_an_answer_of_the_provider_takes_a_revocation_from_the_queue() {
    for (reply, outcome) in [
        (Reply::html(503), Revocation::Queued),
        (Reply::Raw { status: 302, content_type: "", body: String::new() }, Revocation::Queued),
        // A captive portal answers 200 to everything.
        (Reply::html(200), Revocation::Queued),
        (Reply::HangUp, Revocation::Queued),
        (Reply::ok(json!({})), Revocation::Done),
        // RFC 7009, section 2.2.1: asking again would change nothing.
        (Reply::error("unsupported_token_type"), Revocation::Done),
    ] {
        let bench = Bench::signed_in().await;
        bench.server.on("/revoke", [reply]);
        assert_eq!(bench.identity.sign_out().await.unwrap(), outcome);
        assert_eq!(bench.store.queued().is_empty(), outcome == Revocation::Done);
    }
}

#[tokio::test]
async fn an_access_token_that_has_expired_is_not_sent() {
    let mut bench = Bench::signed_in().await;
    bench.server.stop().await;
    bench.identity.sign_out().await.unwrap();
    bench.server.resume().await;
    bench.clock.set(NOW + 300);
    assert_eq!(bench.identity.send_pending_revocations().await.unwrap(), 1);
    assert!(bench.store.queued().is_empty());
    assert_eq!(bench.server.asked("/revoke").len(), 1);
}

#[tokio::test]
async fn a_provider_without_revocation_is_said_to_have_none() {
    let bench = Bench::new().await;
    bench.server.on(CONFIGURATION, [Reply::ok(without(bench.configuration(), "revocation_endpoint"))]);
    bench.sign_in().await.unwrap();
    assert_eq!(bench.identity.sign_out().await.unwrap(), Revocation::NotOffered);
    assert!(bench.store.is_empty());
}

#[tokio::test]
async fn a_store_that_fails_keeps_the_session_and_says_so() {
    for call in ["save_revocations", "clear"] {
        let bench = Bench::signed_in().await;
        bench.store.fail(Some(call));
        let error = bench.identity.sign_out().await.unwrap_err();
        assert!(matches!(error, Error::Store(_)), "{call}: {error}");
        assert_eq!(bench.identity.standing(), Standing::SignedIn);
        assert!(bench.server.asked("/revoke").is_empty());
        assert!(bench.store.queued().is_empty());
        assert_eq!(bench.restarted().standing(), Standing::SignedIn);
    }
}

#[tokio::test]
async fn a_sign_out_that_was_interrupted_is_finished_at_the_next_start() {
    let bench = Bench::signed_in().await;
    let interrupted = bench.store.clone();
    let session = lanyard_identity::TokenStore::load(&interrupted).unwrap().unwrap();
    bench.server.on("/revoke", [Reply::HangUp]);
    bench.identity.sign_out().await.unwrap();
    // As a crash between queueing and clearing leaves it: the session is there, and its token is queued.
    lanyard_identity::TokenStore::save(&interrupted, &session).unwrap();

    let restarted = bench.restarted();

    assert_eq!(restarted.standing(), Standing::SignedOut);
    assert!(bench.store.is_empty());
    assert_eq!(restarted.pending_revocations(), 2);
}

#[tokio::test]
async fn a_new_sign_in_sends_old_revocations_first() {
    let bench = Bench::signed_in().await;
    bench.server.on("/revoke", [Reply::HangUp]);
    bench.identity.sign_out().await.unwrap();
    bench.server.on("/revoke", [Reply::ok(json!({}))]);
    bench.server.journal.lock().unwrap().clear();

    bench.begin().await.unwrap();

    let journal = bench.journal();
    let position = |entry: &str| journal.iter().position(|line| line == entry).unwrap();
    assert!(position("/revoke R1") < position("/device/auth"), "{journal:?}");
}

#[tokio::test]
async fn a_store_that_cannot_be_read_is_an_error_and_not_a_sign_out() {
    let bench = Bench::signed_in().await;
    bench.store.fail(Some("load"));
    let opened = Identity::with_clock(bench.store.clone(), Arc::new(bench.clock.clone()));
    assert!(matches!(opened, Err(Error::Store(_))));
}
