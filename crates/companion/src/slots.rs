//! What opens the vault, as the person changes it and uses it. Stretching a PIN takes a while and happens on another thread.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use lanyard_broker::{kind_view, store_problem, unlock_problem};
use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::credential::Shown;
use lanyard_protocol::slots::{NewRecoveryCode, Proof, SlotChange, SlotKind as KindView, SlotWish};
use lanyard_protocol::window::QuestionSubject;
use lanyard_vault::{
    NewPin, Pin, RecoverError, Recovered, RecoveryCode, RecoveryKey, SlotKind, StoreError, StretchedPin,
    Vault,
};
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::Zeroizing;

use crate::core::Core;
use crate::words::Words;
use crate::{activity_file, problem, question, wiping};

/// A recovery code that was shown and opens nothing yet.
pub(crate) struct PendingCode {
    code: RecoveryCode,
    /// Which of its words are asked for, counted from one.
    asked: [u8; 2],
}

/// The person has shown that they know the PIN.
pub(crate) struct PinShown(());

impl Core {
    /// Unlocks with what the person shows. Where the key of the vault was lost, leads back in and says what that cost.
    pub(crate) async fn unlock_with(self: &Rc<Self>, proof: Proof) -> Result<Option<Vec<KindView>>, Problem> {
        match proof {
            Proof::Pin(pin) => {
                self.open_vault().await?;
                self.sync_account();
                let stretched = self.guess(pin).await?;
                let unlocked = self.broker.borrow_mut().unlock_with_pin(&stretched);
                self.told_of_unlock(unlocked).map(|()| None)
            }
            Proof::SecurityKey {} => self.unlock_with_key().await.map(|()| None),
            Proof::RecoveryCode(words) => {
                let code = parse_words(&words.0)?;
                // Why it does not open, its state says already.
                if self.open_vault().await.is_err() {
                    return self.recover(RecoveryKey::Code(code)).await.map(Some);
                }
                self.sync_account();
                let unlocked = self.broker.borrow_mut().unlock_with_recovery_code(&code);
                self.told_of_unlock(unlocked).map(|()| None)
            }
        }
    }

    pub(crate) fn told_of_unlock(self: &Rc<Self>, unlocked: Result<(), Problem>) -> Result<(), Problem> {
        let unlocked = self.after_unlock(unlocked);
        self.changed();
        self.apps_changed();
        unlocked
    }

    async fn recover(self: &Rc<Self>, key: RecoveryKey) -> Result<Vec<KindView>, Problem> {
        let _one_at_a_time = self.opening.lock().await;
        let (data, keychain) = (self.paths.data.clone(), Arc::clone(&self.keychain));
        let recovered = on_a_thread(move || Vault::recover(&data, keychain, &key)).await?;
        let Recovered { vault, lost } = recovered.map_err(|error| self.not_recovered(&error))?;
        self.use_opened(Ok(vault))?;
        self.broker.borrow_mut().note_recovered();
        self.changed();
        Ok(lost.into_iter().map(kind_view).collect())
    }

    fn not_recovered(&self, error: &RecoverError) -> Problem {
        self.journal.error("the vault was not recovered", error);
        match error {
            RecoverError::Open(error) => problem::of_opening(error),
            RecoverError::Unlock(error) => unlock_problem(error),
            RecoverError::Store(error) => store_problem(error),
        }
    }

    /// Makes a code and shows it. It counts once the person has shown that it was written down.
    pub(crate) async fn make_recovery_code(
        &self,
        present: Option<Shown>,
    ) -> Result<NewRecoveryCode, Problem> {
        self.broker.borrow().check_unlocked()?;
        self.check_present(present).await?;
        let code = RecoveryCode::make_random();
        let asked = RecoveryCode::make_two_places();
        let words = Shown(code.expose_words());
        *self.pending_code.borrow_mut() = Some(PendingCode { code, asked });
        let suggested_path = activity_file::downloads().join("lanyard-recovery-code.txt");
        Ok(NewRecoveryCode {
            words,
            asked: asked.to_vec(),
            suggested_path: suggested_path.display().to_string(),
        })
    }

