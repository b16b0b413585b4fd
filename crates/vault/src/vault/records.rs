//! Records: found by their overview, changed together with the header, opened one secret at a time.

use rusqlite::Transaction;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::Vault;
use super::unlock::{Entry, Unlocked, write_header};
use crate::header::Element;
use crate::seal::{Key, NotOurs};
use crate::{
    Compartment, Damage, Holds, Overview, Permit, RecordId, Secret, SecretChange, StoreError, VaultId,
};

impl Vault {
    /// Every record, without its secret, in no useful order.
    pub fn overviews(&self) -> Result<impl Iterator<Item = (RecordId, &Overview)>, StoreError> {
        Ok(self.unlocked()?.records())
    }

    /// One record, without its secret.
    pub fn overview(&self, id: RecordId) -> Result<&Overview, StoreError> {
        Ok(&self.unlocked()?.entry(id)?.overview)
    }

    /// The records for exactly this origin.
    pub fn by_origin(&self, origin: &str) -> Result<Vec<RecordId>, StoreError> {
        Ok(self.unlocked()?.with_origin(origin))
    }

    /// Adds a record. It is on the disk when this returns.
    pub fn add(&mut self, overview: Overview, secret: impl Into<Secret>) -> Result<RecordId, StoreError> {
        let ids = self.add_many(vec![(overview, secret.into())])?;
        Ok(ids[0])
    }

    /// Adds all of these records or none.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "secrets are handed over, so that no copy stays behind"
    )]
    pub fn add_many(&mut self, records: Vec<(Overview, Secret)>) -> Result<Vec<RecordId>, StoreError> {
        let unlocked = self.unlocked()?;
        let mut changes = Vec::with_capacity(records.len());
        for (overview, secret) in &records {
            let id = RecordId::make_random();
            let sealed = Part::secret(self.id, id, 1)
                .seal(unlocked.compartment_key(overview.compartment), &secret.encode());
            let overview = Overview { holds: Holds::from(secret), ..overview.clone() };
            let entry = Entry { overview, revision: 1, secret_revision: 1 };
            changes.push(Change::Put { id, entry, secret: Some(sealed) });
        }
        let ids = changes.iter().map(Change::record).collect();
        self.write(changes)?;
        Ok(ids)
    }

    /// Replaces the overview of a record and changes its secret. The time of the change is the overview's.
    pub fn update(
        &mut self,
        id: RecordId,
        overview: Overview,
        change: SecretChange,
    ) -> Result<(), StoreError> {
        let change = self.updated(id, overview, change)?;
        self.write(vec![change])
    }

    /// Updates all of these records or none.
    pub fn update_many(
        &mut self,
        changes: Vec<(RecordId, Overview, SecretChange)>,
    ) -> Result<(), StoreError> {
        let changes = changes.into_iter().map(|(id, overview, change)| self.updated(id, overview, change));
        let changes = changes.collect::<Result<_, _>>()?;
        self.write(changes)
    }

    fn updated(&self, id: RecordId, overview: Overview, change: SecretChange) -> Result<Change, StoreError> {
        let unlocked = self.unlocked()?;
        let old = unlocked.entry(id)?;
        let mut entry = Entry { overview, revision: old.revision + 1, secret_revision: old.secret_revision };
        // Each compartment has a key of its own, so a record that changes sides is sealed anew.
        if change.is_empty() && entry.overview.compartment == old.overview.compartment {
            entry.overview.holds = old.overview.holds;
            return Ok(Change::Put { id, entry, secret: None });
        }
        let secret = self.open_secret(id)?.changed(change, entry.overview.changed_at);
        entry.overview.holds = Holds::from(&secret);
        entry.secret_revision += 1;
        let sealed = Part::secret(self.id, id, entry.secret_revision)
            .seal(unlocked.compartment_key(entry.overview.compartment), &secret.encode());
        Ok(Change::Put { id, entry, secret: Some(sealed) })
    }

    /// Removes a record and its secret.
    pub fn remove(&mut self, id: RecordId) -> Result<(), StoreError> {
        self.unlocked()?.entry(id)?;
        self.write(vec![Change::Remove { id }])
    }

    /// Opens the secret of the one record that the permit is for, and uses the permit up.
    pub fn expose_secret(&self, permit: Permit) -> Result<Secret, StoreError> {
        self.open_secret(permit.into_record())
    }

    /// Whether this is the password of a record; the stored one stays here.
    pub fn has_password(&self, id: RecordId, candidate: &SecretString) -> Result<bool, StoreError> {
        Ok(self.open_secret(id)?.password.expose_secret() == candidate.expose_secret())
    }

    /// Makes a secret one that cannot be opened, to test that something does without it.
    #[cfg(feature = "testing")]
    #[expect(clippy::missing_panics_doc, reason = "a test that cannot go on should stop")]
    pub fn dangerous_damage_secret(&self, id: RecordId) {
        let sql = "UPDATE record SET secret = zeroblob(length(secret)) WHERE id = ?1";
        self.file.db().execute(sql, [id.as_bytes()]).expect("the test's file can be written");
    }

    fn open_secret(&self, id: RecordId) -> Result<Secret, StoreError> {
        let unlocked = self.unlocked()?;
        let entry = unlocked.entry(id)?;
        let sealed: Vec<u8> = self
            .file
            .db()
            .prepare_cached("SELECT secret FROM record WHERE id = ?1")?
            .query_row([id.as_bytes()], |row| row.get(0))?;
        let plain = Part::secret(self.id, id, entry.secret_revision)
            .open(unlocked.compartment_key(entry.overview.compartment), &sealed)
            .map_err(|NotOurs| StoreError::Damaged { source: Damage::Record(id) })?;
        Secret::decode(&plain).ok_or(StoreError::Damaged { source: Damage::Record(id) })
    }

    fn unlocked(&self) -> Result<&Unlocked, StoreError> {
        self.unlocked.as_deref().ok_or(StoreError::Locked)
    }

    /// Saves the changes and the header that belongs to them; memory follows.
    fn write(&mut self, changes: Vec<Change>) -> Result<(), StoreError> {
        let unlocked = self.unlocked.as_deref_mut().ok_or(StoreError::Locked)?;
        unlocked.may_change()?;
        let mut header = unlocked.header;
        header.generation += 1;
        self.file.save(|transaction| {
            for change in &changes {
                if let Ok(old) = unlocked.entry(change.record()) {
                    header.set.remove(element(unlocked, change.record(), old));
                }
                if let Change::Put { id, entry, .. } = change {
                    header.set.add(element(unlocked, *id, entry));
                }
                change.write(transaction, unlocked, self.id)?;
            }
            Ok(write_header(transaction, &unlocked.header_key, self.id, header)?)
        })?;
        unlocked.header = header;
        for change in changes {
            match change {
                Change::Put { id, entry, .. } => unlocked.insert(id, entry),
                Change::Remove { id } => unlocked.remove(id),
            }
        }
        self.mirror(header.generation);
        Ok(())
    }
}

