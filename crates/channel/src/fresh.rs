//! The randomness of one handshake, so that a test can give its own.

use ring::rand::{SecureRandom, SystemRandom};
use zeroize::Zeroizing;

/// Made for one handshake and used up by it.
pub struct Fresh {
    /// The private half of the ephemeral key.
    pub(crate) ephemeral: Zeroizing<[u8; 32]>,
    /// Nc of the companion, Ne of the extension.
    pub(crate) nonce: Zeroizing<[u8; 32]>,
}

impl Fresh {
    /// From the system.
    ///
    /// # Panics
    ///
    /// Where the system has no random numbers.
    pub fn make_random() -> Self {
        let mut fresh = Self { ephemeral: Zeroizing::default(), nonce: Zeroizing::default() };
        let system = SystemRandom::new();
        for part in [&mut fresh.ephemeral, &mut fresh.nonce] {
            system.fill(&mut **part).expect("the system has random numbers");
        }
        fresh
    }

    /// What a test gives. Whoever uses one twice has no secrets.
    #[cfg(any(test, feature = "testing"))]
    pub fn dangerous_fixed(ephemeral: [u8; 32], nonce: [u8; 32]) -> Self {
        Self { ephemeral: Zeroizing::new(ephemeral), nonce: Zeroizing::new(nonce) }
    }
}
