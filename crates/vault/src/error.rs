//! What can go wrong, by what the caller does next.

use std::io;
use std::path::PathBuf;

use std::time::Duration;

use crate::{KeychainError, ReadOnlyReason, RecordId, SlotKind};

/// Why a vault could not be opened. The file is as it was in every case.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The keychain could not be asked; try again when it can.
    #[error("cannot read the key of the vault from the keychain")]
    Keychain(#[source] KeychainError),
    /// The keychain is readable and has no key for this vault: it was created anew, or the file comes from elsewhere.
    #[error("the keychain has no key for the vault at {}", path.display())]
    KeyLost {
        /// The vault file, which is kept.
        path: PathBuf,
    },
    /// The keychain has a key for this vault that is not its key: the vault is somebody else's.
    #[error("the vault at {} belongs to another keychain", path.display())]
    Foreign {
        /// The vault file, which is kept.
        path: PathBuf,
    },
    /// The file is not a vault, or not a whole one.
    #[error("the vault at {} is damaged", path.display())]
    Damaged {
        /// The vault file, which is kept.
        path: PathBuf,
        /// What is wrong with it.
        source: Damage,
    },
    /// A later Lanyard wrote it.
    #[error("the vault at {} has format {version}, which is newer than this Lanyard", path.display())]
    Newer {
        /// The vault file, which is kept.
        path: PathBuf,
        /// Its format.
        version: u32,
    },
    /// An earlier Lanyard wrote it, and what was made of it could not be read back.
    #[error("cannot bring the vault at {} from format {version} to this Lanyard's", path.display())]
    Migration {
        /// The vault file, which is as it was.
        path: PathBuf,
        /// Its format.
        version: u32,
        /// What failed.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Others can read or write it, or own it.
    #[error("{} is not private to you", path.display())]
    NotPrivate {
        /// The file or folder.
        path: PathBuf,
    },
    /// Another process has it open.
    #[error("the vault at {} is in use by another Lanyard", path.display())]
    InUse {
        /// The vault file.
        path: PathBuf,
    },
    /// It opens, so there is no reason to begin another beside it.
    #[error("the vault at {} is in order", path.display())]
    Usable {
        /// The vault file.
        path: PathBuf,
    },
    /// The disk failed.
    #[error("cannot use the vault at {}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl OpenError {
    /// What the person can do.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Keychain(cause) => cause.hint(),
            Self::KeyLost { .. } => {
                "your keyring was created anew, or the file comes from another computer; use your recovery code, or begin a new vault: the old file is kept beside it"
            }
            Self::Foreign { .. } => {
                "put your own vault file back, or begin a new vault: this file is kept beside it"
            }
            Self::Damaged { .. } => {
                "restore the file from a backup, or begin a new vault: the damaged file is kept beside it"
            }
            Self::Newer { .. } => "update Lanyard; the vault was left as it is",
            Self::Migration { .. } => {
                "check that the disk is not full; else go back to the Lanyard you had before: the vault was left as it is"
            }
            Self::NotPrivate { .. } => {
                "make yourself its owner and take access from everybody else: chmod 700 for the folder, 600 for the file"
            }
            Self::InUse { .. } => "quit the other Lanyard, then try again",
            Self::Usable { .. } => "unlock it; a new vault is begun only where the old one cannot be opened",
            Self::Io { .. } => "check that the disk is not full and that the folder is yours, then try again",
        }
    }
}

