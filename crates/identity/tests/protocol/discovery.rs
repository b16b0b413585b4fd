//! From an issuer URL to a code on the screen, and everything that can be wrong on the way.

use std::time::Duration;

use lanyard_identity::{Error, Provider, SignIn};
use serde_json::{Value, json};

use crate::bench::{Bench, CLIENT_ID, CONFIGURATION, with, without};
use crate::wire::Reply;

async fn refused(bench: &Bench) -> Error {
    bench.begin().await.err().unwrap()
}

async fn refused_by(configuration: impl FnOnce(&Bench) -> Reply) -> Error {
    let bench = Bench::new().await;
    bench.server.on(CONFIGURATION, [configuration(&bench)]);
    refused(&bench).await
}

#[tokio::test]
async fn the_code_and_the_address_of_the_provider_are_shown() {
    let bench = Bench::new().await;
    let sign_in: SignIn = bench.begin().await.unwrap();

    assert_eq!(sign_in.user_code, "WDJB-MJHT");
    assert_eq!(sign_in.verification_uri, format!("{}/device", bench.issuer()));
    assert_eq!(
        sign_in.verification_uri_complete,
        Some(format!("{}/device?user_code=WDJB-MJHT", bench.issuer()))
    );
    assert_eq!(sign_in.expires_in, Duration::from_mins(10));
    let form = &bench.server.asked("/device/auth")[0].form;
    assert_eq!(form["client_id"], CLIENT_ID);
    assert_eq!(form["scope"], "openid profile email offline_access");
    assert!(bench.identity.account().is_none());
}

#[tokio::test]
async fn an_issuer_below_a_path_and_with_a_slash_is_asked_below_it() {
    let bench = Bench::new().await;
    let issuer = format!("{}/tenant/", bench.issuer());
    let configuration = with(bench.configuration(), "issuer", json!(issuer));
    bench.server.on(&format!("/tenant{CONFIGURATION}"), [Reply::ok(configuration)]);

    bench.identity.begin_sign_in(&Provider::parse(&issuer, CLIENT_ID).unwrap()).await.unwrap();
}

#[tokio::test]
async fn the_name_localhost_is_this_machine() {
    let bench = Bench::new().await;
    let issuer = format!("http://localhost:{}", bench.server.address.port());
    bench.server.on(CONFIGURATION, [Reply::ok(with(bench.configuration(), "issuer", json!(issuer)))]);

    bench.identity.begin_sign_in(&Provider::parse(&issuer, CLIENT_ID).unwrap()).await.unwrap();
}

#[tokio::test]
async fn another_issuer_is_named_and_refused() {
    for found in ["https://login.other.example", "http://127.0.0.1"] {
        let error = refused_by(|bench| Reply::ok(with(bench.configuration(), "issuer", json!(found)))).await;
        assert!(matches!(&error, Error::ForeignIssuer { found: named, .. } if named == found), "{error}");
    }
    // A slash more is another issuer.
    let error = refused_by(|bench| {
        Reply::ok(with(bench.configuration(), "issuer", json!(format!("{}/", bench.issuer()))))
    })
    .await;
    assert!(matches!(error, Error::ForeignIssuer { .. }), "{error}");
}

#[tokio::test]
async fn a_server_that_is_no_provider_is_told_from_a_web_page() {
    let missing = refused_by(|_| Reply::html(404)).await;
    assert!(matches!(missing, Error::NotOpenId { .. }), "{missing}");
    let other_json = refused_by(|_| Reply::ok(json!({ "hello": "world" }))).await;
    assert!(matches!(other_json, Error::NotOpenId { .. }), "{other_json}");
    let no_token_endpoint =
        refused_by(|bench| Reply::ok(without(bench.configuration(), "token_endpoint"))).await;
    assert!(matches!(no_token_endpoint, Error::NotOpenId { .. }), "{no_token_endpoint}");

    let page = refused_by(|_| Reply::html(200)).await;
    assert!(matches!(page, Error::WebPage { .. }), "{page}");
    assert!(page.is_offline());
}

