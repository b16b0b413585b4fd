//! Staying signed in.

use std::time::Duration;

use lanyard_identity::{Error, IdTokenProblem, Standing};
use serde_json::json;

use crate::bench::{Bench, CONFIGURATION, NOW, with, without};
use crate::wire::Reply;

#[tokio::test]
async fn a_rotated_refresh_token_is_stored_before_anything_else_is_used() {
    let bench = Bench::signed_in().await;
    bench.server.on("/token", [Reply::ok(bench.tokens("R2", "A2"))]);

    bench.identity.refresh().await.unwrap();

    let asked = bench.server.asked("/token");
    assert_eq!(asked.last().unwrap().form["refresh_token"], "R1");
    // The new access token is stored, and so usable, after the new refresh token.
    assert_eq!(bench.journal(), [CONFIGURATION, "/jwks", "/token refresh_token", "save R2 A1", "save R2 A2"],);
}

#[tokio::test]
async fn a_provider_that_does_not_rotate_keeps_the_refresh_token() {
    let bench = Bench::signed_in().await;
    let answer = without(without(bench.tokens("", "A2"), "refresh_token"), "id_token");
    bench.server.on("/token", [Reply::ok(answer)]);

    let account = bench.identity.refresh().await.unwrap();

    assert_eq!(account.display_name(), "Alice Meyer");
    assert_eq!(bench.store.field("refresh_token").as_deref(), Some("R1"));
    assert_eq!(bench.store.field("access_token").as_deref(), Some("A2"));
}

#[tokio::test]
async fn callers_at_the_same_time_share_one_request() {
    let bench = Bench::signed_in().await;
    let (held, release) = Reply::ok(bench.tokens("R2", "A2")).held();
    bench.server.on("/token", [held, Reply::error("invalid_grant")]);
    let before = bench.server.asked("/token").len();

    let release_it = async {
        bench.server.heard("/token", before + 1).await;
        release.notify_one();
    };
    let (one, two, ()) = tokio::join!(bench.identity.refresh(), bench.identity.refresh(), release_it);

    assert_eq!(one.unwrap().subject, "alice");
    assert_eq!(two.unwrap().subject, "alice");
    assert_eq!(bench.server.asked("/token").len(), before + 1);
}

#[tokio::test]
async fn a_failure_is_shared_as_well() {
    let bench = Bench::signed_in().await;
    bench.server.on("/token", [Reply::html(503)]);
    let before = bench.server.asked("/token").len();
    let (one, two) = tokio::join!(bench.identity.refresh(), bench.identity.refresh());
    assert!(matches!(one, Err(Error::Unavailable { status: 503, .. })));
    assert!(matches!(two, Err(Error::Unavailable { status: 503, .. })));
    assert_eq!(bench.server.asked("/token").len(), before + 1);
}

#[tokio::test]
async fn callers_one_after_the_other_ask_twice() {
    let bench = Bench::signed_in().await;
    bench.server.on("/token", [Reply::ok(bench.tokens("R2", "A2")), Reply::ok(bench.tokens("R3", "A3"))]);
    bench.identity.refresh().await.unwrap();
    bench.identity.refresh().await.unwrap();
    assert_eq!(bench.store.field("refresh_token").as_deref(), Some("R3"));
}

#[tokio::test]
async fn a_refusal_stays_across_a_restart_and_is_not_asked_again() {
    let bench = Bench::signed_in().await;
    bench.server.on("/token", [Reply::error("invalid_grant")]);

    let error = bench.identity.refresh().await.unwrap_err();

    assert!(matches!(error, Error::Refused), "{error}");
    assert!(error.is_refusal() && !error.is_offline());
    assert_eq!(bench.identity.standing(), Standing::Refused);
    assert!(bench.identity.account().is_some());
    assert_eq!(bench.identity.refresh_due(), None);
    let asked = bench.server.asked("/token").len();
    let restarted = bench.restarted();
    assert_eq!(restarted.standing(), Standing::Refused);
    assert!(matches!(restarted.refresh().await, Err(Error::Refused)));
    assert_eq!(bench.server.asked("/token").len(), asked);
}

#[tokio::test]
async fn a_refused_session_ends_with_a_new_sign_in() {
    let bench = Bench::signed_in().await;
    bench.server.on("/token", [Reply::error("invalid_grant"), Reply::ok(bench.tokens("R5", "A5"))]);
    bench.identity.refresh().await.unwrap_err();
    bench.sign_in().await.unwrap();
    assert_eq!(bench.identity.standing(), Standing::SignedIn);
    assert!(bench.store.queued().is_empty(), "a refused token needs no revocation");
}

#[tokio::test]
async fn a_provider_that_cannot_be_asked_changes_nothing() {
    let mut bench = Bench::signed_in().await;
    for trouble in [Reply::html(503), Reply::html(200), Reply::HangUp] {
        bench.server.on("/token", [trouble]);
        let error = bench.identity.refresh().await.unwrap_err();
        assert!(error.is_offline() && !error.is_refusal(), "{error}");
    }
    bench.server.stop().await;
    let error = bench.identity.refresh().await.unwrap_err();
    assert!(matches!(error, Error::Unreachable { .. }), "{error}");

    assert_eq!(bench.identity.standing(), Standing::SignedIn);
    assert_eq!(bench.restarted().standing(), Standing::SignedIn);
    bench.server.resume().await;
    bench.server.on("/token", [Reply::ok(bench.tokens("R2", "A2"))]);
    bench.identity.refresh().await.unwrap();
}