    /// Writes the code that was made last into a file of the person's choice.
    pub(crate) fn save_recovery_code(&self, path: &str) -> Result<(), Problem> {
        let path = absolute(path)?;
        let pending = self.pending_code.borrow();
        let pending = pending.as_ref().ok_or_else(no_code)?;
        let heading = Words::of(self.settings.borrow().language.as_deref()).recovery_sheet;
        write_sheet(&path, heading, &pending.code.expose_words()).map_err(|error| {
            self.journal.error("the recovery code was not saved", &error);
            if error.kind() == io::ErrorKind::AlreadyExists {
                return problem::invalid(
                    "there is a file with this name already",
                    "choose another name; a recovery code takes no file's place",
                );
            }
            problem::invalid(
                "the file could not be written",
                "choose a folder that is yours, on a disk that is not full",
            )
        })
    }

    /// Makes a recovery code for the window; a security key confirms it where one has to.
    pub(crate) async fn make_recovery_code_in_window(
        self: &Rc<Self>,
        present: Option<Shown>,
    ) -> Result<NewRecoveryCode, Problem> {
        self.broker.borrow().check_unlocked()?;
        self.check_present_by_key().await?;
        self.make_recovery_code(present).await
    }

    /// Changes what opens the vault because the person chose it in the window; a security key confirms it where one has to.
    pub(crate) async fn change_slots_in_window(self: &Rc<Self>, change: SlotChange) -> Result<(), Problem> {
        self.broker.borrow().check_unlocked()?;
        // A new code was confirmed when it was made.
        if !matches!(change, SlotChange::ConfirmRecoveryCode { .. }) {
            self.check_present_by_key().await?;
        }
        self.change_slots(change).await
    }

    /// Changes what opens the vault; that the person wants it is the caller's to know.
    pub(crate) async fn change_slots(self: &Rc<Self>, change: SlotChange) -> Result<(), Problem> {
        self.broker.borrow().check_unlocked()?;
        match change {
            SlotChange::ConfirmRecoveryCode { words } => self.confirm_recovery_code(&words)?,
            SlotChange::SetPin { pin, present } => {
                let pin = parse_pin(pin)?;
                self.check_present(present).await?;
                let new = on_a_thread(move || NewPin::stretch(&pin)).await?;
                let new = new.map_err(|error| store_problem(&error))?;
                self.broker.borrow_mut().set_pin(&new)?;
            }
            SlotChange::AddSecurityKey { key, present } => {
                self.check_present(present).await?;
                self.let_key_open(&key).await?;
            }
            SlotChange::Remove { slot, present } => {
                self.check_present(present).await?;
                self.broker.borrow_mut().remove_slot(&slot)?;
            }
            SlotChange::AlwaysAsk { on, present } => {
                self.check_present(present).await?;
                self.broker.borrow_mut().always_ask(on)?;
            }
            SlotChange::ConfirmEscrow { fingerprint } => self.confirm_escrow(&fingerprint)?,
        }
        self.changed();
        Ok(())
    }

    /// What a terminal's change is, as the person is asked about it. None where they were asked before.
    pub(crate) fn wish(&self, change: &SlotChange) -> Result<Option<SlotWish>, Problem> {
        Ok(Some(match change {
            SlotChange::ConfirmRecoveryCode { .. } => return Ok(None),
            SlotChange::SetPin { .. } => SlotWish::Pin {},
            SlotChange::Remove { slot, .. } => {
                SlotWish::Remove { kind: self.broker.borrow().slot_kind(slot)? }
            }
            SlotChange::AlwaysAsk { on: true, .. } => SlotWish::AlwaysAsk {},
            SlotChange::AlwaysAsk { on: false, .. } => SlotWish::AskNoMore {},
            SlotChange::ConfirmEscrow { .. } | SlotChange::AddSecurityKey { .. } => {
                return Err(problem::invalid(
                    "this is confirmed in Lanyard's window only",
                    "open Lanyard and look at Security",
                ));
            }
        }))
    }

    /// Asks the person about a terminal's wish.
    pub(crate) async fn agree_to(self: &Rc<Self>, wish: SlotWish) -> Result<(), Problem> {
        self.broker.borrow().check_unlocked()?;
        question::agree_or_decline(self, QuestionSubject::Slots { wish }).await
    }

