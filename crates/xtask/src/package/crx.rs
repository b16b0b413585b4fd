//! CRX3: a zip archive with the proof in front that a key's owner made it (Chromium, `components/crx_file/crx3.proto`).

use super::key::Key;
use crate::failure::Result;

/// Fields of `CrxFileHeader`, `AsymmetricKeyProof` and `SignedData`.
const SHA256_WITH_RSA: u32 = 2;
const SIGNED_HEADER_DATA: u32 = 10000;
const PUBLIC_KEY: u32 = 1;
const SIGNATURE: u32 = 2;
const CRX_ID: u32 = 1;

/// Signs an archive.
pub(super) fn sign(archive: &[u8], key: &Key) -> Result<Vec<u8>> {
    let signed_header = field(CRX_ID, &key.id_bytes);
    let signed =
        [&b"CRX3 SignedData\0"[..], &length(&signed_header).to_le_bytes(), &signed_header, archive].concat();
    let proof = [field(PUBLIC_KEY, &key.public), field(SIGNATURE, &key.sign(&signed)?)].concat();
    let header = [field(SHA256_WITH_RSA, &proof), field(SIGNED_HEADER_DATA, &signed_header)].concat();
    Ok([b"Cr24", &3_u32.to_le_bytes()[..], &length(&header).to_le_bytes(), &header, archive].concat())
}

/// A field of bytes, as protobuf encodes it.
fn field(number: u32, bytes: &[u8]) -> Vec<u8> {
    const LENGTH_DELIMITED: u32 = 2;
    let mut encoded = varint(number << 3 | LENGTH_DELIMITED);
    encoded.extend(varint(length(bytes)));
    encoded.extend(bytes);
    encoded
}

fn varint(mut number: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let [low, ..] = number.to_le_bytes();
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

fn length(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.len()).expect("a header is short")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_encoded_seven_bits_at_a_time() {
        // Protocol Buffers, "Encoding": 150 is 96 01.
        assert_eq!(varint(150), [0x96, 0x01]);
        assert_eq!(varint(0x7f), [0x7f]);
        assert_eq!(field(2, b"testing"), b"\x12\x07testing");
        assert_eq!(field(SIGNED_HEADER_DATA, b""), [0x82, 0xf1, 0x04, 0x00]);
    }
}
