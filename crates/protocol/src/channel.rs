//! What carries the channel between extension and companion, and the few words that are said outside of it.
//!
//! ```text
//! extension                             companion
//!   ── begin: versions, name, message 1 ──>
//!   <─ channel: message 2 ────────────────
//!   ── channel: message 3 ───────────────>
//!   ── pair ─────────────────────────────>   only of one that is not paired: the person clicked "Connect"
//!   <─ channel: first frame ──────────────
//!   <─ channel … ────────────────────────>   requests, replies and news, sealed
//! ```
//!
//! Whoever sits in between can say the words outside; what they do is ask the person, or end the connection. Requests and
//! replies have no form outside of the channel.

use std::fmt;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::common::Problem;

/// What an extension sends.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "channel.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FromExtension {
    /// First of a connection.
    Begin {
        /// Message versions it speaks, newest first. Both sides put them into what they agree on.
        versions: Vec<u16>,
        /// Name of the browser, e.g. "Chromium": shown to the person, and believed by nobody.
        browser: String,
        /// Message 1.
        #[cfg_attr(test, ts(type = "string"))]
        message: Carried,
    },
    /// The next message of the channel.
    Channel(#[cfg_attr(test, ts(type = "string"))] Carried),
    /// The person wants this browser to be connected. Said by one that is not, once message 3 is sent.
    Pair {},
}

/// What the companion, or the native host in its place, sends.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "channel.ts"))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FromCompanion {
    /// The next message of the channel.
    Channel(#[cfg_attr(test, ts(type = "string"))] Carried),
    /// This browser is not connected now; it may ask again.
    NotNow(Problem),
    /// Why there will be no more answers. The native host says so too, where it does not reach the companion.
    Unavailable(Problem),
}

/// A message of the channel, in base64.
#[derive(PartialEq, Eq)]
pub struct Carried(pub Vec<u8>);

impl fmt::Debug for Carried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

impl Serialize for Carried {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&BASE64_STANDARD.encode(&self.0))
    }
}

impl<'de> Deserialize<'de> for Carried {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        BASE64_STANDARD.decode(text).map(Self).map_err(|_| D::Error::custom("not base64"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MAX_CARRIED;

    #[test]
    fn the_longest_message_of_the_channel_fits_into_a_frame() {
        let longest = FromExtension::Channel(Carried(vec![0xFF; 65_535]));
        assert!(serde_json::to_string(&longest).unwrap().len() <= MAX_CARRIED);
    }

    #[test]
    fn what_is_carried_comes_out_as_it_went_in_and_nothing_else_is_taken_for_it() {
        let message = FromCompanion::Channel(Carried(vec![0, 1, 254, 255]));
        let json = serde_json::to_string(&message).unwrap();
        assert_eq!(json, r#"{"channel":"AAH+/w=="}"#);
        assert_eq!(serde_json::from_str::<FromCompanion>(&json).unwrap(), message);
        for other in
            [r#"{"channel":"AAH+/w"}"#, r#"{"channel":"%"}"#, r#"{"channel":[0]}"#, r#"{"reply":{}}"#]
        {
            assert!(serde_json::from_str::<FromCompanion>(other).is_err(), "{other}");
        }
    }

    #[test]
    fn a_request_has_no_form_outside_of_the_channel() {
        for json in [r#"{"id":1,"request":{"never_sites":{}}}"#, r#"{"never_sites":{}}"#, r#"{"hello":{}}"#] {
            assert!(serde_json::from_str::<FromExtension>(json).is_err(), "{json}");
        }
    }
}
