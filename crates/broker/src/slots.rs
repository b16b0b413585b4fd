//! What opens the vault: shown, changed, and used by a person.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lanyard_audit::{Event, Outcome};
use lanyard_protocol::common::Problem;
use lanyard_protocol::slots::{SlotKind as KindView, SlotView, WaysIn};
use lanyard_vault::{
    NewPin, Opener, OrganisationKey, PinGuess, RecoveryCode, SlotId, SlotKind, StoreError, StretchedPin,
    UnlockError, Vault,
};

use crate::Broker;
use crate::problem::{signed_out, store_problem, unlock_problem};

impl Broker {
    /// The ways to open the vault.
    pub fn slots(&self) -> Vec<SlotView> {
        let Ok(vault) = &self.vault else { return Vec::new() };
        let view = |slot: &lanyard_vault::Slot| SlotView {
            slot: slot.id.to_string(),
            kind: kind_view(slot.kind()),
            label: slot.label.clone(),
            made_at: slot.made_at,
            fingerprint: fingerprint(&slot.opener),
        };
        let mut slots: Vec<_> = vault.slots().map(view).collect();
        slots.sort_by_key(|slot| (slot.kind as u8, slot.made_at));
        slots
    }

    /// What a person can do about a closed vault.
    pub fn ways_in(&self) -> WaysIn {
        let Ok(vault) = &self.vault else { return WaysIn::default() };
        let mut kinds: Vec<_> = self.slots().into_iter().map(|slot| slot.kind).collect();
        kinds.dedup();
        let now = self.clock.unix_ms();
        let wait = vault.pin_wait(time(now)).unwrap_or_default();
        let until = (!wait.is_zero()).then(|| now.saturating_add(millis(wait)));
        WaysIn { kinds, pin_waits_until: until }
    }

    /// Whether there is a slot of this kind.
    pub fn has_slot(&self, kind: SlotKind) -> bool {
        self.vault.as_ref().is_ok_and(|vault| vault.has_slot(kind))
    }

    /// What a slot is.
    pub fn slot_kind(&self, id: &str) -> Result<KindView, Problem> {
        let found = self.slots().into_iter().find(|slot| slot.slot == id);
        found.map(|slot| slot.kind).ok_or_else(|| store_problem(&StoreError::NoSuchSlot))
    }

    /// The organisation's key that the vault is sealed to.
    pub fn escrow_key(&self) -> Option<OrganisationKey> {
        self.vault.as_ref().ok()?.escrow_key().copied()
    }

    /// Sets the recovery code, in place of one that there was.
    pub fn set_recovery_code(&mut self, code: &RecoveryCode) -> Result<(), Problem> {
        self.change_slots("recovery code set", |vault, now| vault.set_recovery_code(code, now).map(|_| ()))
    }

    /// Sets the PIN, in place of one that there was.
    pub fn set_pin(&mut self, pin: &NewPin) -> Result<(), Problem> {
        self.change_slots("PIN set", |vault, now| vault.set_pin(pin, now).map(|_| ()))
    }

    /// The security keys that open the vault.
    pub fn key_slots(&self) -> Vec<KeySlot> {
        let Ok(vault) = &self.vault else { return Vec::new() };
        vault.slots().filter_map(KeySlot::of).collect()
    }

    /// Lets a security key open the vault, by what it gives for this salt.
    pub fn add_key_slot(
        &mut self,
        label: &str,
        credential_id: &[u8],
        salt: [u8; 32],
        secret: &[u8; 32],
    ) -> Result<(), Problem> {
        self.change_slots("a security key opens it", |vault, now| {
            vault.add_security_key(label, credential_id.to_vec(), salt, secret, now).map(|_| ())
        })
    }

    /// Has a security key open the vault no longer, where it does.
    pub fn remove_key_slot(&mut self, credential_id: &[u8]) -> Result<(), Problem> {
        for slot in self.key_slots().iter().filter(|slot| slot.credential_id == credential_id) {
            self.change_slots("a security key opens it no longer", |vault, _| vault.remove_slot(slot.id))?;
        }
        Ok(())
    }

    /// Unlocks with what a security key gave, because the person asked for it.
    pub fn unlock_with_security_key(
        &mut self,
        credential_id: &[u8],
        secret: &[u8; 32],
    ) -> Result<(), Problem> {
        let slot = self.key_slots().into_iter().find(|slot| slot.credential_id == credential_id);
        let wrong = UnlockError::NoSuchWay(SlotKind::SecurityKey);
        let slot = slot.ok_or_else(|| unlock_problem(&wrong))?;
        self.unlock_by(|vault| vault.unlock_with_security_key(slot.id, secret))
    }

