//! The organisation's escrow: what a laptop does for it, and what the organisation does with its private key.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use lanyard_broker::Broker;
use lanyard_protocol::common::{Code, Problem};
use lanyard_vault::{OrganisationKey, OrganisationSecret, open_escrow};
use secrecy::{ExposeSecret as _, SecretString};

use crate::core::Core;
use crate::organisation::Escrow;
use crate::problem;

impl Core {
    /// Seals an open vault for the organisation's key, where that is new and needs nobody's word.
    pub(crate) fn sync_escrow(&self) {
        let Some(Escrow { key, endorsement }) = self.escrow() else { return };
        let mut broker = self.broker.borrow_mut();
        let present = broker.escrow_key();
        if !broker.is_unlocked() || present == Some(*key) || self.escrow_that_waits(&broker).is_some() {
            return;
        }
        if let Err(problem) = broker.set_escrow(key, endorsement, false) {
            self.journal.error("the vault was not sealed for the organisation", &problem);
        }
    }

    /// The fingerprint of a key that its predecessor did not sign.
    pub(crate) fn escrow_that_waits(&self, broker: &Broker) -> Option<String> {
        let Escrow { key, endorsement } = self.escrow()?;
        let present = broker.escrow_key()?;
        let waits = present != *key && !present.endorses(key, endorsement);
        waits.then(|| key.fingerprint())
    }

    /// Takes the key that waits, which the person compared.
    pub(crate) fn confirm_escrow(&self, fingerprint: &str) -> Result<(), Problem> {
        let waits = self.escrow().filter(|escrow| escrow.key.fingerprint() == fingerprint);
        let escrow = waits.ok_or_else(|| {
            problem::invalid("this is not the escrow key of your organisation", "look at Security again")
        })?;
        self.broker.borrow_mut().set_escrow(&escrow.key, &escrow.endorsement, true)
    }

    fn escrow(&self) -> Option<&Escrow> {
        self.organisation.as_ref()?.escrow.as_ref()
    }
}

/// Makes the organisation's key: the private half into a file that only its maker can read. Returns the public half.
pub fn make_key(file: &Path) -> Result<OrganisationKey, Problem> {
    let secret = OrganisationSecret::make_random();
    write_privately(file, &secret.expose_text()).map_err(|error| file_problem(&error))?;
    Ok(secret.public_key())
}

/// Signs the key that follows, for the file of the organisation.
pub fn sign(file: &Path, successor: &str) -> Result<String, Problem> {
    let successor = OrganisationKey::parse(successor).map_err(|error| {
        problem::invalid(&error.to_string(), "give the key as `lanyard escrow make-key` printed it")
    })?;
    Ok(BASE64_STANDARD.encode(read_key(file)?.endorse(&successor)))
}

/// Opens a vault file with the organisation's private key, and writes what leads its person back in. Returns the words that
/// belong to it.
#[expect(clippy::missing_panics_doc, reason = "an opening is plain data")]
pub fn open(file: &Path, vault: &Path, out: &Path) -> Result<SecretString, Problem> {
    let (opening, code) = open_escrow(vault, &read_key(file)?)
        .map_err(|error| Problem::new(Code::Vault, error.to_string(), error.hint()))?;
    let text = serde_json::to_string(&opening).expect("an opening is plain data");
    write_privately(out, &text.into()).map_err(|error| file_problem(&error))?;
    Ok(code.expose_words())
}

fn read_key(file: &Path) -> Result<OrganisationSecret, Problem> {
    let text = fs::read_to_string(file).map_err(|error| file_problem(&error))?;
    OrganisationSecret::parse(&text.into()).map_err(|error| {
        problem::invalid(&error.to_string(), "name the file that `lanyard escrow make-key` wrote")
    })
}

fn write_privately(path: &Path, text: &SecretString) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.expose_secret().as_bytes())?;
    file.write_all(b"\n")?;
    file.sync_all()
}

fn file_problem(error: &io::Error) -> Problem {
    let hint = "name a file that is yours; one that is written must not exist yet";
    Problem::new(Code::Invalid, format!("the file cannot be used: {error}"), hint)
}
