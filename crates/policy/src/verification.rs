//! Whether a person has shown lately that it is them.

use std::time::Duration;

/// What an app wants before it is filled, and when that was last done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verification {
    /// It wants nothing.
    NotWanted,
    /// It wants the person to use a security key, or to enter their PIN.
    Wanted {
        /// How long ago that was; none where it was not since the vault was opened.
        ago: Option<Duration>,
        /// How long it holds.
        remember: Remember,
    },
}

/// How long it holds that a person has shown that it is them. It never outlives the unlocked vault.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Remember {
    /// Five minutes.
    #[default]
    FiveMinutes,
    /// An hour.
    Hour,
    /// Until the vault is locked.
    UntilLocked,
}

impl Verification {
    pub(crate) fn is_met(self) -> bool {
        match self {
            Self::NotWanted => true,
            Self::Wanted { ago: None, .. } => false,
            Self::Wanted { ago: Some(ago), remember } => remember.lasts().is_none_or(|lasts| ago <= lasts),
        }
    }
}

impl Remember {
    fn lasts(self) -> Option<Duration> {
        match self {
            Self::FiveMinutes => Some(Duration::from_mins(5)),
            Self::Hour => Some(Duration::from_hours(1)),
            Self::UntilLocked => None,
        }
    }
}
