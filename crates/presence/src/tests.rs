mod authenticator;
mod local;
mod slot;

use std::time::Duration;

use crate::{ExtensionOrigin, Key, RelyingParty};
use authenticator::Authenticator;

const NOW: Duration = Duration::from_secs(1000);
const CHROMIUM: &str = "chrome-extension://nccaophgjhhgbbagbkcekchbebbpbmbj";

fn origins() -> Vec<ExtensionOrigin> {
    vec![
        ExtensionOrigin::chromium("nccaophgjhhgbbagbkcekchbebbpbmbj"),
        ExtensionOrigin::firefox("companion@lanyard"),
    ]
}

fn local() -> RelyingParty {
    RelyingParty::local(&origins()).unwrap()
}

/// A key that is registered for presence, and its software.
fn registered(origin: &str) -> (Key, Authenticator) {
    let mut authenticator = Authenticator::new(origin);
    let (options, registration) = local().begin_registration("Blue key", &[], NOW).unwrap();
    let answer = authenticator.create(&options).to_string();
    (registration.finish(&answer, NOW).unwrap(), authenticator)
}
