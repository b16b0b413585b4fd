//! A door to what reads an opened secret, for `fuzz/` and nobody else.

use zeroize::Zeroizing;

use crate::Secret;

/// Reads what was sealed in a record.
pub fn decode_secret(bytes: &[u8]) -> Option<Secret> {
    Secret::decode(bytes)
}

/// Writes it.
pub fn encode_secret(secret: &Secret) -> Zeroizing<Vec<u8>> {
    secret.encode()
}
