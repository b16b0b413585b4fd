//! Locks what nobody uses.
//!
//! Used means that a person did something: filled, launched, saved, changed, or had something shown. What goes on by itself does not
//! count: pages that load and ask what is there for them, what the organisation has filled by itself, a script that asks for the
//! state, a window that reads its lists anew.

use std::rc::Rc;
use std::time::Duration;

use lanyard_protocol::browser::{self, FillCause};
use lanyard_protocol::security_key::KeyAnswer;
use lanyard_protocol::{terminal, window};

use crate::core::Core;

/// Where nobody chose. The screen's lock, which locks the vault at once, is what is there for short absences; a shorter time
/// would have a person unlock before most of the logins of a day.
pub(crate) const DEFAULT_MINUTES: u32 = 60;

/// A time that is longer than a day is none.
pub(crate) const MOST_MINUTES: u32 = 24 * 60;

/// Timers stand still while the laptop sleeps, so that one which was set before could be late by a night.
const LOOK_EVERY: Duration = Duration::from_mins(1);

/// Looks for as long as the companion runs.
pub(crate) async fn watch(core: Rc<Core>) {
    loop {
        let left = core.broker.borrow().idle_left();
        tokio::time::sleep(left.map_or(LOOK_EVERY, |left| left.min(LOOK_EVERY))).await;
        core.lock_if_idle();
    }
}

impl Core {
    /// Locks a vault whose time without use is up, and tells everybody.
    pub(crate) fn lock_if_idle(&self) {
        let locked = self.broker.borrow_mut().lock_if_idle();
        if locked {
            self.locked();
        }
    }

    pub(crate) fn used_by_person(&self) {
        self.broker.borrow_mut().used_by_person();
    }
}

/// How long the vault stays open without use, in minutes; 0 is for ever. The organisation's word is the last.
pub(crate) fn minutes(chosen: Option<u32>, most: Option<u32>) -> u32 {
    let chosen = chosen.unwrap_or(DEFAULT_MINUTES);
    match most {
        Some(most) if chosen == 0 || chosen > most => most,
        _ => chosen,
    }
}

pub(crate) fn limit(minutes: u32) -> Option<Duration> {
    (minutes > 0).then(|| Duration::from_mins(minutes.into()))
}

/// Whether a person's doing is behind it.
pub(crate) fn is_use_in_browser(request: &browser::Request) -> bool {
    use browser::Request as Asked;
    if let Asked::Fill { cause, .. } = request {
        return !matches!(cause, FillCause::Arrival {});
    }
    matches!(
        request,
        Asked::AnswerOffer { .. }
            | Asked::AddAccount { .. }
            | Asked::Never { .. }
            | Asked::AllowSite { .. }
            | Asked::Generate { .. }
            | Asked::AnswerSecurityKey { answer: KeyAnswer::Credential { .. }, .. }
            | Asked::OpenLanyard {}
    )
}

/// Whether it is more than a look at what is there, as a script takes it again and again.
pub(crate) fn is_use_in_terminal(request: &terminal::Request) -> bool {
    use terminal::Request as Asked;
    !matches!(
        request,
        Asked::Status {}
            | Asked::Apps { .. }
            | Asked::Slots {}
            | Asked::Browsers {}
            | Asked::SecurityKeys {}
            | Asked::Settings {}
            | Asked::Activity { .. }
            | Asked::VerifyVault {}
            | Asked::BackUpVault { .. }
    )
}

/// Whether it is more than what the window reads by itself when something has changed.
pub(crate) fn is_use_in_window(request: &window::Request) -> bool {
    use window::Request as Asked;
    !matches!(
        request,
        Asked::Hello {}
            | Asked::Apps { .. }
            | Asked::Credential { .. }
            | Asked::Activity { .. }
            | Asked::ActivityHours { .. }
            | Asked::BrowsersHere {}
            | Asked::NeverSites {}
            | Asked::Security {}
            | Asked::SecurityKeys {}
    )
}

#[cfg(test)]
mod tests {
    use lanyard_protocol::browser::Frame;
    use tokio::task::LocalSet;

    use super::*;

    #[test]
    fn a_timer_locks_what_nobody_uses() {
        let home = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        LocalSet::new().block_on(&runtime, async {
            let core = crate::tests::core_in(home.path(), &lanyard_vault::MemoryKeychain::new());
            core.open_vault().await.unwrap();
            core.broker.borrow_mut().set_account(Some("alice".into()));
            core.broker.borrow_mut().unlock().unwrap();
            core.broker.borrow_mut().set_idle_limit(Some(Duration::from_millis(20)));
            tokio::task::spawn_local(watch(Rc::clone(&core)));
            let locked = async {
                while core.broker.borrow().activity(None, 1).unwrap()[0].event != "locked" {
                    tokio::task::yield_now().await;
                }
            };
            tokio::time::timeout(Duration::from_secs(20), locked).await.expect("it locks by itself");
        });
    }

    #[test]
    fn the_organisation_s_time_is_the_longest() {
        assert_eq!(minutes(None, None), DEFAULT_MINUTES);
        assert_eq!(minutes(Some(0), None), 0);
        assert_eq!(
            (minutes(Some(0), Some(15)), minutes(Some(240), Some(15)), minutes(None, Some(15))),
            (15, 15, 15)
        );
        assert_eq!(minutes(Some(5), Some(15)), 5);
        assert_eq!((limit(0), limit(5)), (None, Some(Duration::from_mins(5))));
    }

    #[test]
    fn what_pages_scripts_and_the_window_do_by_themselves_is_no_use() {
        let fill =
            |cause| browser::Request::Fill { frame: page(), app: "a".into(), cause, parts: Vec::new() };
        assert!(is_use_in_browser(&fill(FillCause::Gesture {})));
        assert!(is_use_in_browser(&fill(FillCause::Launch { launch: "l".into() })));
        assert!(!is_use_in_browser(&fill(FillCause::Arrival {})));
        assert!(!is_use_in_browser(&browser::Request::Suggest { frame: page() }));
        assert!(!is_use_in_terminal(&terminal::Request::Status {}));
        assert!(is_use_in_terminal(&terminal::Request::Launch { name: "Payroll".into(), open: true }));
        assert!(!is_use_in_window(&window::Request::Security {}));
        assert!(is_use_in_window(&window::Request::Launch { app: "a".into() }));
    }

    fn page() -> Frame {
        let origin = "https://payroll.example".to_owned();
        Frame { tab: 1, frame: 0, document: "d".into(), frame_origin: origin.clone(), top_origin: origin }
    }
}
