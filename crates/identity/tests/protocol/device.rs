//! Polling, through what a network does to it.

use std::time::Duration;

use lanyard_identity::{Error, Standing};
use serde_json::json;

use crate::bench::{Bench, CLIENT_ID, CONFIGURATION, NOW, with, without};
use crate::wire::Reply;

#[tokio::test]
async fn an_approved_sign_in_is_durable_and_survives_a_restart() {
    let bench = Bench::new().await;
    bench.server.on("/token", [Reply::error("authorization_pending"), Reply::ok(bench.tokens("R1", "A1"))]);

    let account = bench.sign_in().await.unwrap();

    assert_eq!((account.subject.as_str(), account.display_name()), ("alice", "Alice Meyer"));
    let form = &bench.server.asked("/token")[1].form;
    assert_eq!(form["device_code"], "device-code-1");
    assert_eq!(form["client_id"], CLIENT_ID);
    assert_eq!(bench.journal().last().unwrap(), "save R1 A1");
    assert_eq!(bench.identity.standing(), Standing::SignedIn);
    let restarted = bench.restarted();
    assert_eq!(restarted.account(), Some(account));
    assert_eq!(restarted.provider(), Some(bench.provider()));
    assert_eq!(restarted.standing(), Standing::SignedIn);
}

#[tokio::test]
async fn trouble_in_mid_poll_is_waited_out() {
    for trouble in
        [Reply::html(503), Reply::Json(429, json!({})), Reply::html(200), Reply::html(403), Reply::HangUp]
    {
        let bench = Bench::new().await;
        bench.server.on("/token", [trouble, Reply::ok(bench.tokens("R1", "A1"))]);
        bench.sign_in().await.unwrap();
        assert_eq!(bench.server.asked("/token").len(), 2);
    }
}

#[tokio::test]
async fn a_provider_that_goes_away_in_mid_poll_may_come_back() {
    let mut bench = Bench::new().await;
    bench.server.on("/token", [Reply::error("authorization_pending"), Reply::ok(bench.tokens("R1", "A1"))]);
    let sign_in = bench.begin().await.unwrap();
    let Bench { server, identity, .. } = &mut bench;

    let absence = async {
        server.heard("/token", 1).await;
        server.stop().await;
        // Refused connections are seen by nobody but the client: the next poll is due after 250 ms.
        tokio::time::sleep(Duration::from_millis(400)).await;
        assert_eq!(server.asked("/token").len(), 1);
        server.resume().await;
    };
    let (finished, ()) = tokio::join!(identity.finish_sign_in(sign_in), absence);

    assert_eq!(finished.unwrap().subject, "alice");
}

#[tokio::test]
async fn what_the_person_and_the_time_decide_ends_the_polling() {
    for code in ["access_denied", "expired_token", "invalid_grant"] {
        let bench = Bench::new().await;
        bench.server.on("/token", [Reply::error("authorization_pending"), Reply::error(code)]);
        let error = bench.sign_in().await.unwrap_err();
        let expected = if code == "access_denied" { Error::Denied } else { Error::CodeExpired };
        assert_eq!(error.to_string(), expected.to_string());
        assert_eq!(bench.server.asked("/token").len(), 2);
        assert!(bench.identity.account().is_none() && bench.store.is_empty());
    }
}

#[tokio::test]
async fn a_client_refused_at_the_token_endpoint_ends_the_polling() {
    let bench = Bench::new().await;
    bench.server.on("/token", [Reply::error("unauthorized_client")]);
    let error = bench.sign_in().await.unwrap_err();
    assert!(matches!(error, Error::ClientRefused { .. }), "{error}");
    assert_eq!(bench.server.asked("/token").len(), 1);
}

#[tokio::test]
async fn a_code_that_runs_out_gets_one_last_question() {
    for (last, approved) in [(Reply::error("authorization_pending"), false), (Reply::HangUp, false)] {
        let bench = Bench::new().await;
        bench.server.on("/device/auth", [Reply::ok(with(bench.device_answer(), "expires_in", json!(0)))]);
        bench.server.on("/token", [last]);
        assert_eq!(bench.sign_in().await.is_ok(), approved);
        assert_eq!(bench.server.asked("/token").len(), 1);
    }
    let bench = Bench::new().await;
    bench.server.on("/device/auth", [Reply::ok(with(bench.device_answer(), "expires_in", json!(0)))]);
    bench.sign_in().await.unwrap();
}

#[tokio::test]
async fn dropping_the_sign_in_ends_the_polling() {
    let bench = Bench::new().await;
    bench.server.on("/token", [Reply::error("authorization_pending")]);
    let sign_in = bench.begin().await.unwrap();
    tokio::select! {
        finished = bench.identity.finish_sign_in(sign_in) => panic!("{:?}", finished.err()),
        () = bench.server.heard("/token", 2) => {}
    }
    assert!(bench.identity.account().is_none() && bench.store.is_empty());
}

