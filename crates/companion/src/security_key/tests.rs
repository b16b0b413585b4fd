use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use lanyard_presence::{Domain, LIFETIME, Salt, SlotParty};
use lanyard_protocol::security_key::KeyPurpose;
use lanyard_vault::{MemoryKeychain, RecoveryCode};
use tokio::task::LocalSet;

use super::task::Tasks;
use super::*;
use authenticator::Authenticator;

#[path = "../../../presence/src/tests/authenticator.rs"]
mod authenticator;

const SALT: Salt = Salt([9; 32]);

fn added(tasks: &Tasks, profile: &str) -> Result<String, Code> {
    let origins = [ExtensionOrigin::firefox("companion@lanyard")];
    let party = RelyingParty::local(&origins).unwrap();
    let (options, registration) = party.begin_registration("Blue key", &[], super::task::now()).unwrap();
    let (sender, _) = oneshot::channel();
    let asked = Asked::Add("Blue key".into(), Box::new(registration));
    tasks.add(profile, options, asked, Then::Tell(sender)).map_err(|problem| problem.code)
}

#[test]
fn a_task_is_one_browsers_and_is_answered_once() {
    let tasks = Tasks::default();
    let task = added(&tasks, "p1").unwrap();
    assert!(tasks.look_up("p2", &task).is_none() && tasks.take("p2", &task).is_none());
    assert!(tasks.look_up("p1", "another").is_none());
    let seen = tasks.look_up("p1", &task).unwrap();
    assert_eq!(seen.purpose, KeyPurpose::Add { name: "Blue key".into() });
    assert!(seen.options.contains("\"challenge\""));
    assert!(matches!(tasks.take("p1", &task), Some(Task { asked: Asked::Add(..), .. })));
    assert!(tasks.take("p1", &task).is_none());
}

#[test]
fn a_task_whose_asker_is_gone_is_forgotten() {
    let tasks = Tasks::default();
    let task = added(&tasks, "p1").unwrap();
    tasks.forget(&task);
    assert!(tasks.take("p1", &task).is_none());
}

#[test]
fn no_browser_makes_more_tasks_than_a_person_could_answer() {
    let tasks = Tasks::default();
    let made: Vec<_> = (0..9).map(|_| added(&tasks, "p1")).collect();
    assert!(made[..8].iter().all(Result::is_ok));
    assert_eq!(made[8], Err(Code::Busy));
    assert_eq!(LIFETIME.as_secs(), 120);
}

#[test]
fn a_key_opens_the_vault_by_the_secret_that_it_gives_and_by_nothing_less() {
    with_core(async |core| {
        let mut key = Authenticator::new(origins()[0].as_str());
        let (options, registration) = RelyingParty::of(&acme(), &origins())
            .unwrap()
            .begin_registration("Blue key", &[], task::now())
            .unwrap();
        let (sender, _) = oneshot::channel();
        let asked = Asked::Add("Blue key".into(), Box::new(registration));
        let task = core.keys.tasks.add("p1", options.clone(), asked, Then::Tell(sender)).unwrap();
        core.answer_key(&browser(), &task, answer(&key.create(&options), None)).unwrap();

        let given =
            ask(&core, &mut key, Some([5; 32]), |taker| Then::Slot("Blue key".into(), taker)).unwrap();
        unlock(&core);
        core.broker
            .borrow_mut()
            .add_key_slot("Blue key", &given.credential_id, SALT.0, given.secret.expose())
            .unwrap();
        let view = core.keys_view().unwrap();
        assert!(view.keys[0].can_open && view.keys[0].opens);

        unlock(&core);
        core.broker.borrow_mut().set_recovery_code(&RecoveryCode::make_random()).unwrap();
        core.broker.borrow_mut().always_ask(true).unwrap();
        core.broker.borrow_mut().lock("for a test");
        // A browser that gives no secret, and a key that checked nobody, open nothing.
        assert_eq!(ask(&core, &mut key, None, Then::Unlock).err(), Some(Code::Refused));
        key.verified = false;
        assert_eq!(ask(&core, &mut key, Some([5; 32]), Then::Unlock).err(), Some(Code::Refused));
        key.verified = true;
        for (secret, opens) in [([6; 32], false), ([5; 32], true)] {
            let given = ask(&core, &mut key, Some(secret), Then::Unlock).unwrap();
            core.broker.borrow_mut().set_account(Some("alice".into()));
            let secret = given.secret.expose();
            let unlocked = core.broker.borrow_mut().unlock_with_security_key(&given.credential_id, secret);
            assert_eq!(unlocked.is_ok(), opens);
        }
    });
}

