//! What the tasks share, and how everybody learns that something changed.

use std::cell::{Cell, RefCell};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use lanyard_broker::Broker;
use lanyard_channel::StaticKey;
use lanyard_identity::{Identity, Standing};
use lanyard_protocol::common::{AccountView, Code, Problem, SignInProgress, VaultState};
use lanyard_protocol::paths::Paths;
use lanyard_protocol::slots::{SlotKind, WaysIn};
use lanyard_protocol::terminal::Status;
use lanyard_protocol::window::SecurityView;
use lanyard_protocol::{browser, window};
use lanyard_vault::Keychain;
use tokio::sync::{Mutex, Notify, SetOnce, watch};

use crate::browser::Browsers;
use crate::clipboard::Clipboard;
use crate::connection::Outbox;
use crate::journal::Journal;
use crate::organisation::Organisation;
use crate::pairing::Pairings;
use crate::question::Questions;
use crate::security_key::SecurityKeys;
use crate::server::Guests;
use crate::settings::Settings;
use crate::sign_in::SignIn;
use crate::slots::PendingCode;
use crate::tokens::SealedTokens;
use crate::tray::{self, Tray};
use crate::window::Window;
use crate::wiping::wipe_stack;
use crate::words::Words;

/// How long after the first of many changes everybody is told.
const TELL_AFTER: Duration = Duration::from_millis(300);

/// How often a program that is not Lanyard's is written down.
const NOTE_FOREIGN_EVERY: Duration = Duration::from_mins(1);

/// Everything the tasks share.
pub(crate) struct Core {
    pub(crate) paths: Paths,
    pub(crate) journal: Journal,
    pub(crate) keychain: Arc<dyn Keychain>,
    pub(crate) guests: Guests,
    /// When a foreign program was written down last.
    pub(crate) noted_foreign: Cell<Option<Instant>>,
    pub(crate) window_program: Option<PathBuf>,
    pub(crate) broker: Rc<RefCell<Broker>>,
    pub(crate) may_begin_new: Cell<bool>,
    /// Whether a recovery code leads back into the vault, whose key is lost.
    pub(crate) recoverable: Cell<bool>,
    pub(crate) pending_code: RefCell<Option<PendingCode>>,
    /// One opening of the vault at a time: the file is opened by one alone.
    pub(crate) opening: Mutex<()>,
    /// One backup at a time takes the vault's place.
    pub(crate) restoring: Mutex<()>,
    pub(crate) identity: RefCell<Option<Rc<Identity<SealedTokens>>>>,
    /// The person has signed out; the provider is being told.
    pub(crate) signing_out: Cell<bool>,
    pub(crate) settings: RefCell<Settings>,
    pub(crate) organisation: Option<Organisation>,
    /// What of the organisation's file is not used, and why.
    pub(crate) organisation_findings: Vec<String>,
    pub(crate) clipboard: Option<Box<dyn Clipboard>>,
    /// Apps were imported, and browsers and window are about to be told.
    pub(crate) telling_apps: Cell<bool>,
    pub(crate) sign_in: SignIn,
    pub(crate) pairings: RefCell<Pairings>,
    /// What browsers know us by, once there is a vault to keep it in.
    pub(crate) channel_key: RefCell<Option<Rc<StaticKey>>>,
    pub(crate) browsers: Browsers,
    pub(crate) questions: Questions,
    pub(crate) keys: SecurityKeys,
    pub(crate) window: Window,
    pub(crate) followers: RefCell<Vec<Outbox>>,
    pub(crate) tray: watch::Sender<Tray>,
    /// The sign-in changed, so the time of the next refresh did too.
    pub(crate) session_changed: Notify,
    /// The vault was tried: from here on answers are what they will be.
    pub(crate) opened: SetOnce<()>,
    pub(crate) quit: Notify,
}

impl Core {
    /// Who signs in and out, once there is a vault to keep it in.
    pub(crate) fn identity(&self) -> Option<Rc<Identity<SealedTokens>>> {
        self.identity.borrow().clone()
    }

    /// Who is signed in and still vouched for.
    pub(crate) fn account(&self) -> Option<AccountView> {
        let identity = self.identity().filter(|_| !self.signing_out.get())?;
        match identity.standing() {
            Standing::SignedIn | Standing::SignedInUntil(_) => identity.account().as_ref().map(view),
            Standing::SignedOut | Standing::Ended | Standing::Refused => None,
        }
    }

    pub(crate) fn vault_state(&self) -> VaultState {
        self.broker.borrow().vault_state(self.may_begin_new.get())
    }

    /// Has the engine know who is signed in, and whether anybody was here. A sign-in and the time without use can end by
    /// themselves, so this comes before every request.
    pub(crate) fn sync_account(&self) {
        self.lock_if_idle();
        let account = self.account().map(|account| account.name);
        let mut broker = self.broker.borrow_mut();
        if account.is_none() {
            broker.lock("nobody is signed in");
        }
        broker.set_account(account);
    }