/// One of the two sealed parts of a record, in one revision.
pub(super) struct Part {
    record: RecordId,
    name: &'static [u8],
    bound: Vec<u8>,
}

impl Part {
    pub(super) fn overview(vault: VaultId, record: RecordId, revision: u32) -> Self {
        Self::new(vault, record, revision, b"overview")
    }

    pub(super) fn secret(vault: VaultId, record: RecordId, revision: u32) -> Self {
        Self::new(vault, record, revision, b"secret")
    }

    fn new(vault: VaultId, record: RecordId, revision: u32, name: &'static [u8]) -> Self {
        let bound = [&vault.as_bytes()[..], record.as_bytes(), &revision.to_be_bytes(), name].concat();
        Self { record, name, bound }
    }

    pub(super) fn seal(&self, compartment: &Key, plain: &[u8]) -> Vec<u8> {
        self.key(compartment).seal(&self.bound, plain)
    }

    pub(super) fn open(&self, compartment: &Key, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, NotOurs> {
        self.key(compartment).open(&self.bound, sealed)
    }

    fn key(&self, compartment: &Key) -> Key {
        compartment.expand(&[b"lanyard/1 record ", self.record.as_bytes(), self.name])
    }
}

enum Change {
    /// `secret: None` leaves the sealed secret as it is.
    Put {
        id: RecordId,
        entry: Entry,
        secret: Option<Vec<u8>>,
    },
    Remove {
        id: RecordId,
    },
}

impl Change {
    fn record(&self) -> RecordId {
        match self {
            Self::Put { id, .. } | Self::Remove { id } => *id,
        }
    }

    fn write(&self, to: &Transaction<'_>, unlocked: &Unlocked, vault: VaultId) -> rusqlite::Result<()> {
        let Self::Put { id, entry, secret } = self else {
            to.prepare_cached("DELETE FROM record WHERE id = ?1")?.execute([self.record().as_bytes()])?;
            return Ok(());
        };
        let plain = Zeroizing::new(
            serde_json::to_vec(&entry.overview).expect("an overview is plain strings and numbers"),
        );
        let overview = Part::overview(vault, *id, entry.revision)
            .seal(unlocked.compartment_key(entry.overview.compartment), &plain);
        let side = match entry.overview.compartment {
            Compartment::Organisation => 0,
            Compartment::Personal => 1,
        };
        let sql = match secret {
            Some(_) => {
                "INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO UPDATE SET \
                 compartment = ?2, revision = ?3, secret_revision = ?4, overview = ?5, secret = ?6"
            }
            None => {
                "UPDATE record SET compartment = ?2, revision = ?3, secret_revision = ?4, overview = ?5, \
                 secret = coalesce(?6, secret) WHERE id = ?1"
            }
        };
        to.prepare_cached(sql)?.execute((
            id.as_bytes(),
            side,
            entry.revision,
            entry.secret_revision,
            overview,
            secret,
        ))?;
        Ok(())
    }
}

fn element(unlocked: &Unlocked, id: RecordId, entry: &Entry) -> Element {
    Element::new(&unlocked.set_key, id, entry.revision, entry.secret_revision)
}

#[cfg(test)]
mod tests;
