//! ID tokens: as they stand, against fixed keys, nothing but the one that was signed is taken; claims that are signed here are
//! taken only where they are the provider's, for us, of now; and keys, whatever they are.

#![no_main]

use std::sync::LazyLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use lanyard_identity::fuzzing::{CLIENT_ID, ISSUER, id_token};
use lanyard_identity::{Account, IdTokenProblem};
use libfuzzer_sys::fuzz_target;
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use serde_json::{Value, json};

/// In Unix seconds.
const NOW: u64 = 1_700_000_000;

static KEY: LazyLock<Ed25519KeyPair> =
    LazyLock::new(|| Ed25519KeyPair::from_seed_unchecked(&[7; 32]).expect("any 32 bytes are a key"));

static KEYS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let x = encode(KEY.public_key().as_ref());
    let key = json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": "k", "x": x });
    json!({ "keys": [key] }).to_string().into_bytes()
});

/// It is taken, or nothing that is refused here would mean anything.
static GENUINE: LazyLock<String> = LazyLock::new(|| {
    let claims = json!({ "iss": ISSUER, "aud": CLIENT_ID, "sub": "alice", "exp": NOW + 300, "iat": NOW });
    let token = sign(&claims.to_string());
    let account = verify(&KEYS, &token).expect("the keys are keys").expect("the genuine one is taken");
    assert_eq!(account.subject, "alice");
    token
});

fuzz_target!(|data: &[u8]| {
    let genuine = GENUINE.as_str();
    let Some((kind, rest)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    match kind {
        b't' => {
            if verify(&KEYS, text).is_some_and(|account| account.is_ok()) {
                assert_eq!(signed_part(text), signed_part(genuine), "forged");
            }
        }
        b'k' => drop(verify(rest, genuine)),
        _ => {
            let taken = verify(&KEYS, &sign(text)).expect("the keys are keys");
            if let Ok(account) = taken {
                check(&account, text);
            }
        }
    }
});

fn verify(keys: &[u8], token: &str) -> Option<Result<Account, IdTokenProblem>> {
    id_token(keys, token, now())
}

fn now() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(NOW)
}

fn check(account: &Account, claims: &str) {
    let claims: Value = serde_json::from_str(claims).expect("claims are JSON");
    assert_eq!(account.issuer, ISSUER);
    assert_eq!(claims["iss"], ISSUER);
    assert_eq!(claims["sub"], account.subject);
    let audience = &claims["aud"];
    assert!(*audience == json!(CLIENT_ID) || *audience == json!([CLIENT_ID]), "{audience}");
    assert!(claims.get("azp").is_none_or(|party| party.is_null() || party == CLIENT_ID));
    let number = |name: &str| claims[name].as_f64().unwrap_or(f64::NAN);
    let (now, skew, day) = (NOW as f64, 120.0, 86_400.0);
    assert!(number("exp") >= now - skew - 1.0, "expired");
    assert!((now - day - 1.0..=now + skew + 1.0).contains(&number("iat")), "not of now");
    assert!(account.name.as_ref().is_none_or(|name| !name.trim().is_empty()));
}

fn sign(claims: &str) -> String {
    let header = encode(br#"{"alg":"EdDSA","typ":"JWT","kid":"k"}"#);
    let signed = format!("{header}.{}", encode(claims.as_bytes()));
    let signature = encode(KEY.sign(signed.as_bytes()).as_ref());
    format!("{signed}.{signature}")
}

fn signed_part(token: &str) -> Option<&str> {
    token.rsplit_once('.').map(|(signed, _)| signed)
}

fn encode(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}
