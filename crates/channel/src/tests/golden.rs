//! The transcripts that both languages are held to, `tests/golden/channel.json`: every byte of some channels between two
//! sides whose keys and randomness are given. A change there is a change of the protocol, and an extension that updates
//! later than the desktop does not understand it.
//!
//! Written again with `LANYARD_WRITE_GOLDEN=1 cargo test --package lanyard-channel golden`, and formatted with
//! `cargo xtask fix`.

use std::path::Path;

use serde_json::{Value, json};

use super::*;

const FILE: &str = "../../tests/golden/channel.json";

#[test]
fn golden_transcripts_are_what_the_two_sides_say() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let said = transcripts();
    if std::env::var_os("LANYARD_WRITE_GOLDEN").is_some() {
        std::fs::write(&file, format!("{said:#}\n")).unwrap();
    }
    let golden: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    assert!(golden == said, "{} is not what is said", file.display());
}

fn transcripts() -> Value {
    let mut two = Two::new();
    let (mut companion, mut extension, pairing) = pair(&mut two);
    let mut channels = Vec::new();
    let copy = extension.clone();
    for proof_arrives in [true, false, true] {
        channels.push(go_on(&mut two, &mut companion, &mut extension, proof_arrives));
    }
    channels.push(go_on(&mut two, &mut companion, &mut copy.clone(), true));
    json!({
        "prologue": { "versions": [4, 3], "origin": "moz-extension:companion@lanyard",
            "bytes": hex(two.prologue.as_bytes()) },
        "keys": { "companion": both_halves(&two.companion), "extension": both_halves(&two.extension) },
        "pairing": pairing,
        "channels": channels,
    })
}

fn both_halves(key: &StaticKey) -> Value {
    json!({ "private": hex(key.expose_bytes()), "public": hex(key.public().as_bytes()) })
}

/// Handshake and code, what is pinned, and messages over the same channel.
fn pair(two: &mut Two) -> (Pin, Pin, Value) {
    let (mut said, called, answered, message_3) = call(two, None);
    let Caller::Pairs(pairing) = answered.hear(&message_3).unwrap() else { panic!("it pairs") };
    let (companion, frame) = pairing.reveal().unwrap();
    let Answer::Pairing(extension) = called.hear(&frame).unwrap() else { panic!("it pairs") };
    said["first_of_companion"] = hex(&frame);
    said["code"] = json!(extension.code().to_string());
    assert_eq!(companion.code(), extension.code());
    let (companion, mut of_companion) = companion.confirm();
    let (extension, mut of_extension) = extension.confirm();
    said["pin_of_companion"] = json!(companion);
    said["pin_of_extension"] = json!(extension);
    let mut messages = Vec::new();
    for length in [0, 1, 300, 65_518, 65_519, crate::MAX_FROM_EXTENSION] {
        messages.push(sent("extension", &mut of_extension, length));
        messages.push(sent("companion", &mut of_companion, length));
    }
    messages.push(sent("companion", &mut of_companion, crate::MAX_FROM_COMPANION));
    said["messages"] = json!(messages);
    (companion, extension, said)
}

/// A message whose bytes count up to 250 again and again, and the SHA-256 of each frame that carries it.
fn sent(from: &str, transport: &mut Transport, length: usize) -> Value {
    let message: Vec<u8> = (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect();
    let digest = |frame: &Vec<u8>| hex(ring::digest::digest(&ring::digest::SHA256, frame).as_ref());
    let frames: Vec<_> = transport.seal(&message).unwrap().iter().map(digest).collect();
    json!({ "from": from, "length": length, "frames": frames })
}

/// A channel that goes on, or shows a copy.
fn go_on(two: &mut Two, companion: &mut Pin, extension: &mut Pin, proof_arrives: bool) -> Value {
    let before = json!(extension);
    let (mut said, called, answered, message_3) = call(two, Some(extension));
    let Caller::GoesOn(returning) = answered.hear(&message_3).unwrap() else { panic!("it goes on") };
    let (proved, frame) = returning.prove(companion).unwrap();
    said["first_of_companion"] = hex(&frame);
    said["pin_of_companion_before"] = json!(companion);
    said["pin_of_extension_before"] = before;
    match followed(called.hear(&frame).unwrap()) {
        Ok(followed) => {
            *extension = followed.pin().clone();
            said["pin_of_extension"] = json!(extension);
            let (frame, _) = followed.stored();
            said["first_of_extension"] = hex(&frame);
            let accepted = proved.hear(&frame).unwrap();
            if proof_arrives {
                *companion = accepted.pin().clone();
            }
            said["pin_of_companion"] = json!(companion);
        }
        Err(frame) => {
            said["cloned"] = json!(true);
            said["first_of_extension"] = hex(&frame);
            assert!(proved.hear(&frame).is_err());
        }
    }
    said
}

fn call(two: &mut Two, pin: Option<&Pin>) -> (Value, Called, Answered, Vec<u8>) {
    let (companion, extension) = two.fresh();
    let given = |fresh: &Fresh| json!({ "ephemeral": hex(&*fresh.ephemeral), "nonce": hex(&*fresh.nonce) });
    let mut said = json!({ "fresh_companion": given(&companion), "fresh_extension": given(&extension) });
    let (calling, message_1) =
        Calling::begin(&two.extension, &two.prologue, pin.cloned(), extension).unwrap();
    let listening = Listening::new(&two.companion, &two.prologue, companion);
    let (answered, message_2) = listening.hear(&message_1).unwrap();
    let (called, message_3) = calling.hear(&message_2).unwrap();
    said["message_1"] = hex(&message_1);
    said["message_2"] = hex(&message_2);
    said["message_3"] = hex(&message_3);
    (said, called, answered, message_3)
}

fn hex(bytes: &[u8]) -> Value {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)]))
        .collect::<String>()
        .into()
}
