//! Questions to the person. Silence, a closed window and a window that cannot be opened are a no.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use lanyard_broker::Presence;
use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::credential::Shown;
use lanyard_protocol::window::{Page, Question, QuestionSubject};
use tokio::sync::oneshot;

use crate::core::Core;
use crate::problem;
use crate::slots::PinShown;

/// How long a question waits for its answer.
const LIFETIME: Duration = Duration::from_mins(2);

/// Questions of terminals that may wait at once.
const MOST_WAITING: usize = 3;

/// Questions that wait.
#[derive(Default)]
pub(crate) struct Questions {
    waiting: RefCell<Vec<(Question, Asker)>>,
    last: Cell<u32>,
}

/// Who waits for an answer, and what a yes takes.
enum Asker {
    /// The button that says it.
    Yes(oneshot::Sender<bool>),
    /// The person's PIN.
    Pin(oneshot::Sender<PinShown>),
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
        let position = self.position(id)?;
        if yes && self.wants_pin(position) {
            return Err(problem::invalid("this takes your PIN", "enter your PIN"));
        }
        if let Asker::Yes(sender) = self.waiting.borrow_mut().remove(position).1 {
            let _ = sender.send(yes);
        }
        Ok(())
    }

    /// Says yes to a question that asks for the PIN.
    fn answer_with_pin(&self, id: u32, shown: PinShown) -> Result<(), Problem> {
        let position = self.position_of_pin(id)?;
        if let Asker::Pin(sender) = self.waiting.borrow_mut().remove(position).1 {
            let _ = sender.send(shown);
        }
        Ok(())
    }

    fn position(&self, id: u32) -> Result<usize, Problem> {
        let position = self.waiting.borrow().iter().position(|(question, _)| question.question == id);
        position.ok_or_else(|| {
            Problem::new(Code::Expired, "this question waits no longer", "start again in the browser")
        })
    }

    fn position_of_pin(&self, id: u32) -> Result<usize, Problem> {
        let position = self.position(id)?;
        if self.wants_pin(position) {
            return Ok(position);
        }
        Err(problem::invalid("this does not take your PIN", "answer yes or no"))
    }

    fn wants_pin(&self, position: usize) -> bool {
        matches!(self.waiting.borrow()[position].1, Asker::Pin(_))
    }

    /// Nobody is there to answer any longer.
    pub(crate) fn answer_all_with_no(&self) {
        self.waiting.borrow_mut().clear();
    }

    /// What a PIN would be a yes to cannot be done any longer.
    pub(crate) fn answer_those_of_pin_with_no(&self) {
        self.waiting.borrow_mut().retain(|(_, asker)| !matches!(asker, Asker::Pin(_)));
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

/// Refuses to ask for the PIN while it is being asked for.
pub(crate) fn check_room_for_pin(core: &Core) -> Result<(), Problem> {
    let asked = core.questions.waiting.borrow().iter().any(|(_, asker)| matches!(asker, Asker::Pin(_)));
    if asked { Err(full()) } else { check_room(core) }
}

fn check_room(core: &Core) -> Result<(), Problem> {
    if core.questions.waiting.borrow().len() < MOST_WAITING { Ok(()) } else { Err(full()) }
}

fn full() -> Problem {
    Problem::new(
        Code::Busy,
        "Lanyard's window has questions that wait",
        "answer them in Lanyard's window, then try again",
    )
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
    wait(core, subject, Asker::Yes).await.map(|answer| answer.unwrap_or(false))
}

/// Asks the person for their PIN in the window; a no is a refusal.
pub(crate) async fn ask_for_pin(core: &Rc<Core>, subject: QuestionSubject) -> Result<PinShown, Problem> {
    wait(core, subject, Asker::Pin).await?.ok_or_else(problem::declined)
}

/// None where nobody answered, or the answer was a no to what takes more than a no.
async fn wait<Answer>(
    core: &Rc<Core>,
    subject: QuestionSubject,
    asker: impl FnOnce(oneshot::Sender<Answer>) -> Asker,
) -> Result<Option<Answer>, Problem> {
    let id = core.questions.last.get().wrapping_add(1);
    core.questions.last.set(id);
    let ends = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() + LIFETIME;
    let expires_at = u64::try_from(ends.as_millis()).unwrap_or(u64::MAX);
    let (sender, receiver) = oneshot::channel();
    let asker = asker(sender);
    let pin = matches!(asker, Asker::Pin(_));
    core.questions.waiting.borrow_mut().push((Question { question: id, subject, pin, expires_at }, asker));
    let _forget = ForgetOnDrop(core, id);
    core.show_window(Page::Question)?;
    core.changed();
    Ok(tokio::time::timeout(LIFETIME, receiver).await.ok().and_then(Result::ok))
}

/// The person's yes to a question that asks for their PIN. A wrong PIN is counted, and the question waits on.
pub(crate) async fn answer_with_pin(core: &Rc<Core>, id: u32, pin: Shown) -> Result<(), Problem> {
    core.questions.position_of_pin(id)?;
    let shown = core.show_pin(pin).await?;
    core.questions.answer_with_pin(id, shown)
}

/// A question whose asker is gone is taken off the screen.
struct ForgetOnDrop<'a>(&'a Rc<Core>, u32);

impl Drop for ForgetOnDrop<'_> {
    fn drop(&mut self) {
        self.0.questions.forget(self.1);
        self.0.changed();
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot::error::TryRecvError;

    use super::*;

    fn waiting(asker: Asker) -> Questions {
        let questions = Questions::default();
        let question =
            Question { question: 1, subject: QuestionSubject::Unlock {}, pin: false, expires_at: 0 };
        questions.waiting.borrow_mut().push((question, asker));
        questions
    }

    #[test]
    fn what_takes_the_pin_takes_no_other_yes() {
        let (sender, mut shown) = oneshot::channel();
        let questions = waiting(Asker::Pin(sender));
        assert_eq!(questions.answer(1, true).unwrap_err().code, Code::Invalid);
        assert_eq!(shown.try_recv().err(), Some(TryRecvError::Empty), "it waits on");
        questions.answer(1, false).unwrap();
        assert_eq!(shown.try_recv().err(), Some(TryRecvError::Closed));
        assert_eq!(questions.position_of_pin(1).unwrap_err().code, Code::Expired);
    }

    #[test]
    fn a_lock_answers_what_takes_the_pin_and_nothing_else() {
        let ((pin, mut shown), (yes, mut answer)) = (oneshot::channel(), oneshot::channel());
        let (of_pin, of_yes) = (waiting(Asker::Pin(pin)), waiting(Asker::Yes(yes)));
        of_pin.answer_those_of_pin_with_no();
        of_yes.answer_those_of_pin_with_no();
        assert_eq!(shown.try_recv().err(), Some(TryRecvError::Closed));
        assert_eq!(answer.try_recv(), Err(TryRecvError::Empty));
    }

    #[test]
    fn what_takes_a_yes_takes_no_pin() {
        let (sender, mut answer) = oneshot::channel();
        let questions = waiting(Asker::Yes(sender));
        assert_eq!(questions.position_of_pin(1).unwrap_err().code, Code::Invalid);
        questions.answer(1, true).unwrap();
        assert_eq!(answer.try_recv(), Ok(true));
    }
}