/// Why an open vault could not be unlocked. It stays locked, and the file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum UnlockError {
    /// The keychain could not be asked; try again when it can.
    #[error("cannot read the key of the vault from the keychain")]
    Keychain(#[source] KeychainError),
    /// The keychain is readable and has no key for this vault any more.
    #[error("the keychain has no key for the vault at {}", path.display())]
    KeyLost {
        /// The vault file, which is kept.
        path: PathBuf,
    },
    /// The keychain's key is not the key of this vault.
    #[error("the vault belongs to another keychain")]
    Foreign,
    /// The device secret alone opens nothing: the person has to show a PIN or a security key.
    #[error("the vault opens with your PIN or security key")]
    NeedsPerson,
    /// There is no such way in.
    #[error("the vault has no {}", .0.name())]
    NoSuchWay(SlotKind),
    /// What was given opens nothing.
    #[error("this is not the {} of the vault", .0.name())]
    Wrong(SlotKind),
    /// Too many wrong PINs: none is tried for a while.
    #[error("too many wrong PINs; the next one can be tried in {} seconds", .wait.as_secs().max(1))]
    Wait {
        /// How long.
        wait: Duration,
    },
    /// A part of the file was altered, swapped, dropped or rolled back.
    #[error("the vault is damaged")]
    Damaged {
        /// What is wrong with it.
        source: Damage,
    },
    /// The disk failed.
    #[error("cannot read the vault at {}", path.display())]
    Io {
        /// The vault file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl UnlockError {
    /// What the person can do.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Keychain(cause) => cause.hint(),
            Self::KeyLost { .. } => {
                "your keyring was created anew; use your recovery code, or begin a new vault: the old file is kept beside it"
            }
            Self::Foreign => {
                "put your own vault file back, or begin a new vault: this file is kept beside it"
            }
            Self::Damaged { .. } => {
                "restore the file from a backup, or begin a new vault: the damaged file is kept beside it"
            }
            Self::NeedsPerson => {
                "enter your PIN or touch your security key; your recovery code opens it as well"
            }
            Self::NoSuchWay(_) => "unlock Lanyard in another way",
            Self::Wrong(SlotKind::Pin) => "try again, or use your recovery code",
            Self::Wrong(SlotKind::RecoveryCode) => {
                "take the sheet that you made last; an older one opens nothing any more"
            }
            Self::Wrong(SlotKind::SecurityKey) => "use the security key that you added here",
            Self::Wrong(SlotKind::Escrow) => "ask your IT support for another opening of this vault",
            Self::Wrong(SlotKind::Device) => "log out of the computer and in again",
            Self::Wait { .. } => "wait, or use your recovery code",
            Self::Io { .. } => "check the disk, then try again",
        }
    }
}

/// Why a record or a service entry could not be read or written. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The vault is locked.
    #[error("the vault is locked")]
    Locked,
    /// No record has this id.
    #[error("there is no record {0}")]
    NoSuchRecord(RecordId),
    /// No slot has this id.
    #[error("there is no such way to unlock")]
    NoSuchSlot,
    /// Without it, nothing or too little would be left that opens the vault.
    #[error("too little would be left that opens the vault")]
    LastWay,
    /// The organisation's new key is not signed by the one before it.
    #[error("the escrow key of your organisation is another, and the one before it has not signed it")]
    NotEndorsed,
    /// The vault can be read and not changed.
    #[error("the vault cannot be changed: {0}")]
    ReadOnly(ReadOnlyReason),
    /// The keychain could not be asked; try again when it can.
    #[error("cannot read the key of the vault from the keychain")]
    Keychain(#[source] KeychainError),
    /// What is stored was altered.
    #[error("the vault is damaged")]
    Damaged {
        /// What is wrong with it.
        source: Damage,
    },
    /// The disk failed.
    #[error("cannot use the vault file")]
    Io {
        /// What the system said.
        source: io::Error,
    },
}

impl StoreError {
    /// What the person can do.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Locked => "unlock Lanyard, then try again",
            Self::Keychain(cause) => cause.hint(),
            Self::NoSuchSlot => "look at the list of what opens the vault",
            Self::LastWay => {
                "to always be asked for it, a PIN or security key is needed, and a recovery code or your organisation's escrow"
            }
            Self::NotEndorsed => "compare its fingerprint with your IT support, then confirm it",
            Self::NoSuchRecord(_) => "it was removed in the meantime; look at the list of your apps",
            Self::ReadOnly(_) => "put the newer vault file back, or ask your IT department",
            Self::Damaged { .. } => "restore the vault file from a backup",
            Self::Io { .. } => "check that the disk is not full, then try again",
        }
    }
}

