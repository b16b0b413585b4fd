//! Random names for what is under way.

use ring::rand::{SecureRandom as _, SystemRandom};

/// 128 random bits as 32 hexadecimal digits.
pub(crate) fn make_id() -> String {
    make_bytes::<16>().iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn make_bytes<const LENGTH: usize>() -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    SystemRandom::new().fill(&mut bytes).expect("the system has random numbers");
    bytes
}
