//! Requests of every kind of peer, the first message of all, and what carries the channel: what is read is written the same
//! for good, and no text is two of them.

#![no_main]

use lanyard_protocol::attach::Attach;
use lanyard_protocol::channel::FromExtension;
use lanyard_protocol::envelope::Envelope;
use lanyard_protocol::{browser, terminal, window};
use libfuzzer_sys::fuzz_target;
use serde::Serialize;
use serde::de::DeserializeOwned;

fuzz_target!(|data: &[u8]| {
    let attach = is_stable::<Attach>(data);
    let requests = [
        is_stable::<Envelope<browser::Request>>(data),
        is_stable::<Envelope<terminal::Request>>(data),
        is_stable::<Envelope<window::Request>>(data),
    ];
    let carried = is_stable::<FromExtension>(data);
    assert!(!attach || requests == [false; 3], "a first message is no request");
    assert!(!carried || (!attach && requests == [false; 3]), "what is carried is neither");
});

/// Whether it is one.
fn is_stable<T: DeserializeOwned + Serialize>(data: &[u8]) -> bool {
    let Ok(message) = serde_json::from_slice::<T>(data) else { return false };
    let once = serde_json::to_string(&message).expect("messages are plain data");
    let again: T = serde_json::from_str(&once).expect("what was written is read");
    assert_eq!(serde_json::to_string(&again).expect("messages are plain data"), once);
    true
}
