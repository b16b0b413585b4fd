//! The one rule on where tokens may travel: TLS, or this machine.

use std::net::IpAddr;

use url::{Host, Url};

/// Why a URL is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InsecureUrl {
    /// Neither `https` nor `http` on loopback.
    Scheme,
    /// A user name or password in the URL.
    UserInfo,
}

/// Accepts `https`, and `http` on loopback, without user info.
pub(crate) fn check(url: &Url) -> Result<(), InsecureUrl> {
    let encrypted = url.scheme() == "https" && url.has_host();
    let local = url.scheme() == "http" && is_loopback(url);
    if !encrypted && !local {
        return Err(InsecureUrl::Scheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(InsecureUrl::UserInfo);
    }
    Ok(())
}

/// Whether the host is this machine: `127.0.0.0/8`, `::1` or the name `localhost` (which `http` resolves itself).
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

/// The host and port as a person would recognise them.
pub(crate) fn authority(url: &Url) -> String {
    match (url.host_str(), url.port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (Some(host), None) => host.to_owned(),
        (None, _) => "an address without a host".to_owned(),
    }
}
