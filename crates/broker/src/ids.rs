//! Random names for what is under way.

use ring::rand::{SecureRandom as _, SystemRandom};

/// 128 random bits as 32 hexadecimal digits.
pub fn make_id() -> String {
    format!("{:032x}", u128::from_ne_bytes(make_bytes()))
}

pub(crate) fn make_bytes<const LENGTH: usize>() -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    SystemRandom::new().fill(&mut bytes).expect("the system has random numbers");
    bytes
}
