//! What a terminal asks of the vault as a whole: looked through, backed up, restored, given other keys.

use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;

use lanyard_broker::kind_view;
use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::terminal::{BackupSource, Event, Response, VaultReport};
use lanyard_protocol::window::QuestionSubject;
use lanyard_vault::{RecoveryKey, Restorable, RestoreError, Vault};

use crate::connection::Outbox;
use crate::core::Core;
use crate::wiping::on_a_thread;
use crate::{problem, question};

impl Core {
    /// Opens everything in the vault.
    pub(crate) fn verify_vault(&self) -> Result<VaultReport, Problem> {
        let found = self.broker.borrow().verify_vault()?;
        Ok(VaultReport {
            organisation: found.organisation,
            personal: found.personal,
            service: found.service,
            generation: found.generation,
            known_generation: found.known.ok().flatten(),
            damage: found.damage.iter().map(ToString::to_string).collect(),
        })
    }

    /// Makes a backup.
    pub(crate) fn back_up_vault(&self, to: Option<&str>) -> Result<Response, Problem> {
        let backup = self.broker.borrow_mut().back_up(to.map(absolute).transpose()?.as_deref())?;
        Ok(Response::BackedUp { path: backup.path.display().to_string(), generation: backup.generation })
    }

    /// Makes the backup of the day. One that fails is tried again after the next change.
    pub(crate) fn back_up_if_due(&self) {
        if let Err(problem) = self.broker.borrow().back_up_if_due() {
            self.journal.error("cannot back up the vault", &problem);
        }
    }

    /// Gives the vault other keys, if the person agrees.
    pub(crate) async fn rekey_vault(self: &Rc<Self>, outbox: &Outbox) -> Result<(), Problem> {
        self.broker.borrow().check_unlocked()?;
        self.agree_or_decline(QuestionSubject::Rekey {}, outbox).await?;
        self.broker.borrow_mut().rekey()
    }

    /// Puts a backup in the vault's place, if the person agrees.
    pub(crate) async fn restore_vault(
        self: &Rc<Self>,
        source: BackupSource,
        other_vault: bool,
        key: Option<RecoveryKey>,
        outbox: &Outbox,
    ) -> Result<Response, Problem> {
        let _one_at_a_time = self.restoring.try_lock().map_err(|_| {
            Problem::new(Code::Busy, "a backup is being restored", "answer the question in Lanyard's window")
        })?;
        let backup = self.path_of(source)?;
        let read = self.read_backup(backup, other_vault, key).await?;
        let subject = QuestionSubject::Restore { credentials: read.records(), older: read.is_older() };
        let agreed = self.agree_or_decline(subject, outbox).await;
        let restored = match agreed {
            Ok(()) => self.put_in_place(read),
            Err(problem) => {
                read.give_up();
                self.broker.borrow_mut().note_restored(Err(problem))
            }
        };
        self.apps_changed();
        self.changed();
        restored
    }

    async fn read_backup(
        &self,
        backup: PathBuf,
        other_vault: bool,
        key: Option<RecoveryKey>,
    ) -> Result<Restorable, Problem> {
        let expected = if other_vault { None } else { self.broker.borrow().vault_id() };
        let (data, keychain) = (self.paths.data.clone(), Arc::clone(&self.keychain));
        let read =
            on_a_thread(move || Restorable::read(&data, &backup, keychain, expected, key.as_ref())).await;
        let read = read.map_err(|_| {
            Problem::new(
                Code::Internal,
                "the backup could not be looked at",
                "quit Lanyard and open it again",
            )
        })?;
        read.map_err(|error| self.not_restored(&error))
    }

    /// Without waiting for anything: a token that is renewed meanwhile would find no vault to be kept in.
    fn put_in_place(self: &Rc<Self>, read: Restorable) -> Result<Response, Problem> {
        let was_unlocked = self.broker.borrow().is_unlocked();
        let credentials = read.records();
        let lost = read.lost().iter().copied().map(kind_view).collect();
        let current = self.broker.borrow_mut().take_vault();
        let same = current.as_ref().is_some_and(|current| current.id() == read.vault_id());
        let put = read.put_in_place(current).map_err(|error| self.not_restored(&error));
        let opened = Vault::open_or_create(&self.paths.data, Arc::clone(&self.keychain));
        match opened {
            Ok(vault) if same => self.broker.borrow_mut().put_vault(vault),
            opened => self.use_opened(opened)?,
        }
        if was_unlocked && same {
            let unlocked = self.broker.borrow_mut().unlock();
            self.after_unlock(unlocked)?;
        }
        let kept = self.broker.borrow_mut().note_restored(put)?;
        Ok(Response::Restored { credentials, kept: kept.map(|path| path.display().to_string()), lost })
    }

    fn path_of(&self, source: BackupSource) -> Result<PathBuf, Problem> {
        match source {
            BackupSource::File { path } => absolute(&path),
            BackupSource::Generation { generation } => {
                let found = self.broker.borrow().backup_of(generation)?;
                found.ok_or_else(|| {
                    Problem::new(
                        Code::NotFound,
                        "there is no backup of this generation",
                        "look into the folder backups beside the vault, and name a file of it",
                    )
                })
            }
        }
    }

