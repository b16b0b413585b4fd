//! Certificates: one that nobody vouches for is refused, and the same one is accepted where the system trusts it.

use std::sync::Arc;

use lanyard_identity::{Error, Provider};
use serde_json::json;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::bench::{Bench, CLIENT_ID};
use crate::own_process;
use crate::wire::{Reply, read_request, write_reply};

async fn serve(certificate: &rcgen::CertifiedKey<rcgen::KeyPair>) -> String {
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(certificate.signing_key.serialize_der()));
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            read_request(&mut stream).await;
            write_reply(&mut stream, Reply::ok(json!({ "no": "provider" }))).await;
        }
    });
    issuer
}

async fn outcome(certificate: &rcgen::CertifiedKey<rcgen::KeyPair>) -> Error {
    let provider = Provider::parse(&serve(certificate).await, CLIENT_ID).unwrap();
    Bench::new().await.identity.begin_sign_in(&provider).await.err().unwrap()
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let certificate = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let error = outcome(&certificate).await;
    assert!(matches!(&error, Error::Tls { host, .. } if host.starts_with("localhost:")), "{error}");
    assert!(error.is_offline());
}

#[tokio::test]
async fn the_same_certificate_is_accepted_when_the_system_trusts_it() {
    let Some(trusted) = own_process::variable("SSL_CERT_FILE") else {
        let folder = tempfile::tempdir().unwrap();
        let trusted = folder.path().join("trusted.pem");
        let name = "tls::the_same_certificate_is_accepted_when_the_system_trusts_it";
        return own_process::run(name, &[("SSL_CERT_FILE", trusted.to_str().unwrap())]);
    };
    let certificate = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    std::fs::write(trusted, certificate.cert.pem()).unwrap();
    let error = outcome(&certificate).await;
    assert!(matches!(error, Error::NotOpenId { .. }), "{error}");
}
