use super::*;

#[test]
fn a_code_is_the_first_30_bits_in_two_groups() {
    assert_eq!(Code(0).to_string(), "000-000");
    assert_eq!(Code((1 << 30) - 1).to_string(), "ZZZ-ZZZ");
    assert_eq!(Code(0b00001_00010_00011_11101_11110_11111).to_string(), "123-XYZ");
    let nonces = [7; 64];
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &nonces), &[LABEL, &[9; 32]].concat());
    let first = u32::from_be_bytes(*tag.as_ref().first_chunk().unwrap());
    assert_eq!(Code::derive(&nonces, &[9; 32]), Code(first >> 2));
}

#[test]
fn the_alphabet_has_each_character_once_and_none_that_looks_like_another() {
    let mut sorted = ALPHABET.to_vec();
    sorted.dedup();
    assert_eq!(sorted.len(), 32);
    assert!(!ALPHABET.iter().any(|character| b"ILOU".contains(character)));
}

#[test]
fn a_commitment_holds_for_one_number() {
    let commitment = commit(&[1; 32]);
    assert_eq!(check_commitment(&commitment, &[1; 32]), Ok(()));
    assert_eq!(check_commitment(&commitment, &[2; 32]), Err(Error::Commitment));
}
