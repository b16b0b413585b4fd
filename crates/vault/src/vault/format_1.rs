//! Format 1 had one way to the vault key, which the device secret wrapped; format 2 has slots.

use std::time::SystemTime;

use rusqlite::Transaction;

use super::rekey::not_read_back;
use super::slots::{new_slot, write_slots};
use super::unlock::{header_key, write_header};
use super::{Vault, bound_to_vault, device_kek, wrapping_key};
use crate::header::Header;
use crate::seal::NotOurs;
use crate::slot::{self, Opener, SlotRow};
use crate::{Damage, StoreError, file};

/// Makes a slot of the one way, under the same vault key.
pub(super) fn to_format_2(vault: &Vault, db: &Transaction<'_>) -> Result<(), StoreError> {
    let id = vault.id;
    let damaged = |what| move |NotOurs| StoreError::Damaged { source: Damage::Sealed(what) };
    let device = vault.device_secret().map_err(not_read_back)?;
    let wrapped: Vec<u8> =
        db.query_one("SELECT wrapped FROM slot WHERE kind = 'device'", [], |row| row.get(0))?;
    let vault_key = wrapping_key(&device, id, "vault")
        .unwrap_key(&bound_to_vault(id, "vault"), &wrapped)
        .map_err(damaged("vault key"))?;
    let slot = new_slot(Opener::Device {}, "", SystemTime::now());
    let rows = [SlotRow::make(id, slot.clone(), &device_kek(id, slot.id, &device), &vault_key)];
    let sealed: Vec<u8> = db.query_one("SELECT sealed FROM header", [], |row| row.get(0))?;
    let key = header_key(&vault_key, id);
    let header = Header::open_format_1(&key, id, &sealed, slot::digest(&vault_key, id, &rows))
        .map_err(damaged("header"))?;
    db.execute_batch("DROP TABLE slot")?;
    db.execute_batch(file::SLOT_TABLES)?;
    write_slots(db, &rows)?;
    write_header(db, &key, id, header)?;
    Ok(())
}
