//! A browser that is not paired: it waits until the person wants it, and shows the code that the window shows.
//!
//! Nothing that the code is made of is revealed before the person was asked to look, three times in two minutes at most
//! and one at a time: each time is one guess in 2^30 for whoever is in between.

use std::rc::Rc;
use std::time::Duration;

use lanyard_broker::{Event as Activity, Outcome};
use lanyard_channel::Unconfirmed;
use lanyard_protocol::channel::{Carried, FromCompanion, FromExtension};
use lanyard_protocol::common::{Code, PairingCaution, Problem, VaultState};
use lanyard_protocol::window::{Page, QuestionSubject};
use tokio::sync::{mpsc, oneshot};

use super::call::{ByKey, Open, Wants, share};
use super::connected::{Asker, busy};
use crate::connection::{Inbox, Outbox, PeerError};
use crate::core::Core;
use crate::pairing::{Pairing, profile_of, short};
use crate::{problem, question};

/// How long the person may take in the browser, once the window was answered.
pub(super) const CONFIRM_TIMEOUT: Duration = Duration::from_mins(2);

/// Connects a browser because a terminal asked for it, if the person agrees. Returns its name.
pub(crate) async fn pair_from_terminal(core: &Core, profile: Option<String>) -> Result<String, Problem> {
    let (asker, paired) = oneshot::channel();
    core.browsers.begin_pairing(profile.as_deref(), asker)?;
    paired.await.unwrap_or_else(|_| Err(problem::declined()))
}

/// Waits until the person has this browser connected. `None` where it went away, or the person said no.
pub(super) async fn pair<'a>(
    core: &'a Rc<Core>,
    wants: Wants,
    inbox: &mut Inbox,
    outbox: &Outbox,
) -> Result<Option<Open<'a>>, PeerError> {
    let Some((asker, caution)) = wait(core, &wants, inbox, outbox).await? else { return Ok(None) };
    let Wants { pairing, name, extension, version } = wants;
    let (unconfirmed, frame) = pairing.reveal()?;
    outbox.say(&FromCompanion::Channel(Carried(frame)));
    let key = unconfirmed.key();
    let agreed = match caution {
        Some(_) => Ok(()),
        None => compare(core, &unconfirmed, &name, inbox).await?,
    };
    // An organisation that has browsers connected without asking anybody has no key asked either.
    let by_key = caution.is_none() && core.broker.borrow().is_key_required();
    let paired = agreed.and_then(|()| {
        let (pin, transport) = unconfirmed.confirm();
        let pairing = Pairing::new(extension, pin, name.clone(), caution);
        if !by_key {
            core.add_pairing(pairing.clone())?;
        }
        Ok((pairing, share(transport)))
    });
    if by_key && let Ok((pairing, channel)) = paired {
        let (turn, by_key) = (core.browsers.take_turn(key, &core.pairings.borrow()), Some(ByKey { asker }));
        return Ok(Some(Open { channel, pairing, version, turn, by_key }));
    }
    if caution.is_some() && paired.is_ok() {
        // Nobody was asked, so somebody is told. Where there is no window, the list and the log say it.
        let _ = core.show_window(Page::Browsers);
    }
    let told = paired.as_ref().map(|_| name.clone()).map_err(Problem::clone);
    if let Some(asker) = asker {
        let _ = asker.send(told);
    }
    match paired {
        Ok((pairing, channel)) => {
            core.browsers.was_welcome();
            let turn = core.browsers.take_turn(key, &core.pairings.borrow());
            Ok(Some(Open { channel, pairing, version, turn, by_key: None }))
        }
        Err(problem) => {
            note_refused(core, name, &problem);
            outbox.say(&FromCompanion::NotNow(problem));
            Ok(None)
        }
    }
}

/// Until the person clicks "Connect", here or there, and may be asked. `None` where the browser went away.
async fn wait(
    core: &Core,
    wants: &Wants,
    inbox: &mut Inbox,
    outbox: &Outbox,
) -> Result<Option<(Option<Asker>, Option<PairingCaution>)>, PeerError> {
    if core.pairs_without_code() {
        return Ok(Some((None, Some(PairingCaution::Unverified))));
    }
    let (begin, mut wanted) = mpsc::channel(1);
    let _listed = core.browsers.wait(wants.name.clone(), wants.pairing.key(), begin);
    core.changed();
    loop {
        let asker = tokio::select! {
            clicked = inbox.next() => match clicked? {
                None => return Ok(None),
                Some(FromExtension::Pair {}) => None,
                Some(FromExtension::Begin { .. } | FromExtension::Channel(_)) => return Err(PeerError::OutOfTurn),
            },
            Some(asker) = wanted.recv() => Some(asker),
        };
        match (core.may_pair(), asker) {
            (Ok(()), asker) => return Ok(Some((asker, None))),
            (Err(problem), Some(asker)) => _ = asker.send(Err(problem)),
            (Err(problem), None) => {
                note_refused(core, wants.name.clone(), &problem);
                outbox.say(&FromCompanion::NotNow(problem));
            }
        }
    }
}

/// Has the person compare the codes. An extension whose person is quicker has its greeting kept; one that goes away takes
/// the question along.
async fn compare(
    core: &Rc<Core>,
    unconfirmed: &Unconfirmed,
    name: &str,
    inbox: &mut Inbox,
) -> Result<Result<(), Problem>, PeerError> {
    let subject = QuestionSubject::Pair {
        browser: name.to_owned(),
        profile: short(&profile_of(unconfirmed.key())),
        code: unconfirmed.code().to_string(),
    };
    tokio::select! {
        answer = question::ask(core, subject) => Ok(answer.and_then(|yes| if yes { Ok(()) } else { Err(problem::declined()) })),
        ended = inbox.ended_or_waits() => ended.map(|()| Err(went_away())),
    }
}

impl Core {
    /// Whether a browser is connected as soon as it calls.
    fn pairs_without_code(&self) -> bool {
        self.organisation.as_ref().is_some_and(|organisation| organisation.codeless_pairing)
    }

    /// Whether the person may be asked to pair a browser.
    fn may_pair(&self) -> Result<(), Problem> {
        if let VaultState::Unavailable { problem, .. } = self.vault_state() {
            return Err(problem);
        }
        let asks = |subject: &QuestionSubject| matches!(subject, QuestionSubject::Pair { .. });
        if self.questions.all().iter().any(|question| asks(&question.subject)) {
            return Err(busy());
        }
        if !self.browsers.may_ask() {
            return Err(Problem::new(
                Code::Busy,
                "browsers asked too often",
                "wait two minutes, then try again",
            ));
        }
        Ok(())
    }
}

pub(super) fn note_refused(core: &Core, name: String, problem: &Problem) {
    core.broker.borrow_mut().note(Activity::PairingRefused, Outcome::Refused, |entry| {
        entry.browser = Some(name);
        entry.reason = Some(problem.message.clone());
    });
}

fn went_away() -> Problem {
    Problem::new(
        Code::Declined,
        "the browser went away before it was connected",
        "click Lanyard's icon in the browser, then Connect",
    )
}