/// Why a backup cannot take the vault's place. The vault is as it was.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// There is no such file.
    #[error("there is no backup at {}", path.display())]
    NotThere {
        /// Where it should be.
        path: PathBuf,
    },
    /// It is the vault itself.
    #[error("{} is the vault itself", path.display())]
    InPlace {
        /// The file.
        path: PathBuf,
    },
    /// It is of another vault.
    #[error("{} is the backup of another vault", path.display())]
    AnotherVault {
        /// The backup.
        path: PathBuf,
    },
    /// The keychain could not be asked; try again when it can.
    #[error("cannot read the key of the vault from the keychain")]
    Keychain(#[source] KeychainError),
    /// The keychain is readable and has no key that fits.
    #[error("the keychain has no key for the backup {}", path.display())]
    KeyLost {
        /// The backup.
        path: PathBuf,
    },
    /// The device secret alone does not open it.
    #[error("the backup {} opens with its recovery code only", path.display())]
    NeedsCode {
        /// The backup.
        path: PathBuf,
    },
    /// It has no recovery code, or another.
    #[error("this is not the recovery code of the backup {}", path.display())]
    WrongCode {
        /// The backup.
        path: PathBuf,
    },
    /// A later Lanyard wrote it.
    #[error("the backup {} has format {version}, which is newer than this Lanyard", path.display())]
    Newer {
        /// The backup.
        path: PathBuf,
        /// Its format.
        version: u32,
    },
    /// It is not a vault, or not a whole one.
    #[error("the backup {} is damaged", path.display())]
    Damaged {
        /// The backup.
        path: PathBuf,
        /// What is wrong with it.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The disk failed.
    #[error("cannot read or write {}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl RestoreError {
    /// What the person can do.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::NotThere { .. } => "look into the folder backups beside the vault; nothing was changed",
            Self::InPlace { .. } => "name a backup of it; nothing was changed",
            Self::AnotherVault { .. } => {
                "say --other-vault if you want that vault in the place of this one; nothing was changed"
            }
            Self::Keychain(cause) => cause.hint(),
            Self::KeyLost { .. } => {
                "give its recovery code, restore the keyring of the time when it was made, or choose another backup; nothing was changed"
            }
            Self::NeedsCode { .. } => "give its recovery code; nothing was changed",
            Self::WrongCode { .. } => {
                "a backup opens with the recovery code of the time when it was made; nothing was changed"
            }
            Self::Newer { .. } => "update Lanyard, then try again; nothing was changed",
            Self::Damaged { .. } => "choose another backup; nothing was changed",
            Self::Io { .. } => "check that the disk is not full and that the folder is yours, then try again",
        }
    }
}

/// Why a vault whose device secret is lost could not be led back into. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum RecoverError {
    /// It cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It cannot be unlocked.
    #[error(transparent)]
    Unlock(#[from] UnlockError),
    /// It cannot be changed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl RecoverError {
    /// What the person can do.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Open(error) => error.hint(),
            Self::Unlock(error) => error.hint(),
            Self::Store(error) => error.hint(),
        }
    }
}

/// What is wrong with a file that should be a vault.
#[derive(Debug, thiserror::Error)]
pub enum Damage {
    /// It is not a file of ours.
    #[error("it is not a vault of Lanyard")]
    NotAVault,
    /// The file is empty.
    #[error("the file is empty")]
    Empty,
    /// The end of the file is missing.
    #[error("the file was cut off")]
    CutOff,
    /// The file is gone and its write-ahead log is not.
    #[error("only the write-ahead log is there")]
    StrayLog,
    /// The database in it cannot be read.
    #[error("the database cannot be read")]
    Database(#[source] rusqlite::Error),
    /// What the database says of itself is not so.
    #[error("the database contradicts itself")]
    Inconsistent,
    /// A sealed part other than a record does not open.
    #[error("the sealed {0} does not open")]
    Sealed(&'static str),
    /// A record does not open.
    #[error("record {0} does not open")]
    Record(RecordId),
    /// What opens the vault is not what was set up last.
    #[error("the ways to unlock were changed or rolled back")]
    Slots,
    /// The count of wrong PINs is missing or altered.
    #[error("the count of wrong PINs was changed")]
    Attempts,
    /// Each record opens, but they are not the ones that were saved last.
    #[error("records were removed or rolled back")]
    Set,
}
