//! The published vectors, and nothing of ours.

use std::path::Path;

use serde_json::Value;

use super::*;

/// Data of others is beside the repository.
const VECTORS: &str = "../../../shared/data/noise/XX_25519_AESGCM_SHA256.json";

#[test]
fn the_published_vectors_are_reproduced_by_both_sides() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(VECTORS);
    let Ok(json) = std::fs::read(&path) else {
        eprintln!("SKIPPED: there are no published vectors at {}", path.display());
        return;
    };
    let json: Value = serde_json::from_slice(&json).unwrap();
    let vectors = json["vectors"].as_array().unwrap();
    let ours: Vec<_> = vectors.iter().filter(|vector| vector["protocol_name"] == NAME).collect();
    assert!(!ours.is_empty());
    ours.into_iter().for_each(reproduce);
}

fn reproduce(vector: &Value) {
    let side = |side, name: &str| {
        let part = |what: &str| hex(&vector[format!("{name}_{what}")]);
        let ephemeral = part("ephemeral").try_into().unwrap();
        build(side, &part("static"), &part("prologue"), Zeroizing::new(ephemeral))
    };
    let (mut sends, mut hears) = (side(Side::Initiator, "init"), side(Side::Responder, "resp"));
    let messages: Vec<_> = vector["messages"].as_array().unwrap().iter().map(read_message).collect();
    let (handshake, transport) = messages.split_at(3);
    for (payload, sealed) in handshake {
        assert_eq!(&sends.write(payload).unwrap(), sealed);
        assert_eq!(&*hears.read(sealed).unwrap(), payload);
        std::mem::swap(&mut sends, &mut hears);
    }
    // Three messages: the responder is the one that sends next.
    let (mut sends, mut hears) = (sends.done().unwrap(), hears.done().unwrap());
    assert_eq!(sends.hash[..], hex(&vector["handshake_hash"]));
    assert_eq!(sends.hash, hears.hash);
    for (payload, sealed) in transport {
        let mut buffer = vec![0; payload.len() + TAG];
        sends.transport.write_message(payload, &mut buffer).unwrap();
        assert_eq!(&buffer, sealed);
        let length = hears.transport.read_message(sealed, &mut buffer).unwrap();
        assert_eq!(&buffer[..length], payload);
        std::mem::swap(&mut sends, &mut hears);
    }
}

fn read_message(message: &Value) -> (Vec<u8>, Vec<u8>) {
    (hex(&message["payload"]), hex(&message["ciphertext"]))
}

fn hex(value: &Value) -> Vec<u8> {
    let digits = value.as_str().unwrap().as_bytes().chunks(2);
    digits.map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}
