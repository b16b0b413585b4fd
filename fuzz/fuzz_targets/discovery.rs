//! Discovery documents: every address that is taken is encrypted or this machine's, and carries no user.

#![no_main]

use lanyard_identity::fuzzing::{ISSUER, discovery};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some(addresses) = discovery(data) else { return };
    assert!(addresses.len() >= 2);
    let document: serde_json::Value = serde_json::from_slice(data).expect("it was read");
    assert_eq!(document["issuer"], ISSUER, "one provider speaks for another");
    for address in addresses {
        let host = address.host_str().expect("an address has a host");
        let local = matches!(host, "localhost" | "[::1]") || host.starts_with("127.");
        assert!(address.scheme() == "https" || (address.scheme() == "http" && local), "{address}");
        assert!(address.username().is_empty() && address.password().is_none(), "{address}");
    }
});
