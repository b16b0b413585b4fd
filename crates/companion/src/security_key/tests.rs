use lanyard_presence::{ExtensionOrigin, LIFETIME, RelyingParty};
use lanyard_protocol::common::Code;
use lanyard_protocol::security_key::KeyPurpose;
use tokio::sync::oneshot;

use super::task::{Asked, Task, Tasks, Then};

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
