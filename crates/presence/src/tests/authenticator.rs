//! A security key in software, with the browser before it: makes what `credentials.create` and `credentials.get` give, and
//! lies where a test wants it to (Web Authentication, sections 6.1, 6.5 and 7).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};

const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

/// A key, and what of its answers is not as it should be.
#[expect(clippy::struct_excessive_bools, reason = "each is a lie of its own")]
pub(crate) struct Authenticator {
    pair: EcdsaKeyPair,
    random: SystemRandom,
    pub(crate) id: Vec<u8>,
    pub(crate) origin: String,
    pub(crate) counter: u32,
    /// What it adds to its counter each time.
    pub(crate) step: u32,
    pub(crate) touched: bool,
    pub(crate) verified: bool,
    pub(crate) prf: bool,
    pub(crate) framed: bool,
    /// Instead of the relying party of the options.
    pub(crate) rp_id: Option<String>,
}

impl Authenticator {
    pub(crate) fn new(origin: &str) -> Self {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_ASN1_SIGNING;
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(algorithm, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, pkcs8.as_ref(), &random).unwrap();
        let id = digest(&SHA256, pair.public_key().as_ref()).as_ref().to_vec();
        Self {
            pair,
            random,
            id,
            origin: origin.into(),
            counter: 1,
            step: 1,
            touched: true,
            verified: true,
            prf: true,
            framed: false,
            rp_id: None,
        }
    }

    /// `credentials.create` of these options, in JSON.
    pub(crate) fn create(&mut self, options: &str) -> Value {
        let options: Value = serde_json::from_str(options).unwrap();
        let data = self.authenticator_data(options["rp"]["id"].as_str().unwrap(), ATTESTED);
        // {"fmt": "none", "attStmt": {}, "authData": data}
        let mut object = vec![0xa3, 0x63];
        object.extend(b"fmt\x64none\x67attStmt\xa0\x68authData\x59");
        object.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        object.extend(&data);
        let asked_for_prf = !options["extensions"]["prf"].is_null();
        let results = if asked_for_prf { json!({ "prf": { "enabled": self.prf } }) } else { json!({}) };
        let response = json!({
            "clientDataJSON": base64(&self.client_data("webauthn.create", &options)),
            "attestationObject": base64(&object),
            "transports": ["usb"],
        });
        self.credential(&response, &results)
    }

    /// `credentials.get` of these options, in JSON.
    pub(crate) fn get(&mut self, options: &str) -> Value {
        let options: Value = serde_json::from_str(options).unwrap();
        self.counter += self.step;
        let data = self.authenticator_data(options["rpId"].as_str().unwrap(), 0);
        let client_data = self.client_data("webauthn.get", &options);
        let mut signed = data.clone();
        signed.extend(digest(&SHA256, &client_data).as_ref());
        let signature = self.pair.sign(&self.random, &signed).unwrap();
        let response = json!({
            "clientDataJSON": base64(&client_data),
            "authenticatorData": base64(&data),
            "signature": base64(signature.as_ref()),
            "userHandle": null,
        });
        self.credential(&response, &json!({}))
    }

    fn credential(&self, response: &Value, results: &Value) -> Value {
        json!({
            "id": base64(&self.id),
            "rawId": base64(&self.id),
            "type": "public-key",
            "authenticatorAttachment": "cross-platform",
            "response": response,
            "clientExtensionResults": results,
        })
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        let mut data = json!({
            "type": kind,
            "challenge": options["challenge"],
            "origin": self.origin,
            "crossOrigin": self.framed,
        });
        // Chromium adds this now and then, so that nobody compares the text.
        data["other_keys_can_be_added_here"] = json!("do not compare clientDataJSON against a template");
        serde_json::to_vec(&data).unwrap()
    }

    fn authenticator_data(&self, rp_id: &str, flags: u8) -> Vec<u8> {
        let rp_id = self.rp_id.as_deref().unwrap_or(rp_id);
        let touched = if self.touched { USER_PRESENT } else { 0 };
        let verified = if self.verified { USER_VERIFIED } else { 0 };
        let mut data = digest(&SHA256, rp_id.as_bytes()).as_ref().to_vec();
        data.push(flags | touched | verified);
        data.extend(self.counter.to_be_bytes());
        if flags & ATTESTED != 0 {
            data.extend([0; 16]);
            data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
            data.extend(&self.id);
            data.extend(self.cose_key());
        }
        data
    }

    /// {1: 2, 3: -7, -1: 1, -2: x, -3: y} (RFC 9053, section 7.1.1).
    fn cose_key(&self) -> Vec<u8> {
        let public = self.pair.public_key().as_ref();
        let mut key = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
        key.extend(&public[1..33]);
        key.extend([0x22, 0x58, 0x20]);
        key.extend(&public[33..]);
        key
    }
}

pub(crate) fn base64(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