    fn confirm_recovery_code(&self, words: &[Shown]) -> Result<(), Problem> {
        let pending = self.pending_code.borrow();
        let PendingCode { code, asked } = pending.as_ref().ok_or_else(no_code)?;
        let right = |(place, word): (&u8, &Shown)| code.has_word(*place, &word.0);
        if words.len() != asked.len() || !asked.iter().zip(words).all(right) {
            return Err(problem::invalid(
                "these are not the words at these places of your recovery code",
                "look at what you wrote down",
            ));
        }
        self.broker.borrow_mut().set_recovery_code(code)?;
        drop(pending);
        self.forget_pending_code();
        Ok(())
    }

    pub(crate) fn forget_pending_code(&self) {
        self.pending_code.borrow_mut().take();
    }

    /// Where there is a PIN, whoever changes what opens the vault has to know it: an open session is not enough.
    async fn check_present(&self, present: Option<Shown>) -> Result<(), Problem> {
        if !self.broker.borrow().has_slot(SlotKind::Pin) {
            return Ok(());
        }
        let present = present.ok_or_else(|| {
            Problem::new(Code::Refused, "this needs your present PIN", "enter the PIN that you use now")
        })?;
        self.show_pin(present).await.map(drop)
    }

    /// Whether it is the PIN of a vault that is open; the guess is counted before it is tried.
    pub(crate) async fn show_pin(&self, pin: Shown) -> Result<PinShown, Problem> {
        self.broker.borrow().check_unlocked()?;
        let stretched = self.guess(pin).await?;
        let checked = self.broker.borrow_mut().check_pin(&stretched);
        checked.map(|()| PinShown(())).inspect_err(|_| self.changed())
    }

    /// Counts a guess, and stretches it.
    async fn guess(&self, pin: Shown) -> Result<StretchedPin, Problem> {
        let pin = parse_pin(pin)?;
        let guess = self.broker.borrow_mut().begin_pin_guess()?;
        let stretched: Result<_, StoreError> = on_a_thread(move || guess.stretch(&pin)).await?;
        stretched.map_err(|error| store_problem(&error))
    }
}

/// A file that only the person can read.
fn write_sheet(path: &Path, heading: &str, words: &SecretString) -> io::Result<()> {
    let mut text = Zeroizing::new(Vec::with_capacity(1024));
    writeln!(text, "{heading}")?;
    for (place, word) in (1..=12).zip(words.expose_secret().split(' ')) {
        write!(text, "\n{place:>2}. {word}")?;
    }
    writeln!(text)?;
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(&text)?;
    file.sync_all()
}

fn parse_pin(pin: Shown) -> Result<Pin, Problem> {
    Pin::parse(pin.0).map_err(|error| Problem::new(Code::Invalid, error.to_string(), "choose another PIN"))
}

/// What a terminal gave to open a backup with.
pub(crate) fn recovery_key(
    words: Option<Shown>,
    opening: Option<&str>,
) -> Result<Option<RecoveryKey>, Problem> {
    let Some(words) = words else { return Ok(None) };
    let code = parse_words(&words.0)?;
    let Some(opening) = opening else { return Ok(Some(RecoveryKey::Code(code))) };
    let opening = serde_json::from_str(opening).map_err(|_| {
        problem::invalid(
            "this is not what an organisation opened",
            "name the file that your organisation sent you",
        )
    })?;
    Ok(Some(RecoveryKey::Escrow(opening, code)))
}

fn parse_words(words: &SecretString) -> Result<RecoveryCode, Problem> {
    RecoveryCode::parse(words).map_err(|error| Problem::new(Code::Invalid, error.to_string(), error.hint()))
}

fn absolute(path: &str) -> Result<PathBuf, Problem> {
    let path = PathBuf::from(path);
    if path.is_absolute() {
        return Ok(path);
    }
    Err(problem::invalid("the path of the file is not absolute", "name the file from the root folder on"))
}

fn no_code() -> Problem {
    problem::invalid("there is no new recovery code", "make one again")
}

async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Problem> {
    let done = wiping::on_a_thread(work).await;
    done.map_err(|_| Problem::new(Code::Internal, "it was not finished", "try again"))
}

#[cfg(test)]
mod tests;
