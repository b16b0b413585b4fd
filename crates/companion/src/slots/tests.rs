use std::os::unix::fs::PermissionsExt as _;

use lanyard_vault::MemoryKeychain;
use tokio::task::LocalSet;

use super::*;

#[test]
fn a_code_counts_once_the_words_that_were_asked_for_are_shown() {
    with_core(async |core, _, _| {
        let new = core.make_recovery_code(None).await.unwrap();
        assert!(!core.broker.borrow().has_slot(SlotKind::RecoveryCode), "it opens nothing yet");
        let other = vec![Shown("zoo".into()), Shown("zoo".into())];
        let refused = core.change_slots(SlotChange::ConfirmRecoveryCode { words: other }).await;
        assert_eq!(refused.unwrap_err().code, Code::Invalid);
        let none = core.change_slots(SlotChange::ConfirmRecoveryCode { words: Vec::new() }).await;
        assert_eq!(none.unwrap_err().code, Code::Invalid);
        confirm(&core, &new).await.unwrap();
        assert!(core.broker.borrow().has_slot(SlotKind::RecoveryCode));
        unlock(&core);
        assert_eq!(confirm(&core, &new).await.unwrap_err().code, Code::Invalid, "it is forgotten");
    });
}

#[test]
fn a_code_that_was_not_confirmed_is_forgotten_when_the_vault_is_locked() {
    with_core(async |core, _, _| {
        let new = core.make_recovery_code(None).await.unwrap();
        core.lock();
        assert_eq!(confirm(&core, &new).await.unwrap_err().code, Code::Locked);
        unlock(&core);
        assert_eq!(confirm(&core, &new).await.unwrap_err().code, Code::Invalid);
    });
}

#[test]
fn a_saved_code_is_the_person_s_alone_and_takes_no_file_s_place() {
    with_core(async |core, _, home| {
        let path = home.join("code.txt");
        let text = path.to_str().unwrap();
        assert_eq!(core.save_recovery_code(text).unwrap_err().code, Code::Invalid, "there is none yet");
        let new = core.make_recovery_code(None).await.unwrap();
        core.save_recovery_code(text).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let saved = std::fs::read_to_string(&path).unwrap();
        let numbered = saved.split("\n\n").last().unwrap();
        let read = RecoveryCode::parse(&numbered.into()).unwrap();
        assert_eq!(read.expose_words().expose_secret(), new.words.0.expose_secret());
        assert!(core.save_recovery_code(text).is_err());
        assert!(core.save_recovery_code("code.txt").is_err(), "the companion is in another folder");
    });
}

#[test]
fn a_lost_keyring_is_led_out_of_by_the_code_and_said_to_be() {
    with_core(async |core, keychain, _| {
        let new = core.make_recovery_code(None).await.unwrap();
        confirm(&core, &new).await.unwrap();
        keychain.forget_all();
        drop(core.broker.borrow_mut().take_vault());
        assert_eq!(core.open_vault().await.unwrap_err().code, Code::Vault);
        assert_eq!(core.window_state().ways_in.kinds, [KindView::RecoveryCode]);
        let wrong = RecoveryCode::make_random().expose_words();
        let refused = core.unlock_with(Proof::RecoveryCode(Shown(wrong))).await;
        assert_eq!(refused.unwrap_err().code, Code::Refused);
        assert!(!core.broker.borrow().has_vault());
        let lost = core.unlock_with(Proof::RecoveryCode(new.words)).await.unwrap();
        assert_eq!(lost, Some(Vec::new()));
        assert!(core.broker.borrow().has_vault());
        assert!(!core.broker.borrow().is_unlocked(), "nobody is signed in");
        unlock(&core);
    });
}

