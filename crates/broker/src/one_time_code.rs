//! One-time codes (RFC 6238) from a seed that the person or another password store wrote down.

use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::credential::{Revealed, Shown};
use secrecy::{ExposeSecret as _, SecretString};
use totp_rs::{Builder, Secret, Totp};
use zeroize::Zeroizing;

/// Digits and seconds as apps use them; what is far from it is a typing error.
const DIGITS: std::ops::RangeInclusive<u8> = 6..=8;
const PERIOD: std::ops::RangeInclusive<u64> = 5..=300;

/// What a seed says, in the words of its standards (RFC 4648, RFC 6238).
pub struct OneTimeCodes {
    /// The key, in base32 without padding.
    pub secret: SecretString,
    /// How long each code lasts, in seconds.
    pub period: u64,
    /// How many digits each has.
    pub digits: u8,
    /// `SHA1`, `SHA256` or `SHA512`.
    pub algorithm: String,
    /// Who gave the key, where that was written down.
    pub issuer: Option<String>,
}

/// A seed that codes can be made from.
pub(crate) struct Seed(Totp);

impl Seed {
    /// Reads an `otpauth` URI, or the key alone in base32 as apps show it: in groups, in either case.
    pub(crate) fn parse(text: &SecretString) -> Result<Self, Problem> {
        let text = text.expose_secret().trim();
        let totp = if text.to_ascii_lowercase().starts_with("otpauth:") {
            Totp::from_url_unchecked(text).ok()
        } else {
            let key: Zeroizing<String> = Zeroizing::new(
                text.chars()
                    .filter(|letter| !matches!(letter, ' ' | '-' | '='))
                    .map(|letter| letter.to_ascii_uppercase())
                    .collect(),
            );
            Secret::try_from_base32(&*key)
                .ok()
                .map(|key| Builder::new().with_secret(key).build_noncompliant())
        };
        totp.filter(|totp| DIGITS.contains(&totp.digits()) && PERIOD.contains(&totp.step()))
            .filter(|totp| !totp.secret().as_bytes().is_empty())
            .map(Self)
            .ok_or_else(not_a_seed)
    }

    /// What it says.
    pub(crate) fn codes(&self) -> OneTimeCodes {
        OneTimeCodes {
            secret: self.0.secret().to_base32().into(),
            period: self.0.step(),
            digits: self.0.digits(),
            algorithm: self.0.algorithm().to_string(),
            issuer: self.0.issuer().map(str::to_owned),
        }
    }

    /// The code of a moment, in Unix milliseconds, and nothing else.
    pub(crate) fn bare_code_at(&self, now: u64) -> SecretString {
        self.0.generate(now / 1000).to_string().into()
    }

    /// The code of a moment, in Unix milliseconds.
    pub(crate) fn code_at(&self, now: u64) -> Revealed {
        let seconds = now / 1000;
        Revealed::OneTimeCode {
            code: Shown(self.bare_code_at(now)),
            ends_at: self.0.next_step(seconds) * 1000,
            period: u32::try_from(self.0.step()).unwrap_or(u32::MAX),
        }
    }
}

fn not_a_seed() -> Problem {
    Problem::new(
        Code::Invalid,
        "this is not a key for one-time codes",
        "copy the key or the otpauth address that the app shows when it sets up one-time codes",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(seed: &str, seconds: u64) -> Option<(String, u64)> {
        match Seed::parse(&seed.into()).ok()?.code_at(seconds * 1000) {
            Revealed::OneTimeCode { code, ends_at, .. } => Some((code.0.expose_secret().into(), ends_at)),
            Revealed::Text(_) | Revealed::FormerPasswords { .. } => None,
        }
    }

    /// RFC 6238, appendix B; the key is the ASCII text 12345678901234567890.
    const KEY: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn codes_are_those_of_the_rfc() {
        let uri = format!("otpauth://totp/Acme:alice?secret={KEY}&digits=8");
        for (seconds, expected) in
            [(59, "94287082"), (1_111_111_109, "07081804"), (20_000_000_000, "65353130")]
        {
            assert_eq!(code(&uri, seconds).unwrap().0, expected);
            assert_eq!(code(KEY, seconds).unwrap().0, expected[2..]);
        }
        assert_eq!(code(KEY, 59).unwrap().1, 60_000);
    }

    #[test]
    fn a_key_is_read_as_apps_show_it() {
        let shown = "gezd gnbv gy3t qojq gezd-gnbv-gy3t-qojq";
        assert_eq!(code(shown, 59), code(KEY, 59));
    }

    #[test]
    fn what_cannot_make_codes_is_refused() {
        for text in [
            "",
            "hello, world",
            "otpauth://hotp/a?secret=GEZDGNBV",
            "otpauth://totp/a",
            "otpauth://totp/a?secret=GEZDGNBV&period=0",
            "otpauth://totp/a?secret=GEZDGNBV&digits=12",
            "https://example.test",
        ] {
            assert!(Seed::parse(&text.into()).is_err(), "{text}");
        }
    }
}
