//! The system's proxy is for the network, and never for what stays on this machine.

use lanyard_identity::{Error, Provider};

use crate::bench::{Bench, CLIENT_ID};
use crate::own_process;

/// Nobody listens here: whatever goes through it fails.
const NO_PROXY_AT_ALL: &str = "http://127.0.0.1:1";

#[tokio::test]
async fn loopback_is_asked_directly_and_the_network_through_the_proxy() {
    if own_process::variable("HTTPS_PROXY").is_none() {
        let name = "proxy::loopback_is_asked_directly_and_the_network_through_the_proxy";
        let variables =
            ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy"].map(|name| (name, NO_PROXY_AT_ALL));
        return own_process::run(name, &[&variables[..], &[("NO_PROXY", ""), ("no_proxy", "")]].concat());
    }
    let bench = Bench::new().await;
    bench.begin().await.unwrap();

    let network = Provider::parse("https://login.acme.invalid", CLIENT_ID).unwrap();
    let error = bench.identity.begin_sign_in(&network).await.err().unwrap();
    // Without the proxy, the name would be looked up and not be found.
    assert!(matches!(error, Error::Unreachable { .. }), "{error}");
}
