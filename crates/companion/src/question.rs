//! Questions to the person. Silence, a closed window and a window that cannot be opened are a no.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lanyard_broker::Presence;
use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::window::{Page, Question, QuestionSubject};
use tokio::sync::oneshot;

use crate::core::Core;
use crate::problem;

/// How long a question waits for its answer.
const LIFETIME: Duration = Duration::from_mins(2);

/// Questions of terminals that may wait at once.
const MOST_WAITING: usize = 3;

/// Questions that wait.
#[derive(Default)]
pub(crate) struct Questions {
    waiting: RefCell<Vec<(Question, oneshot::Sender<bool>)>>,
    last: Cell<u32>,
}

impl Questions {
    pub(crate) fn all(&self) -> Vec<Question> {
        self.waiting.borrow().iter().map(|(question, _)| question.clone()).collect()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.waiting.borrow().is_empty()
    }

    /// Answers a question; one that waits no longer is left alone.
    pub(crate) fn answer(&self, id: u32, yes: bool) -> Result<(), Problem> {
        let position = self.waiting.borrow().iter().position(|(question, _)| question.question == id);
        let position = position.ok_or_else(|| {
            Problem::new(Code::Expired, "this question waits no longer", "start again in the browser")
        })?;
        let (_, sender) = self.waiting.borrow_mut().remove(position);
        let _ = sender.send(yes);
        Ok(())
    }

    /// Nobody is there to answer any longer.
    pub(crate) fn answer_all_with_no(&self) {
        self.waiting.borrow_mut().clear();
    }

    fn forget(&self, id: u32) {
        self.waiting.borrow_mut().retain(|(question, _)| question.question != id);
    }
}

/// Asks the person whether a terminal may have what it asked for; a security key confirms the answer where one has to.
pub(crate) async fn agree(core: &Rc<Core>, subject: QuestionSubject) -> Result<Presence, Problem> {
    check_room(core)?;
    if ask(core, subject).await? { core.present(Presence::Agreed).await } else { Ok(Presence::None) }
}

fn check_room(core: &Core) -> Result<(), Problem> {
    if core.questions.waiting.borrow().len() < MOST_WAITING {
        return Ok(());
    }
    Err(Problem::new(
        Code::Busy,
        "Lanyard's window has questions that wait",
        "answer them in Lanyard's window, then try again",
    ))
}

/// Asks the person whether a terminal's wish is to be done; a no is a refusal.
pub(crate) async fn agree_or_decline(core: &Rc<Core>, subject: QuestionSubject) -> Result<(), Problem> {
    match agree(core, subject).await? {
        Presence::None => Err(problem::declined()),
        presence @ (Presence::Agreed | Presence::Window | Presence::Key) => {
            core.broker.borrow().check_presence(presence)
        }
    }
}

/// Asks the person whether a terminal's wish is to be done, where a security key is asked for by the wish itself.
pub(crate) async fn agree_to_window(core: &Rc<Core>, subject: QuestionSubject) -> Result<(), Problem> {
    check_room(core)?;
    if ask(core, subject).await? { Ok(()) } else { Err(problem::declined()) }
}

/// Asks the person in the window.
pub(crate) async fn ask(core: &Rc<Core>, subject: QuestionSubject) -> Result<bool, Problem> {
    let id = core.questions.last.get().wrapping_add(1);
    core.questions.last.set(id);
    let ends = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() + LIFETIME;
    let expires_at = u64::try_from(ends.as_millis()).unwrap_or(u64::MAX);
    let (sender, receiver) = oneshot::channel();
    core.questions.waiting.borrow_mut().push((Question { question: id, subject, expires_at }, sender));
    let _forget = ForgetOnDrop(core, id);
    core.show_window(Page::Question)?;
    core.changed();
    Ok(tokio::time::timeout(LIFETIME, receiver).await.is_ok_and(|answer| answer.unwrap_or(false)))
}

/// A question whose asker is gone is taken off the screen.
struct ForgetOnDrop<'a>(&'a Rc<Core>, u32);

impl Drop for ForgetOnDrop<'_> {
    fn drop(&mut self) {
        self.0.questions.forget(self.1);
        self.0.changed();
    }
}
