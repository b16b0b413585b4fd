//! What is in a record once it was opened: it is read and written the same, or refused.

#![no_main]

use lanyard_vault::fuzzing::{decode_secret, encode_secret};
use lanyard_vault::{Overview, Secret};
use libfuzzer_sys::fuzz_target;
use secrecy::ExposeSecret as _;

fuzz_target!(|data: &[u8]| {
    if let Some(secret) = decode_secret(data) {
        let again = decode_secret(&encode_secret(&secret)).expect("what was written is read");
        assert!(is_same(&secret, &again));
    }
    if let Ok(overview) = serde_json::from_slice::<Overview>(data) {
        let text = serde_json::to_vec(&overview).expect("an overview is plain data");
        assert!(serde_json::from_slice::<Overview>(&text).expect("what was written is read") == overview);
    }
});

fn is_same(one: &Secret, other: &Secret) -> bool {
    let parts = |secret: &Secret| {
        let text =
            |text: &Option<secrecy::SecretString>| text.as_ref().map(|text| text.expose_secret().to_owned());
        let former = secret.former.iter();
        (
            secret.password.expose_secret().to_owned(),
            text(&secret.one_time_code),
            text(&secret.notes),
            former
                .map(|former| (former.password.expose_secret().to_owned(), former.until))
                .collect::<Vec<_>>(),
        )
    };
    parts(one) == parts(other)
}
