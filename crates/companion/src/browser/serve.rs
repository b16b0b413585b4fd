//! What a paired browser's extension asks.

use std::rc::Rc;
use std::time::Duration;

use lanyard_broker::{Browser, Suggested, Typed};
use lanyard_protocol::browser::{Event, Request, Response};
use lanyard_protocol::common::{Code, NewApp, Problem};
use lanyard_protocol::envelope::Envelope;
use lanyard_protocol::window::Page;

use super::ANSWER_TIMEOUT;
use super::call::{ByKey, Open, in_time};
use super::connected::{Ended, Listed, tell_origins};
use super::wait::{CONFIRM_TIMEOUT, note_refused};
use crate::connection::{Inbox, Outbox, PeerError, open};
use crate::core::Core;
use crate::pairing::Pairing;
use crate::{idle, problem};

/// Serves a browser that was paired before.
pub(super) async fn serve(
    core: &Rc<Core>,
    open: Open<'_>,
    inbox: Inbox,
    outbox: &Outbox,
) -> Result<(), PeerError> {
    greet_and_serve(core, open, inbox, outbox, ANSWER_TIMEOUT).await.map(|_| ())
}

/// Serves a browser that was just paired. Its greeting says that the person confirmed the code there too; without one
/// nothing is paired.
pub(super) async fn serve_first(
    core: &Rc<Core>,
    open: Open<'_>,
    inbox: Inbox,
    outbox: &Outbox,
) -> Result<(), PeerError> {
    let (key, name) = (open.pairing.pin.key, open.pairing.name.clone());
    let served = greet_and_serve(core, open, inbox, outbox, CONFIRM_TIMEOUT).await;
    if let Some(problem) =
        served.as_ref().map_or_else(|_| Some(not_confirmed()), |paired| paired.clone().err())
    {
        core.forget_pairing(key);
        note_refused(core, name, &problem);
    }
    served.map(|_| ())
}

/// Says why it is not paired, where the person did not confirm it there.
async fn greet_and_serve(
    core: &Rc<Core>,
    Open { channel, pairing, version, turn, by_key }: Open<'_>,
    mut inbox: Inbox,
    outbox: &Outbox,
    patience: Duration,
) -> Result<Result<(), Problem>, PeerError> {
    let outbox = outbox.seal_with(&channel);
    inbox.open_with(&channel);
    let Some(hello) = next(&mut inbox, &turn.ended, patience).await? else { return Ok(Err(not_confirmed())) };
    let (id, Request::Hello { .. }) = open(hello) else { return Err(PeerError::OutOfTurn) };
    let paired = by_key.is_none();
    let browser = Browser { name: pairing.name.clone(), profile: pairing.profile(), paired };
    let listed = core.browsers.connect(browser, outbox.clone());
    let guest = Guest { core, listed };
    outbox.reply(
        id,
        Ok(Response::Welcome {
            version,
            companion_version: env!("CARGO_PKG_VERSION").into(),
            state: core.browser_state(),
        }),
    );
    if let Some(by_key) = by_key
        && let Err(problem) = guest.confirm(by_key, pairing, &mut inbox, &outbox, &turn.ended).await?
    {
        outbox.event(Event::Unavailable(problem.clone()));
        return Ok(Err(problem));
    }
    guest.brief(&outbox);
    core.changed();
    while let Some(envelope) = next(&mut inbox, &turn.ended, Duration::MAX).await? {
        let (id, request) = open(envelope);
        outbox.reply_in_turn(id, guest.answer(request)).await;
    }
    Ok(Ok(()))
}

/// The next request; `None` when the browser has ended, or is ended, or keeps us waiting.
async fn next(
    inbox: &mut Inbox,
    ended: &Ended,
    patience: Duration,
) -> Result<Option<Envelope<Request>>, PeerError> {
    tokio::select! {
        biased;
        () = ended.wait() => Ok(None),
        next = in_time(inbox.next(), patience) => Ok(next?.flatten()),
    }
}

/// A browser that has said hello; dropped when it ends.
struct Guest<'a> {
    core: &'a Rc<Core>,
    listed: Listed<'a>,
}