    async fn agree_or_decline(
        self: &Rc<Self>,
        subject: QuestionSubject,
        outbox: &Outbox,
    ) -> Result<(), Problem> {
        outbox.event(Event::Asking {});
        question::agree_or_decline(self, subject).await
    }

    fn not_restored(&self, error: &RestoreError) -> Problem {
        self.journal.error("the backup was not restored", error);
        problem::of_restoring(error)
    }
}

/// The companion is in another folder than the terminal.
pub(crate) fn absolute(path: &str) -> Result<PathBuf, Problem> {
    let path = PathBuf::from(path);
    if path.is_absolute() {
        return Ok(path);
    }
    Err(problem::invalid("the path of the file is not absolute", "name the file from the root folder on"))
}

#[cfg(test)]
pub(crate) mod tests {
    use std::path::Path;

    use lanyard_protocol::common::NewApp;
    use tokio::task::LocalSet;

    use super::*;

    #[test]
    fn a_restored_backup_is_in_use_at_once_and_what_it_replaced_is_kept() {
        with_core(async |core, _| {
            add(&core, "Payroll");
            let Response::BackedUp { generation, .. } = core.back_up_vault(None).unwrap() else { panic!() };
            add(&core, "Intranet");
            core.broker.borrow_mut().service_put("pairing", b"new").unwrap();

            let backup = core.path_of(BackupSource::Generation { generation }).unwrap();
            let read = core.read_backup(backup, false, None).await.unwrap();
            assert!(read.is_older());
            let Response::Restored { credentials, kept, .. } = core.put_in_place(read).unwrap() else {
                panic!()
            };
            assert_eq!(credentials, 1);
            assert!(Path::new(&kept.unwrap()).exists());
            assert_eq!(names(&core), ["Payroll"]);
            assert_eq!(core.broker.borrow().service_get("pairing").unwrap().unwrap()[..], b"new"[..]);
            add(&core, "Wiki");
            assert_eq!(names(&core), ["Payroll", "Wiki"]);
        });
    }

    #[test]
    fn a_backup_takes_the_place_of_a_vault_that_does_not_open() {
        with_core(async |core, home| {
            add(&core, "Payroll");
            let file = home.join("elsewhere.db");
            core.back_up_vault(Some(file.to_str().unwrap())).unwrap();
            drop(core.broker.borrow_mut().take_vault());
            std::fs::write(core.paths.data.join("vault.db"), b"nonsense").unwrap();
            assert_eq!(core.open_vault().await.unwrap_err().code, Code::Vault);

            let read = core.read_backup(file, false, None).await.unwrap();
            core.put_in_place(read).unwrap();
            assert!(core.broker.borrow().has_vault());
            unlock(&core);
            assert_eq!(names(&core), ["Payroll"]);
        });
    }

    #[test]
    fn a_backup_that_cannot_be_used_leaves_the_vault_in_use() {
        with_core(async |core, home| {
            add(&core, "Payroll");
            std::fs::write(home.join("nonsense.db"), b"nonsense").unwrap();
            let refused = core.read_backup(home.join("nonsense.db"), false, None).await.err().unwrap();
            assert_eq!(refused.code, Code::Vault);
            assert_eq!(
                core.path_of(BackupSource::Generation { generation: 999 }).unwrap_err().code,
                Code::NotFound
            );
            assert_eq!(names(&core), ["Payroll"]);
        });
    }

    #[test]
    fn a_change_is_backed_up_by_itself_once() {
        with_core(async |core, _| {
            let count = || std::fs::read_dir(core.paths.data.join("backups")).map_or(0, Iterator::count);
            assert_eq!(count(), 0);
            for name in ["Payroll", "Wiki"] {
                add(&core, name);
                core.back_up_if_due();
                assert_eq!(count(), 1);
            }
        });
    }

    pub(crate) fn with_core<Test: AsyncFnOnce(Rc<Core>, &Path)>(test: Test) {
        let home = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        LocalSet::new().block_on(&runtime, async {
            let core = crate::tests::core_in(home.path(), &lanyard_vault::MemoryKeychain::new());
            core.open_vault().await.unwrap();
            unlock(&core);
            test(core, home.path()).await;
        });
    }

    fn unlock(core: &Core) {
        let mut broker = core.broker.borrow_mut();
        broker.set_account(Some("alice".into()));
        broker.unlock().unwrap();
    }

    pub(crate) fn add(core: &Core, name: &str) {
        let new = NewApp {
            name: name.into(),
            login_url: format!("https://{}.example/login", name.to_lowercase()),
            user_name: "alice".into(),
            password: "s3cret".into(),
            auto_submit: true,
            one_time_code: None,
            notes: None,
        };
        core.broker.borrow_mut().add_app(new).unwrap();
    }

    fn names(core: &Core) -> Vec<String> {
        let found = core.broker.borrow().apps("", 10).unwrap();
        let mut names: Vec<_> = found.apps.into_iter().map(|app| app.name).collect();
        names.sort();
        names
    }
}