#[tokio::test]
async fn a_client_that_is_refused_later_is_a_refusal_that_may_pass() {
    let bench = Bench::signed_in().await;
    bench.server.on("/token", [Reply::error("invalid_client"), Reply::ok(bench.tokens("R2", "A2"))]);
    let error = bench.identity.refresh().await.unwrap_err();
    assert!(matches!(error, Error::ClientRefused { .. }) && error.is_refusal(), "{error}");
    assert_eq!(bench.identity.standing(), Standing::SignedIn);
    bench.identity.refresh().await.unwrap();
}

#[tokio::test]
async fn another_person_in_the_answer_ends_the_session() {
    let bench = Bench::signed_in().await;
    let foreign = bench.key.sign(&with(bench.claims(), "sub", json!("mallory")));
    bench.server.on("/token", [Reply::ok(bench.tokens_with(&foreign))]);

    let error = bench.identity.refresh().await.unwrap_err();

    assert!(matches!(error, Error::SubjectChanged) && error.is_refusal(), "{error}");
    assert_eq!(bench.identity.account().unwrap().subject, "alice");
    assert_eq!(bench.restarted().standing(), Standing::Refused);
    assert_eq!(bench.store.field("access_token").as_deref(), Some("A1"));
}

#[tokio::test]
async fn an_invalid_id_token_in_the_answer_is_refused_but_the_rotated_token_is_kept() {
    let bench = Bench::signed_in().await;
    let expired = bench.key.sign(&with(bench.claims(), "exp", json!(NOW - 500)));
    bench.server.on("/token", [Reply::ok(bench.tokens_with(&expired)), Reply::ok(bench.tokens("R3", "A3"))]);

    let error = bench.identity.refresh().await.unwrap_err();

    assert!(matches!(error, Error::IdToken(IdTokenProblem::Expired)) && error.is_refusal(), "{error}");
    assert_eq!(bench.store.field("access_token").as_deref(), Some("A1"));
    bench.identity.refresh().await.unwrap();
    assert_eq!(bench.server.asked("/token").last().unwrap().form["refresh_token"], "R2");
}

#[tokio::test]
async fn a_rotated_token_that_cannot_be_stored_is_stored_before_its_next_use() {
    let bench = Bench::signed_in().await;
    bench.server.on("/token", [Reply::ok(bench.tokens("R2", "A2")), Reply::ok(bench.tokens("R3", "A3"))]);
    bench.store.fail(Some("save"));

    let error = bench.identity.refresh().await.unwrap_err();
    assert!(matches!(error, Error::Store(_)), "{error}");
    assert_eq!(bench.store.field("access_token").as_deref(), Some("A1"));
    let asked = bench.server.asked("/token").len();
    assert!(matches!(bench.identity.refresh().await, Err(Error::Store(_))));
    assert_eq!(bench.server.asked("/token").len(), asked, "a token that is not durable is not used");

    bench.store.fail(None);
    bench.server.journal.lock().unwrap().clear();
    bench.identity.refresh().await.unwrap();
    assert_eq!(bench.journal()[0], "save R2 A1");
    assert_eq!(bench.server.asked("/token").last().unwrap().form["refresh_token"], "R2");
}

#[tokio::test]
async fn signing_out_during_a_refresh_revokes_what_the_refresh_brings() {
    let bench = Bench::signed_in().await;
    let (held, release) = Reply::ok(bench.tokens("R2", "A2")).held();
    bench.server.on("/token", [held]);
    let before = bench.server.asked("/token").len();

    let sign_out = async {
        bench.server.heard("/token", before + 1).await;
        bench.identity.sign_out().await.unwrap();
        release.notify_one();
    };
    let (refreshed, ()) = tokio::join!(bench.identity.refresh(), sign_out);

    assert!(matches!(refreshed, Err(Error::NotSignedIn)));
    assert!(bench.identity.account().is_none() && bench.store.is_empty());
    let revoked: Vec<_> =
        bench.server.asked("/revoke").iter().map(|asked| asked.form["token"].clone()).collect();
    assert_eq!(revoked, ["R1", "A1", "R2", "A2"]);
}

#[tokio::test]
async fn the_next_refresh_is_due_before_the_end_and_later_after_failures() {
    let bench = Bench::signed_in().await;
    assert_eq!(bench.identity.refresh_due(), Some(Duration::from_mins(4)));
    bench.clock.set(NOW - 366 * 24 * 3600);
    assert_eq!(bench.identity.refresh_due(), Some(Duration::from_hours(1)), "a clock that was set back");
    bench.clock.set(NOW + 299);
    assert_eq!(bench.identity.refresh_due(), Some(Duration::ZERO));

    bench.server.on("/token", [Reply::html(503)]);
    bench.identity.refresh().await.unwrap_err();
    let first = bench.identity.refresh_due().unwrap();
    assert!(first > Duration::from_secs(10) && first <= Duration::from_secs(15), "{first:?}");
    bench.identity.refresh().await.unwrap_err();
    let second = bench.identity.refresh_due().unwrap();
    assert!(second > Duration::from_secs(25) && second <= Duration::from_secs(30), "{second:?}");
}

#[tokio::test]
async fn nobody_signed_in_has_nothing_to_refresh() {
    let bench = Bench::new().await;
    assert_eq!(bench.identity.refresh_due(), None);
    assert!(matches!(bench.identity.refresh().await, Err(Error::NotSignedIn)));
    assert!(bench.journal().is_empty());
}