#[tokio::test]
async fn json_that_is_not_called_json_is_a_web_page() {
    for content_type in ["", "text/plain", "application/jsonp", "text/html; note=application/json"] {
        let error = refused_by(|bench| Reply::Raw {
            status: 200,
            content_type,
            body: bench.configuration().to_string(),
        })
        .await;
        assert!(matches!(error, Error::WebPage { .. }), "{content_type}: {error}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    for content_type in ["text/html", "application/json"] {
        let bench = Bench::new().await;
        let body = bench.configuration().to_string();
        bench.server.on(CONFIGURATION, [Reply::Raw { status: 302, content_type, body }]);
        bench.server.on("/elsewhere", [Reply::ok(bench.configuration())]);

        let error = refused(&bench).await;
        assert!(matches!(error, Error::WebPage { .. }), "{content_type}: {error}");
        assert!(bench.server.asked("/elsewhere").is_empty());
    }
}

#[tokio::test]
async fn a_provider_in_trouble_is_unavailable() {
    for status in [408, 429, 500, 503] {
        let error = refused_by(|_| Reply::html(status)).await;
        assert!(matches!(error, Error::Unavailable { status: named, .. } if named == status), "{error}");
        assert!(error.is_offline());
    }
}

#[tokio::test]
async fn an_answer_without_end_is_cut_off() {
    let filler = "x".repeat(1024 * 1024);
    let long = refused_by(|bench| Reply::ok(with(bench.configuration(), "filler", json!(filler)))).await;
    assert!(matches!(&long, Error::Protocol { what } if what == "the answer is too long"), "{long}");

    let bench = Bench::new().await;
    let fits = with(bench.configuration(), "filler", json!(&filler[..1000 * 1024]));
    bench.server.on(CONFIGURATION, [Reply::ok(fits)]);
    bench.begin().await.unwrap();
}

#[tokio::test]
async fn no_listener_and_no_name_are_told_apart() {
    let mut bench = Bench::new().await;
    bench.server.stop().await;
    let error = refused(&bench).await;
    assert!(matches!(error, Error::Unreachable { .. }), "{error}");
    assert!(error.is_offline());

    // RFC 6761, section 6.4: no name below `invalid` exists.
    let nowhere = Provider::parse("https://login.acme.invalid", CLIENT_ID).unwrap();
    let error = bench.identity.begin_sign_in(&nowhere).await.err().unwrap();
    assert!(matches!(&error, Error::Dns { host, .. } if host == "login.acme.invalid"), "{error}");
    assert!(error.is_offline());
}

#[tokio::test]
async fn every_endpoint_must_be_encrypted_or_local() {
    for (field, name) in [
        ("token_endpoint", "token endpoint"),
        ("jwks_uri", "set of signing keys"),
        ("device_authorization_endpoint", "device authorization endpoint"),
        ("revocation_endpoint", "revocation endpoint"),
        ("userinfo_endpoint", "userinfo endpoint"),
    ] {
        let plain = json!("http://login.acme.example/endpoint");
        let error = refused_by(|bench| Reply::ok(with(bench.configuration(), field, plain))).await;
        assert!(
            matches!(error, Error::InsecureEndpoint { endpoint } if endpoint == name),
            "{field}: {error}"
        );
    }
    for field in ["verification_uri", "verification_uri_complete"] {
        let bench = Bench::new().await;
        let plain = json!("http://login.acme.example/device");
        bench.server.on("/device/auth", [Reply::ok(with(bench.device_answer(), field, plain))]);
        let error = refused(&bench).await;
        assert!(
            matches!(error, Error::InsecureEndpoint { endpoint: "verification page" }),
            "{field}: {error}"
        );
    }
}

#[tokio::test]
async fn an_encrypted_verification_page_is_accepted() {
    let bench = Bench::new().await;
    let page = "https://login.acme.example/device";
    bench
        .server
        .on("/device/auth", [Reply::ok(with(bench.device_answer(), "verification_uri", json!(page)))]);
    assert_eq!(bench.begin().await.unwrap().verification_uri, page);
}

#[tokio::test]
async fn a_provider_without_the_device_grant_says_so() {
    let field = "device_authorization_endpoint";
    let error = refused_by(|bench| Reply::ok(without(bench.configuration(), field))).await;
    assert!(matches!(error, Error::NoDeviceGrant { .. }), "{error}");
}

#[tokio::test]
async fn a_refused_client_is_named_with_the_reason() {
    for (status, code) in
        [(401, "invalid_client"), (400, "unauthorized_client"), (400, "unsupported_grant_type")]
    {
        let bench = Bench::new().await;
        bench.server.on("/device/auth", [Reply::Json(status, json!({ "error": code }))]);
        let error = refused(&bench).await;
        assert!(
            matches!(&error, Error::ClientRefused { client_id, code: named } if client_id == CLIENT_ID && named == code),
            "{error}"
        );
    }
}

#[tokio::test]
async fn another_refusal_is_named_by_its_code_and_not_by_its_text() {
    let bench = Bench::new().await;
    let answer: Value =
        json!({ "error": "invalid_scope", "error_description": "<b>text of the provider</b>" });
    bench.server.on("/device/auth", [Reply::Json(400, answer)]);
    let error = refused(&bench).await;
    assert_eq!(error.to_string(), "the provider's answer is not understood: error invalid_scope");
}