impl Guest<'_> {
    /// Tells a paired browser which origins there are, and which launches wait for it.
    fn brief(&self, outbox: &Outbox) {
        let Some(browser) = self.browser() else { return };
        tell_origins(outbox, &self.core.broker.borrow());
        for launch in self.core.broker.borrow_mut().claim_launches(&browser) {
            outbox.event(Event::Launch(launch));
        }
    }

    /// Has the person confirm the pairing by a security key in the browser itself, and stores it then. It need not be
    /// paired for that: what a key signs is no secret, and nobody else can sign it.
    async fn confirm(
        &self,
        ByKey { asker }: ByKey,
        pairing: Pairing,
        inbox: &mut Inbox,
        outbox: &Outbox,
        ended: &Ended,
    ) -> Result<Result<(), Problem>, PeerError> {
        let core = self.core;
        let name = pairing.name.clone();
        let used = async {
            let browser = core.browsers.reach(self.listed.connection).ok_or_else(problem::declined)?;
            core.confirm_in(&browser).await?;
            core.add_pairing(pairing)
        };
        tokio::pin!(used);
        let confirmed = loop {
            tokio::select! {
                biased;
                used = &mut used => break used,
                request = next(inbox, ended, Duration::MAX) => {
                    let Some(envelope) = request? else { break Err(problem::declined()) };
                    let (id, request) = open(envelope);
                    outbox.reply_in_turn(id, self.answer(request)).await;
                }
            }
        };
        if confirmed.is_ok() {
            core.browsers.was_welcome();
        }
        if let Some(asker) = asker {
            let _ = asker.send(confirmed.clone().map(|()| name));
        }
        Ok(confirmed)
    }

    /// Paired still, or nobody.
    fn browser(&self) -> Option<Browser> {
        self.core.browsers.of(self.listed.connection).filter(|browser| browser.paired)
    }

    fn answer(&self, request: Request) -> Result<Response, Problem> {
        let core = self.core;
        core.sync_account();
        // One that is being confirmed by a key may say what came of it: a task is for the one browser that was asked.
        let about_task = matches!(request, Request::SecurityKey { .. } | Request::AnswerSecurityKey { .. });
        let browser = if about_task { core.browsers.of(self.listed.connection) } else { self.browser() };
        let browser = browser.ok_or_else(problem::declined)?;
        core.browsers.heard_of(self.listed.connection);
        if idle::is_use_in_browser(&request) {
            core.used_by_person();
        }
        let mut broker = core.broker.borrow_mut();
        match request {
            Request::Hello { .. } => Err(problem::invalid("hello was said already", "restart the browser")),
            Request::Suggest { frame } => {
                let Suggested { accounts, saving, form } = broker.suggest(&browser, &frame)?;
                Ok(Response::Suggestions { accounts, saving, form })
            }
            Request::Fill { frame, app, cause, parts } => {
                let filled = broker.fill(&browser, &frame, &app, &cause, &parts);
                drop(broker);
                core.changed();
                filled
            }
            Request::FillEnded { fill, outcome } => {
                broker.fill_ended(&browser, &fill, &outcome);
                Ok(Response::Done {})
            }
            Request::Capture {
                frame,
                user_name,
                password,
                former_password,
                extras,
                learned,
                title,
                login_url,
            } => {
                tokio::task::spawn_local(forget_in_time(Rc::clone(core)));
                let typed = Typed { user_name, password, former_password, extras, learned, title, login_url };
                broker.capture(&browser, &frame, typed)
            }
            Request::CaptureEnded { capture, signed_in } => {
                broker.capture_ended(&browser, &capture, signed_in)
            }
            Request::Offer { capture } => broker.offer(&browser, &capture),
            Request::AnswerOffer { capture, answer } => {
                let saved = broker.answer_offer(&browser, &capture, answer)?;
                drop(broker);
                if let Some(origin) = saved {
                    core.account_added(&origin);
                }
                Ok(Response::Done {})
            }
            Request::AddAccount { frame, name, login_url, user_name, password } => {
                let new = NewApp {
                    name,
                    login_url,
                    user_name,
                    password,
                    auto_submit: true,
                    one_time_code: None,
                    notes: None,
                };
                let origin = broker.add_account(&browser, &frame, new)?;
                drop(broker);
                core.account_added(&origin);
                Ok(Response::Done {})
            }
            Request::Never { frame } => broker.never(&browser, &frame).map(|()| Response::Done {}),
            Request::Generate { frame, rules } => {
                let password = broker.generate(&browser, &frame, rules.as_deref())?;
                Ok(Response::Generated { password })
            }
            Request::Verify { app } => {
                drop(broker);
                let browser = core.browsers.reach(self.listed.connection).ok_or_else(problem::declined)?;
                core.begin_verification(browser, &app)
            }
            Request::SecurityKey { task } => {
                drop(broker);
                core.key_task(&browser, &task).map(Response::SecurityKey)
            }
            Request::AnswerSecurityKey { task, answer } => {
                drop(broker);
                core.answer_key(&browser, &task, answer).map(|()| Response::Done {})
            }
            Request::NeverSites {} => {
                broker.ask_paired(&browser)?;
                Ok(Response::Sites { origins: broker.never_sites()?.iter().cloned().collect() })
            }
            Request::AllowSite { origin } => {
                broker.allow_site(&origin, Some(&browser)).map(|()| Response::Done {})
            }
            Request::OpenLanyard {} => {
                drop(broker);
                core.show_window(Page::Home).map(|()| Response::Done {})
            }
        }
    }
}

impl Drop for Guest<'_> {
    fn drop(&mut self) {
        self.listed.remove();
        self.core.changed();
    }
}

/// What was typed is gone when its time is over, also where nobody asks for it again.
async fn forget_in_time(core: Rc<Core>) {
    tokio::time::sleep(lanyard_broker::CAPTURE_LIFETIME + Duration::from_secs(1)).await;
    core.broker.borrow_mut().forget_old_captures();
}

fn not_confirmed() -> Problem {
    Problem::new(
        Code::Declined,
        "the code was not confirmed in the browser",
        "click Lanyard's icon in the browser, then Connect",
    )
}