#[test]
fn a_key_that_nothing_else_stands_in_for_is_not_removed() {
    with_core(async |core| {
        let mut key = Authenticator::new(origins()[0].as_str());
        let party = RelyingParty::of(&acme(), &origins()).unwrap();
        let (options, registration) = party.begin_registration("Blue key", &[], task::now()).unwrap();
        let added = registration.finish(&key.create(&options).to_string(), task::now()).unwrap();
        let id = added.id().to_vec();
        core.change_keys(|stored| stored.keys.push(store::Known::new("Blue key".into(), added))).unwrap();
        unlock(&core);
        core.broker.borrow_mut().add_key_slot("Blue key", &id, SALT.0, &[5; 32]).unwrap();
        core.broker.borrow_mut().set_recovery_code(&RecoveryCode::make_random()).unwrap();
        core.broker.borrow_mut().always_ask(true).unwrap();
        assert_eq!(core.remove_key("Blue key").await.err().map(|problem| problem.code), Some(Code::Refused));
        unlock_by(&core, &id);
        core.broker.borrow_mut().always_ask(false).unwrap();
        core.remove_key("Blue key").await.unwrap();
        assert!(core.keys_view().unwrap().keys.is_empty() && core.broker.borrow().key_slots().is_empty());
    });
}

fn acme() -> Domain {
    Domain::parse("acme.example").unwrap()
}

fn browser() -> Browser {
    Browser { name: "Chromium".into(), profile: "p1".into(), paired: true }
}

fn answer(signed: &serde_json::Value, secret: Option<[u8; 32]>) -> KeyAnswer {
    let secret = secret.map(|secret| Shown(URL_SAFE_NO_PAD.encode(secret).into()));
    KeyAnswer::Credential { json: signed.to_string(), secret }
}

/// What the key gives in answer to a task.
fn ask(
    core: &Rc<Core>,
    key: &mut Authenticator,
    secret: Option<[u8; 32]>,
    then: impl FnOnce(task::Taker) -> Then,
) -> Result<Given, Code> {
    let party = SlotParty::new(&acme(), &origins()).unwrap();
    let known = core.keys.credentials().unwrap();
    let (options, assertion) = party.begin_assertion(&known, &SALT, task::now()).unwrap();
    let (taker, mut given) = oneshot::channel();
    let asked = Asked::Secret(Box::new(assertion));
    let task = core.keys.tasks.add("p1", options.clone(), asked, then(taker)).unwrap();
    let told = core.answer_key(&browser(), &task, answer(&key.get(&options), secret));
    let given = given.try_recv().unwrap().map_err(|problem| problem.code);
    assert_eq!(told.is_ok(), given.is_ok());
    given
}

/// As for somebody who is signed in; whatever tells the state finds that nobody is, and locks.
fn unlock(core: &Core) {
    let mut broker = core.broker.borrow_mut();
    broker.set_account(Some("alice".into()));
    broker.unlock().unwrap();
}

fn unlock_by(core: &Core, key: &[u8]) {
    let mut broker = core.broker.borrow_mut();
    broker.set_account(Some("alice".into()));
    broker.unlock_with_security_key(key, &[5; 32]).unwrap();
}

fn with_core<Test: AsyncFnOnce(Rc<Core>)>(test: Test) {
    let home = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    LocalSet::new().block_on(&runtime, async {
        let core = crate::tests::core_in(home.path(), &MemoryKeychain::new());
        core.open_vault().await.unwrap();
        unlock(&core);
        test(core).await;
    });
}
