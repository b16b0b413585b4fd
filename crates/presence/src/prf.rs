//! The secret that a key gives for a salt (Web Authentication, section 10.1.4, "prf"). `webauthn-rs` does not know it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom as _, SystemRandom};
use serde::Deserialize;
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::Refusal;

const LENGTH: usize = 32;

/// What the key's secret is made for: one for each vault. It is no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Salt(pub [u8; LENGTH]);

/// What a page says that the key gave. It counts for nothing until the assertion it came with was verified.
pub struct UnprovenPrf(Zeroizing<[u8; LENGTH]>);

/// 32 secret bytes that this key gives for this salt, each time. Wiped when dropped.
pub struct PrfOutput(Zeroizing<[u8; LENGTH]>);

impl UnprovenPrf {
    /// Reads what `getClientExtensionResults().prf.results.first` is in JSON: base64url without padding.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let mut bytes = Zeroizing::new([0; LENGTH]);
        match URL_SAFE_NO_PAD.decode_slice(text, bytes.as_mut_slice()) {
            Ok(LENGTH) => Ok(Self(bytes)),
            // The error would quote the text.
            Ok(_) | Err(_) => Err(Refusal::NotUnderstood(None)),
        }
    }

    pub(crate) fn prove(self) -> PrfOutput {
        PrfOutput(self.0)
    }
}

impl PrfOutput {
    /// Hands the bytes out.
    pub fn expose(&self) -> &[u8; LENGTH] {
        &self.0
    }
}

impl Salt {
    /// A new one.
    pub fn make_random() -> Self {
        Self(make_bytes())
    }
}

fn make_bytes() -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    SystemRandom::new().fill(&mut bytes).expect("the system has random numbers");
    bytes
}

/// Has the options of a registration ask whether the key has a secret to give.
pub(crate) fn enable(options: &mut Value) {
    options["extensions"]["prf"] = json!({});
}

/// Has the options ask for the secret too.
pub(crate) fn ask_for(options: &mut Value, salt: &Salt) {
    options["extensions"]["prf"] = json!({ "eval": { "first": URL_SAFE_NO_PAD.encode(salt.0) } });
}

/// Whether the browser says of a key that was registered that it has one to give.
pub(crate) fn is_enabled(answer: &str) -> Result<bool, Refusal> {
    #[derive(Deserialize)]
    struct Answer {
        #[serde(rename = "clientExtensionResults", default)]
        results: Results,
    }
    #[derive(Default, Deserialize)]
    struct Results {
        #[serde(default)]
        prf: Prf,
    }
    #[derive(Default, Deserialize)]
    struct Prf {
        #[serde(default)]
        enabled: bool,
    }
    let answer: Answer = serde_json::from_str(answer).map_err(Refusal::not_understood)?;
    Ok(answer.results.prf.enabled)
}
