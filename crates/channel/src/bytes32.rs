//! 32 bytes as base64 text in what is stored; every copy on the way is wiped.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serializer};
use zeroize::Zeroizing;

/// base64 decodes in steps of three bytes.
const ROOM: usize = 33;

pub(crate) fn serialize<S: Serializer>(bytes: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&Zeroizing::new(STANDARD.encode(bytes)))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Zeroizing<[u8; 32]>, D::Error> {
    let text = Zeroizing::new(String::deserialize(deserializer)?);
    let mut decoded = Zeroizing::new([0; ROOM]);
    let mut bytes = Zeroizing::new([0; 32]);
    match STANDARD.decode_slice(&*text, &mut *decoded) {
        Ok(32) => bytes.copy_from_slice(&decoded[..32]),
        Ok(_) | Err(_) => return Err(D::Error::custom("not the base64 of 32 bytes")),
    }
    Ok(bytes)
}
