//! What went wrong, in words for the person.

use lanyard_catalog::InvalidOrigin;
use lanyard_policy::Refusal;
use lanyard_protocol::common::{Code, Problem};
use lanyard_vault::{Damage, SlotKind, StoreError, UnlockError};

/// Why a fill was refused.
pub(crate) fn refused(refusal: Refusal) -> Problem {
    let (code, message, hint) = match refusal {
        Refusal::NotPaired => return not_paired(),
        Refusal::SignedOut => return signed_out(),
        Refusal::Locked => return locked(),
        Refusal::NoSuchApp => {
            (Code::NotFound, "there is no such app in Lanyard", "look for it in Lanyard's list of apps")
        }
        Refusal::OtherOrigin => (
            Code::Refused,
            "this page is not at the address the account was saved for",
            "compare the address with the one in Lanyard; if both are right, sign in by hand once and save it",
        ),
        Refusal::ForeignTopFrame => (
            Code::Refused,
            "the form is inside a page of another address",
            "open the app's own page and fill it there",
        ),
        Refusal::LaunchEnded => (
            Code::Expired,
            "the launch took too long or was used already",
            "launch the app again from Lanyard",
        ),
        Refusal::LaunchOfAnother => {
            (Code::Refused, "this launch was not for this app", "launch the app again from Lanyard")
        }
        Refusal::FillEnded => (
            Code::Expired,
            "the login took too long, or this was filled already",
            "fill it again from Lanyard's icon in the browser",
        ),
        Refusal::FillOfAnother => (
            Code::Refused,
            "this step does not belong to what was filled before",
            "fill it again from Lanyard's icon in the browser",
        ),
        Refusal::NotAutomatic => {
            (Code::Refused, "this page is not filled by itself", "fill it from Lanyard's icon in the browser")
        }
        Refusal::FilledAlready => (
            Code::Refused,
            "this page was filled a short time ago and is not filled by itself again",
            "fill it from Lanyard's icon in the browser",
        ),
        Refusal::TooManySites => (
            Code::Busy,
            "this browser asked for accounts of too many sites in a short time",
            "wait a minute; if it was not you, disconnect the browser in Lanyard",
        ),
        Refusal::NoPresence => (
            Code::Declined,
            "nobody agreed to it in Lanyard's window",
            "try again, and answer the question in Lanyard's window",
        ),
        Refusal::StaysHere => (
            Code::Refused,
            "accounts of your organisation's apps do not leave Lanyard",
            "ask your administrator if you need them elsewhere",
        ),
        Refusal::NoKey => (
            Code::NotVerified,
            "no security key confirmed it",
            "try again, and use your security key in the browser",
        ),
        Refusal::NotVerified => (
            Code::NotVerified,
            "this app wants your security key or your PIN before it is filled",
            "show it in the window that opens",
        ),
    };
    Problem::new(code, message, hint)
}

/// The reason of a refusal as the activity log has it.
pub(crate) fn reason(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NotPaired => "browser not connected",
        Refusal::SignedOut => "nobody signed in",
        Refusal::Locked => "locked",
        Refusal::NoSuchApp => "no such app",
        Refusal::OtherOrigin => "another address than the app's",
        Refusal::ForeignTopFrame => "inside a page of another address",
        Refusal::LaunchEnded => "launch ended",
        Refusal::LaunchOfAnother => "launch of another app or browser",
        Refusal::FillEnded => "next step too late, or filled already",
        Refusal::FillOfAnother => "next step of another fill",
        Refusal::NotAutomatic => "not filled by itself",
        Refusal::FilledAlready => "filled a short time ago",
        Refusal::TooManySites => "accounts of too many sites in a short time",
        Refusal::NoPresence => "nobody agreed",
        Refusal::StaysHere => "the organisation's accounts stay here",
        Refusal::NoKey => "not confirmed by a security key",
        Refusal::NotVerified => "neither security key nor PIN shown",
    }
}

pub(crate) fn not_paired() -> Problem {
    Problem::new(
        Code::NotPaired,
        "this browser is not connected to Lanyard",
        "click Lanyard's icon in the browser and connect it",
    )
}

pub(crate) fn signed_out() -> Problem {
    Problem::new(
        Code::SignedOut,
        "nobody is signed in",
        "sign in from Lanyard's icon in the tray, or open Lanyard",
    )
}

pub(crate) fn locked() -> Problem {
    Problem::new(Code::Locked, "Lanyard is locked", "unlock it from its icon in the tray, or open Lanyard")
}

pub(crate) fn restoring() -> Problem {
    Problem::new(Code::Busy, "a backup is being put in the vault's place", "try again in a moment")
}

pub(crate) fn unreadable_sites() -> Problem {
    Problem::new(
        Code::Vault,
        "the list of sites where saving is never offered cannot be read",
        "update Lanyard; until then nothing is offered to be saved",
    )
}

pub(crate) fn no_such_app() -> Problem {
    refused(Refusal::NoSuchApp)
}

pub(crate) fn invalid_origin(_: InvalidOrigin) -> Problem {
    Problem::new(
        Code::Invalid,
        "this is not the address of a web page",
        "give an address that begins with https:// or http://",
    )
}

/// What the vault said.
pub fn store_problem(error: &StoreError) -> Problem {
    match error {
        StoreError::Locked => locked(),
        StoreError::NoSuchRecord(_) => no_such_app(),
        StoreError::Keychain(_) => Problem::new(Code::Keychain, error.to_string(), error.hint()),
        StoreError::NoSuchSlot => Problem::new(Code::NotFound, error.to_string(), error.hint()),
        StoreError::LastWay | StoreError::NotEndorsed => {
            Problem::new(Code::Refused, error.to_string(), error.hint())
        }
        StoreError::ReadOnly(_) | StoreError::Damaged { .. } | StoreError::Io { .. } => {
            Problem::new(Code::Vault, error.to_string(), error.hint())
        }
    }
}

/// Why the vault stays closed.
pub fn unlock_problem(error: &UnlockError) -> Problem {
    let code = match error {
        UnlockError::Keychain(_) => Code::Keychain,
        UnlockError::Io { .. } => Code::Internal,
        UnlockError::Wrong(kind) => return wrong(*kind, error.hint()),
        UnlockError::NoSuchWay(kind) => return no_such_way(*kind, error.hint()),
        // A count that was changed stops the PIN; the other ways go on to open it.
        UnlockError::NeedsPerson
        | UnlockError::Wait { .. }
        | UnlockError::Damaged { source: Damage::Attempts } => Code::Refused,
        UnlockError::KeyLost { .. } | UnlockError::Foreign | UnlockError::Damaged { .. } => Code::Vault,
    };
    Problem::new(code, error.to_string(), error.hint())
}

fn wrong(kind: SlotKind, hint: &str) -> Problem {
    Problem::new(
        Code::Refused,
        match kind {
            SlotKind::Device => "this is not the key of the vault",
            SlotKind::Pin => "this is not the PIN",
            SlotKind::SecurityKey => "this security key does not open the vault",
            SlotKind::RecoveryCode => "this recovery code does not open the vault",
            SlotKind::Escrow => "what your organisation opened does not open this vault",
        },
        hint,
    )
}

fn no_such_way(kind: SlotKind, hint: &str) -> Problem {
    Problem::new(
        Code::NotFound,
        match kind {
            SlotKind::Device => "this laptop alone does not open the vault",
            SlotKind::Pin => "no PIN was set",
            SlotKind::SecurityKey => "this security key was not added",
            SlotKind::RecoveryCode => "no recovery code was made for this vault",
            SlotKind::Escrow => "the vault is not in escrow",
        },
        hint,
    )
}