#[test]
fn whoever_changes_what_opens_the_vault_knows_its_pin() {
    with_core(async |core, _, _| {
        let set = |pin: &str, present: Option<&str>| SlotChange::SetPin {
            pin: Shown(pin.into()),
            present: present.map(|present| Shown(present.into())),
        };
        assert_eq!(core.change_slots(set("123", None)).await.unwrap_err().code, Code::Invalid);
        core.change_slots(set("1234", None)).await.unwrap();
        for present in [None, Some("9999")] {
            unlock(&core);
            assert_eq!(core.change_slots(set("5678", present)).await.unwrap_err().code, Code::Refused);
            unlock(&core);
            let shown = present.map(|present| Shown(present.into()));
            assert_eq!(core.make_recovery_code(shown).await.err().unwrap().code, Code::Refused);
        }
        unlock(&core);
        core.change_slots(set("5678", Some("1234"))).await.unwrap();
        unlock(&core);
        let remove = |present: &str| SlotChange::Remove {
            slot: core.broker.borrow().slots()[1].slot.clone(),
            present: Some(Shown(present.into())),
        };
        assert_eq!(core.change_slots(remove("1234")).await.unwrap_err().code, Code::Refused);
        unlock(&core);
        core.change_slots(remove("5678")).await.unwrap();
        assert_eq!(core.broker.borrow().slots().len(), 1);
    });
}

#[test]
fn a_pin_is_shown_while_the_vault_is_open_and_each_guess_counts() {
    with_core(async |core, _, _| {
        core.change_slots(SlotChange::SetPin { pin: Shown("1234".into()), present: None }).await.unwrap();
        let show = async |pin: &str| {
            unlock(&core);
            core.show_pin(Shown(pin.into())).await.map_err(|problem| problem.code)
        };
        assert!(show("1234").await.is_ok());
        while core.window_state().ways_in.pin_waits_until.is_none() {
            assert_eq!(show("9999").await.err(), Some(Code::Refused));
        }
        // Not even the right one, until it is over.
        assert_eq!(show("1234").await.err(), Some(Code::Refused));
        core.lock();
        assert_eq!(core.show_pin(Shown("1234".into())).await.err().unwrap().code, Code::Locked);
    });
}

#[test]
fn the_last_way_in_stays() {
    with_core(async |core, _, _| {
        let always = core.change_slots(SlotChange::AlwaysAsk { on: true, present: None }).await;
        assert_eq!(always.unwrap_err().code, Code::Refused);
        let device = core.broker.borrow().slots()[0].slot.clone();
        let remove = core.change_slots(SlotChange::Remove { slot: device, present: None }).await;
        assert_eq!(remove.unwrap_err().code, Code::Refused);
        let unknown = SlotChange::Remove { slot: "0".repeat(32), present: None };
        assert_eq!(core.change_slots(unknown).await.unwrap_err().code, Code::NotFound);
    });
}

#[test]
fn a_terminal_s_wish_is_asked_about_but_for_the_code_that_it_was_shown() {
    with_core(async |core, _, _| {
        let confirm = SlotChange::ConfirmRecoveryCode { words: Vec::new() };
        assert_eq!(core.wish(&confirm).unwrap(), None);
        let on = SlotChange::AlwaysAsk { on: true, present: None };
        assert_eq!(core.wish(&on).unwrap(), Some(SlotWish::AlwaysAsk {}));
        let device = core.broker.borrow().slots()[0].slot.clone();
        let remove = SlotChange::Remove { slot: device, present: None };
        assert_eq!(core.wish(&remove).unwrap(), Some(SlotWish::Remove { kind: KindView::Device }));
        assert!(core.wish(&SlotChange::ConfirmEscrow { fingerprint: String::new() }).is_err());
        assert!(core.wish(&SlotChange::AddSecurityKey { key: String::new(), present: None }).is_err());
    });
}

fn with_core<Test: AsyncFnOnce(Rc<Core>, MemoryKeychain, &Path)>(test: Test) {
    let home = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let keychain = MemoryKeychain::new();
    LocalSet::new().block_on(&runtime, async {
        let core = crate::tests::core_in(home.path(), &keychain);
        core.open_vault().await.unwrap();
        unlock(&core);
        test(core, keychain, home.path()).await;
    });
}

/// As for somebody who is signed in; whatever tells the state finds that nobody is, and locks.
fn unlock(core: &Core) {
    let mut broker = core.broker.borrow_mut();
    broker.set_account(Some("alice".into()));
    broker.unlock().unwrap();
}

async fn confirm(core: &Rc<Core>, new: &NewRecoveryCode) -> Result<(), Problem> {
    let words: Vec<_> = new.words.0.expose_secret().split(' ').collect();
    let asked = new.asked.iter().map(|place| Shown(words[usize::from(*place) - 1].into())).collect();
    core.change_slots(SlotChange::ConfirmRecoveryCode { words: asked }).await
}