    /// Removes a way to open the vault.
    pub fn remove_slot(&mut self, id: &str) -> Result<(), Problem> {
        let id: SlotId = id.parse().map_err(|_| store_problem(&StoreError::NoSuchSlot))?;
        self.change_slots("a way to unlock removed", |vault, _| vault.remove_slot(id))
    }

    /// Whether a PIN or a security key is needed every time.
    pub fn always_ask(&mut self, on: bool) -> Result<(), Problem> {
        if on {
            self.change_slots("a PIN or security key is always needed", |vault, _| vault.always_ask())
        } else {
            self.change_slots("this laptop alone opens it", Vault::ask_no_more)
        }
    }

    /// Seals the vault for the organisation's key.
    pub fn set_escrow(
        &mut self,
        key: &OrganisationKey,
        endorsement: &[u8],
        confirmed: bool,
    ) -> Result<(), Problem> {
        self.change_slots("escrow key of the organisation set", |vault, now| {
            vault.set_escrow(key, endorsement, confirmed, now).map(|_| ())
        })
    }

    /// Counts a guess at the PIN, or says how long none is taken.
    pub fn begin_pin_guess(&mut self) -> Result<PinGuess, Problem> {
        let now = time(self.clock.unix_ms());
        if self.account.is_none() {
            return Err(signed_out());
        }
        self.opened_vault_mut()?.begin_pin_guess(now).map_err(|error| unlock_problem(&error))
    }

    /// Unlocks with the PIN, because the person asked for it.
    pub fn unlock_with_pin(&mut self, pin: &StretchedPin) -> Result<(), Problem> {
        self.unlock_by(|vault| vault.unlock_with_pin(pin))
    }

    /// Whether it is the PIN; nothing is unlocked.
    pub fn check_pin(&mut self, pin: &StretchedPin) -> Result<(), Problem> {
        let checked = self.opened_vault_mut()?.check_pin(pin);
        checked.map_err(|error| {
            let problem = unlock_problem(&error);
            // The recovery code is no help where the vault is open.
            let wrong = matches!(error, UnlockError::Wrong(_));
            if wrong { Problem { hint: "try again".into(), ..problem } } else { problem }
        })
    }

    /// Unlocks with the recovery code, because the person asked for it.
    pub fn unlock_with_recovery_code(&mut self, code: &RecoveryCode) -> Result<(), Problem> {
        self.unlock_by(|vault| vault.unlock_with_recovery_code(code))
    }

    /// Writes down that a vault whose key was lost was led back into.
    pub fn note_recovered(&mut self) {
        self.note(Event::Recovered, Outcome::Done, |_| ());
    }

    fn change_slots(
        &mut self,
        what: &str,
        change: impl FnOnce(&mut Vault, SystemTime) -> Result<(), StoreError>,
    ) -> Result<(), Problem> {
        let now = time(self.clock.unix_ms());
        let changed = change(self.opened_vault_mut()?, now).map_err(|error| store_problem(&error));
        let (outcome, reason) = match &changed {
            Ok(()) => (Outcome::Done, what),
            Err(problem) => (Outcome::Failed, problem.message.as_str()),
        };
        self.note(Event::SlotsChanged, outcome, |entry| entry.reason = Some(reason.to_owned()));
        changed
    }
}

/// A security key that opens the vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeySlot {
    id: SlotId,
    /// Which credential of the key.
    pub credential_id: Vec<u8>,
    /// What it is asked for.
    pub salt: [u8; 32],
}

impl KeySlot {
    fn of(slot: &lanyard_vault::Slot) -> Option<Self> {
        match &slot.opener {
            Opener::SecurityKey { credential_id, salt } => {
                Some(Self { id: slot.id, credential_id: credential_id.clone(), salt: *salt })
            }
            Opener::Device {} | Opener::Pin { .. } | Opener::RecoveryCode {} | Opener::Escrow { .. } => None,
        }
    }
}

/// A kind as it is shown.
pub fn kind_view(kind: SlotKind) -> KindView {
    match kind {
        SlotKind::Device => KindView::Device,
        SlotKind::Pin => KindView::Pin,
        SlotKind::SecurityKey => KindView::SecurityKey,
        SlotKind::RecoveryCode => KindView::RecoveryCode,
        SlotKind::Escrow => KindView::Escrow,
    }
}

fn fingerprint(opener: &Opener) -> Option<String> {
    match opener {
        Opener::Escrow { organisation } => Some(organisation.fingerprint()),
        Opener::Device {} | Opener::Pin { .. } | Opener::SecurityKey { .. } | Opener::RecoveryCode {} => None,
    }
}

fn time(unix_ms: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_millis(unix_ms)
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