    /// Tells everybody the state. Called after whatever changes it.
    pub(crate) fn changed(&self) {
        self.sync_account();
        if !self.broker.borrow().is_unlocked() {
            self.forget_pending_code();
        }
        let account = self.account();
        let vault = self.vault_state();
        if vault != (VaultState::Unlocked {}) {
            wipe_stack();
        }
        let (saving, field_icon) = {
            let broker = self.broker.borrow();
            (broker.saving_elsewhere(), broker.field_icon())
        };
        self.browsers.tell_state(account.as_ref(), &vault, saving, field_icon);
        if self.window.is_open() {
            self.window.tell(window::Event::State(self.window_state()));
        }
        let recent = self.broker.borrow().recent_apps();
        let words = Words::of(self.settings.borrow().language.as_deref());
        let asking = !self.questions.is_empty();
        let tray = Tray::new(words, account.as_ref(), &vault, self.is_signing_in(), asking, &recent);
        self.tray.send_if_modified(|shown| tray::replace(shown, tray));
    }

    /// Tells browsers and the window that apps were added or opened.
    pub(crate) fn apps_changed(&self) {
        self.browsers.tell_origins(&self.broker.borrow());
        self.window.tell(window::Event::AppsChanged {});
    }

    /// The same after many changes in a row: once, soon.
    pub(crate) fn apps_changed_soon(self: &Rc<Self>) {
        if self.telling_apps.replace(true) {
            return;
        }
        let core = Rc::clone(self);
        tokio::task::spawn_local(async move {
            tokio::time::sleep(TELL_AFTER).await;
            core.telling_apps.set(false);
            core.apps_changed();
            core.changed();
        });
    }

    pub(crate) fn window_state(&self) -> window::State {
        window::State {
            account: self.account(),
            provider: self.provider(),
            sign_in: self.sign_in.progress(),
            vault: self.vault_state(),
            ways_in: self.ways_in(),
            browsers: self.paired_browsers(),
            questions: self.questions.all(),
            key_asked_in: self.keys.tasks.asking(),
            settings: self.settings_view(),
            organisation: self.organisation.as_ref().map(|organisation| organisation.rules.name.clone()),
        }
    }

    fn ways_in(&self) -> WaysIn {
        if self.recoverable.get() && !self.broker.borrow().has_vault() {
            return WaysIn { kinds: vec![SlotKind::RecoveryCode], pin_waits_until: None };
        }
        self.broker.borrow().ways_in()
    }

    /// What protects the vault, as it is.
    pub(crate) fn security(&self) -> SecurityView {
        let broker = self.broker.borrow();
        SecurityView {
            slots: broker.slots(),
            escrow_waits: self.escrow_that_waits(&broker),
            vault_path: self.paths.data.join("vault.db").display().to_string(),
            read_only: broker.read_only(),
            credentials: broker.count().and_then(|count| u32::try_from(count).ok()),
            activity_whole: broker.is_activity_whole(),
        }
    }

    pub(crate) fn unreadable_activity(&self, error: &lanyard_audit::Error) -> Problem {
        self.journal.error("cannot read the activity log", error);
        Problem::new(Code::Internal, error.to_string(), error.hint())
    }

    pub(crate) fn browser_state(&self) -> browser::State {
        browser::State {
            signed_in: self.account().map(|account| account.name),
            vault: self.vault_state(),
            field_icon: self.broker.borrow().field_icon(),
            saving: self.broker.borrow().saving_elsewhere(),
        }
    }

    pub(crate) fn status(&self) -> Status {
        Status {
            version: env!("CARGO_PKG_VERSION").into(),
            account: self.account(),
            provider: self.provider(),
            vault: self.vault_state(),
            ways_in: self.ways_in(),
            apps: self.broker.borrow().count().and_then(|count| u32::try_from(count).ok()),
            browsers: u32::try_from(self.browsers.paired().len()).unwrap_or(u32::MAX),
            revocation_queued: self.identity().is_some_and(|identity| identity.pending_revocations() > 0),
            organisation_findings: self.organisation_findings.clone(),
        }
    }

    /// Whether to write down once more that a foreign program wanted something: one that goes on fills no log.
    pub(crate) fn may_note_foreign(&self) -> bool {
        let last = self.noted_foreign.get();
        let may = last.is_none_or(|last| last.elapsed() >= NOTE_FOREIGN_EVERY);
        if may {
            self.noted_foreign.set(Some(Instant::now()));
        }
        may
    }

    fn is_signing_in(&self) -> bool {
        matches!(
            self.sign_in.progress(),
            Some(SignInProgress::Contacting {} | SignInProgress::Waiting { .. })
        )
    }
}

/// An account as it is shown.
pub(crate) fn view(account: &lanyard_identity::Account) -> AccountView {
    let issuer = account.issuer.as_str();
    let provider_host = lanyard_catalog::Origin::of_page(issuer)
        .map_or_else(|_| issuer.to_owned(), |origin| origin.host().to_owned());
    AccountView { name: account.display_name().to_owned(), email: account.email.clone(), provider_host }
}
