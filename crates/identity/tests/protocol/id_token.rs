//! Each check of an ID token, failing for exactly its reason; the last test shows that all pass together.

use lanyard_identity::{Error, IdTokenProblem, Standing};
use serde_json::{Value, json};

use crate::bench::{Bench, CLIENT_ID, NOW, with, without};
use crate::keys::{SigningKey, encode, unsigned};
use crate::wire::Reply;

async fn problem(id_token: impl FnOnce(&Bench) -> String) -> IdTokenProblem {
    let bench = Bench::new().await;
    bench.server.on("/token", [Reply::ok(bench.tokens_with(&id_token(&bench)))]);
    let error = bench.sign_in().await.unwrap_err();
    assert_eq!(bench.identity.standing(), Standing::SignedOut);
    assert!(bench.store.is_empty());
    let revoked: Vec<_> =
        bench.server.asked("/revoke").iter().map(|asked| asked.form["token"].clone()).collect();
    assert_eq!(revoked, ["R2", "A2"], "tokens that nobody will use are revoked");
    let Error::IdToken(problem) = error else { panic!("{error}") };
    problem
}

async fn problem_with(field: &str, content: Value) -> IdTokenProblem {
    problem(|bench| bench.key.sign(&with(bench.claims(), field, content))).await
}

#[tokio::test]
async fn the_issuer_must_be_the_one_asked() {
    assert_eq!(problem_with("iss", json!("https://login.other.example")).await, IdTokenProblem::Issuer);
}

#[tokio::test]
async fn the_audience_must_be_us_alone() {
    assert_eq!(problem_with("aud", json!("payroll")).await, IdTokenProblem::Audience);
    assert_eq!(problem_with("aud", json!([CLIENT_ID, "payroll"])).await, IdTokenProblem::Audience);
}

#[tokio::test]
async fn the_authorized_party_must_be_us() {
    assert_eq!(problem_with("azp", json!("payroll")).await, IdTokenProblem::AuthorizedParty);
}

#[tokio::test]
async fn the_time_must_be_now() {
    // Two minutes are allowed for clocks that differ.
    assert_eq!(problem_with("exp", json!(NOW - 121)).await, IdTokenProblem::Expired);
    assert_eq!(problem_with("iat", json!(NOW + 121)).await, IdTokenProblem::IssuedAt);
    assert_eq!(problem_with("iat", json!(NOW - 24 * 3600 - 1)).await, IdTokenProblem::IssuedAt);
}

#[tokio::test]
async fn the_signature_must_be_by_the_published_key() {
    let forged = problem(|bench| SigningKey::make("key-1").sign(&bench.claims())).await;
    assert_eq!(forged, IdTokenProblem::Signature);
    let unknown = problem(|bench| SigningKey::make("key-2").sign(&bench.claims())).await;
    assert_eq!(unknown, IdTokenProblem::UnknownKey);
}

#[tokio::test]
async fn a_changed_payload_breaks_the_signature() {
    let changed = problem(|bench| {
        let token = bench.key.sign(&bench.claims());
        let parts: Vec<&str> = token.split('.').collect();
        let claims = with(bench.claims(), "sub", json!("mallory"));
        format!("{}.{}.{}", parts[0], encode(claims.to_string().as_bytes()), parts[2])
    })
    .await;
    assert_eq!(changed, IdTokenProblem::Signature);
}

#[tokio::test]
async fn algorithms_that_prove_nothing_are_refused() {
    let none = json!({ "alg": "none" });
    let unsigned_token = problem(|bench| format!("{}.", unsigned(&none, &bench.claims()))).await;
    assert_eq!(unsigned_token, IdTokenProblem::Algorithm);
    // A public client has no secret, so that anybody could make this one.
    let shared = json!({ "alg": "HS256", "kid": "key-1" });
    let by_secret = problem(|bench| bench.key.sign_with_header(&shared, &bench.claims())).await;
    assert_eq!(by_secret, IdTokenProblem::Algorithm);
}

#[tokio::test]
async fn there_must_be_an_id_token_that_can_be_read() {
    assert_eq!(problem(|_| "not.a.token".to_owned()).await, IdTokenProblem::Malformed);
    assert_eq!(
        problem(|bench| bench.key.sign(&without(bench.claims(), "sub"))).await,
        IdTokenProblem::Malformed
    );

    let bench = Bench::new().await;
    bench.server.on("/token", [Reply::ok(without(bench.tokens("R1", "A1"), "id_token"))]);
    let error = bench.sign_in().await.unwrap_err();
    assert!(matches!(error, Error::IdToken(IdTokenProblem::Missing)), "{error}");
}

#[tokio::test]
async fn a_key_published_after_discovery_is_fetched() {
    let bench = Bench::new().await;
    let rotated = SigningKey::make("key-2");
    bench.server.on(
        "/jwks",
        [
            Reply::ok(json!({ "keys": [bench.key.public()] })),
            Reply::ok(json!({ "keys": [bench.key.public(), rotated.public()] })),
        ],
    );
    bench.server.on("/token", [Reply::ok(bench.tokens_with(&rotated.sign(&bench.claims())))]);
    bench.sign_in().await.unwrap();
    assert_eq!(bench.server.asked("/jwks").len(), 2);
}

#[tokio::test]
async fn a_token_at_the_edge_of_every_check_passes() {
    let bench = Bench::new().await;
    let mut claims = bench.claims();
    claims["aud"] = json!([CLIENT_ID]);
    claims["azp"] = json!(CLIENT_ID);
    claims["exp"] = json!(NOW - 119);
    claims["iat"] = json!(NOW + 119);
    bench.server.on("/token", [Reply::ok(bench.tokens_with(&bench.key.sign(&claims)))]);
    assert_eq!(bench.sign_in().await.unwrap().subject, "alice");
    assert_eq!(bench.server.asked("/jwks").len(), 1);
}
