//! Looking at everything: each record and entry opened, the set of them compared with what was saved last.

use super::backup::check_structure;
use super::records::Part;
use super::unlock::{Unlocked, read_generation};
use super::{Vault, bound_to_vault};
use crate::header::{Element, SetHash};
use crate::{Compartment, Damage, KeychainError, RecordId, Secret, StoreError, file, slot};

/// What was found in a vault.
#[derive(Debug)]
pub struct Report {
    /// Records of the organisation that open.
    pub organisation: u32,
    /// Records of the person that open.
    pub personal: u32,
    /// Service entries that open.
    pub service: u32,
    /// Which state of the vault the file has.
    pub generation: u64,
    /// Which state the keychain knows as the last.
    pub known: Result<Option<u64>, KeychainError>,
    /// What is wrong with the file; nothing, where it is whole.
    pub damage: Vec<Damage>,
}

impl Vault {
    /// Opens every record with its secret and every service entry, and keeps none. The vault has to be unlocked.
    pub fn verify(&self) -> Result<Report, StoreError> {
        let unlocked = self.unlocked.as_deref().ok_or(StoreError::Locked)?;
        let mut report = Report {
            organisation: 0,
            personal: 0,
            service: 0,
            generation: unlocked.header.generation,
            known: read_generation(self.keychain.as_ref(), self.id),
            damage: Vec::new(),
        };
        for look in [Self::verify_structure, Self::verify_slots, Self::verify_records, Self::verify_service] {
            match look(self, unlocked, &mut report) {
                Err(StoreError::Damaged { source }) => report.damage.push(source),
                other => other?,
            }
        }
        Ok(report)
    }

    fn verify_structure(&self, _: &Unlocked, _: &mut Report) -> Result<(), StoreError> {
        check_structure(self.file.db())
    }

    /// That they are the ones that were set up; what a person or an organisation opens, only they can try.
    fn verify_slots(&self, unlocked: &Unlocked, _: &mut Report) -> Result<(), StoreError> {
        let rows = file::read_slots(self.file.db())?;
        let same = slot::digest(&unlocked.vault_key, self.id, &rows) == unlocked.header.slots;
        if same { Ok(()) } else { Err(StoreError::Damaged { source: Damage::Slots }) }
    }

    fn verify_records(&self, unlocked: &Unlocked, report: &mut Report) -> Result<(), StoreError> {
        let mut set = SetHash::EMPTY;
        let mut statement = self
            .file
            .db()
            .prepare("SELECT id, compartment, revision, secret_revision, overview, secret FROM record")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id = RecordId::from_bytes(row.get(0)?);
            let compartment = match row.get::<_, i64>(1)? {
                0 => Compartment::Organisation,
                _ => Compartment::Personal,
            };
            let (revision, secret_revision): (u32, u32) = (row.get(2)?, row.get(3)?);
            set.add(Element::new(&unlocked.set_key, id, revision, secret_revision));
            let key = unlocked.compartment_key(compartment);
            let overview = Part::overview(self.id, id, revision).open(key, &row.get::<_, Vec<u8>>(4)?);
            let secret = Part::secret(self.id, id, secret_revision).open(key, &row.get::<_, Vec<u8>>(5)?);
            let opens = overview.is_ok() && secret.is_ok_and(|plain| Secret::decode(&plain).is_some());
            match compartment {
                _ if !opens => report.damage.push(Damage::Record(id)),
                Compartment::Organisation => report.organisation += 1,
                Compartment::Personal => report.personal += 1,
            }
        }
        if set == unlocked.header.set { Ok(()) } else { Err(StoreError::Damaged { source: Damage::Set }) }
    }

    fn verify_service(&self, _: &Unlocked, report: &mut Report) -> Result<(), StoreError> {
        let key = self.entries_key();
        let mut statement = self.file.db().prepare("SELECT name, sealed FROM service")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            if key.open(&bound_to_vault(self.id, &name), &row.get::<_, Vec<u8>>(1)?).is_ok() {
                report.service += 1;
            } else {
                report.damage.push(Damage::Sealed("service entry"));
            }
        }
        Ok(())
    }
}