#[tokio::test]
async fn tokens_that_cannot_be_stored_sign_nobody_in_and_are_revoked() {
    let bench = Bench::new().await;
    bench.store.fail(Some("save"));

    let error = bench.sign_in().await.unwrap_err();

    assert!(matches!(error, Error::Store(_)), "{error}");
    assert_eq!(bench.identity.standing(), Standing::SignedOut);
    assert!(bench.identity.account().is_none() && bench.restarted().account().is_none());
    let revoked: Vec<_> =
        bench.server.asked("/revoke").iter().map(|asked| asked.form["token"].clone()).collect();
    assert_eq!(revoked, ["R1", "A1"]);
}

#[tokio::test]
async fn a_sign_in_without_a_refresh_token_has_an_end() {
    let bench = Bench::new().await;
    bench.server.on("/token", [Reply::ok(without(bench.tokens("R1", "A1"), "refresh_token"))]);
    bench.sign_in().await.unwrap();

    let Standing::SignedInUntil(end) = bench.identity.standing() else {
        panic!("{:?}", bench.identity.standing())
    };
    assert_eq!(end.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs(), NOW + 300);
    assert_eq!(bench.identity.refresh_due(), None);
    assert!(matches!(bench.identity.refresh().await, Err(Error::NotRefreshable)));
    bench.clock.set(NOW + 300);
    assert_eq!(bench.identity.standing(), Standing::Ended);
}

#[tokio::test]
async fn lifetimes_are_read_as_providers_write_them() {
    for (expires_in, seconds) in
        [(json!(120), 120), (json!("120"), 120), (json!(null), 3600), (json!(u64::MAX), 366 * 24 * 3600)]
    {
        let bench = Bench::new().await;
        let tokens = without(bench.tokens("R1", "A1"), "refresh_token");
        bench.server.on("/token", [Reply::ok(with(tokens, "expires_in", expires_in))]);
        bench.sign_in().await.unwrap();
        bench.clock.set(NOW + seconds - 1);
        assert!(matches!(bench.identity.standing(), Standing::SignedInUntil(_)));
        bench.clock.set(NOW + seconds);
        assert_eq!(bench.identity.standing(), Standing::Ended);
    }
}

#[tokio::test]
async fn an_access_token_of_an_unknown_type_is_not_used() {
    let bench = Bench::new().await;
    bench.server.on("/token", [Reply::ok(with(bench.tokens("R1", "A1"), "token_type", json!("mac")))]);
    let error = bench.sign_in().await.unwrap_err();
    assert!(matches!(error, Error::Protocol { .. }), "{error}");
    assert!(bench.store.is_empty());
}

#[tokio::test]
async fn name_and_email_come_from_userinfo_when_the_id_token_has_none() {
    let thin = |bench: &Bench| without(without(bench.claims(), "name"), "email");
    for (subject, name) in [("alice", "Alice Meyer"), ("mallory", "alice")] {
        let bench = Bench::new().await;
        let userinfo = json!(format!("{}/me", bench.issuer()));
        bench
            .server
            .on(CONFIGURATION, [Reply::ok(with(bench.configuration(), "userinfo_endpoint", userinfo))]);
        bench.server.on("/me", [Reply::ok(json!({ "sub": subject, "name": "Alice Meyer" }))]);
        bench.server.on("/token", [Reply::ok(bench.tokens_with(&bench.key.sign(&thin(&bench))))]);

        let account = bench.sign_in().await.unwrap();

        assert_eq!(account.display_name(), name, "userinfo about {subject}");
        assert_eq!(bench.restarted().account(), Some(account));
        assert_eq!(bench.server.asked("/me")[0].authorization.as_deref(), Some("Bearer A2"));
        let journal = bench.journal();
        let position = |entry: &str| journal.iter().position(|line| line == entry).unwrap();
        assert!(position("save R2 A2") < position("/me"), "{journal:?}");
    }
}

#[tokio::test]
async fn signing_in_again_revokes_what_was_there_before() {
    let bench = Bench::signed_in().await;
    bench.server.on("/token", [Reply::ok(bench.tokens("R9", "A9"))]);
    bench.sign_in().await.unwrap();

    assert_eq!(bench.store.field("refresh_token").as_deref(), Some("R9"));
    assert_eq!(bench.store.queued(), ["R1", "A1"]);
    assert_eq!(bench.identity.send_pending_revocations().await.unwrap(), 2);
    assert!(bench.store.queued().is_empty());
    assert!(bench.restarted().account().is_some());
}

#[tokio::test]
async fn a_token_that_comes_again_is_not_revoked() {
    let bench = Bench::signed_in().await;
    bench.server.on("/token", [Reply::ok(bench.tokens("R1", "A9"))]);
    bench.sign_in().await.unwrap();
    assert_eq!(bench.store.queued(), ["A1"]);
    assert_eq!(bench.restarted().standing(), Standing::SignedIn);
}

#[tokio::test]
async fn an_error_shows_no_token() {
    let bench = Bench::new().await;
    bench
        .server
        .on("/token", [Reply::Json(200, json!({ "refresh_token": "R-secret", "token_type": "Bearer" }))]);
    let error = bench.sign_in().await.unwrap_err();
    let shown = format!("{error} {error:?}");
    assert!(matches!(error, Error::Protocol { .. }), "{shown}");
    assert!(!shown.contains("secret"), "{shown}");
}
