//! Browsers: who calls, how one is paired, what their extensions ask, and who is connected.
//!
//! ```text
//! first frames ── call.rs ──> GoesOn: the channel of a paired browser ───────────────> serve.rs
//!                        └──> Pairs: waits in wait.rs until the person wants it ─yes──┘
//! ```
//!
//! Nothing that an extension asks is read before there is a channel with a key that the person confirmed.

mod call;
mod connected;
mod serve;
mod wait;

pub(crate) use connected::{Browsers, Reachable};
pub(crate) use wait::pair_from_terminal;

use std::rc::Rc;
use std::time::Duration;

use lanyard_protocol::channel::FromCompanion;
use lanyard_protocol::common::{Code, Problem};

use crate::connection::{Inbox, Outbox, PeerError};
use crate::core::Core;
use call::Called;

/// A browser answers by itself, without a person: one that takes longer is stuck, or none.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);

/// Serves one extension until it ends, or is ended.
pub(crate) async fn serve(
    core: Rc<Core>,
    extension: String,
    mut inbox: Inbox,
    outbox: Outbox,
) -> Result<(), PeerError> {
    inbox.expect_carried();
    let served = answer_and_serve(&core, &extension, inbox, &outbox).await;
    if served.is_err() {
        outbox.say(&FromCompanion::Unavailable(garbled()));
    }
    served
}

async fn answer_and_serve(
    core: &Rc<Core>,
    extension: &str,
    mut inbox: Inbox,
    outbox: &Outbox,
) -> Result<(), PeerError> {
    match call::answer(core, extension, &mut inbox, outbox).await? {
        Some(Called::GoesOn(open)) => serve::serve(core, open, inbox, outbox).await,
        Some(Called::Pairs(wants)) => match wait::pair(core, wants, &mut inbox, outbox).await? {
            Some(open) => serve::serve_first(core, open, inbox, outbox).await,
            None => Ok(()),
        },
        None => Ok(()),
    }
}

fn garbled() -> Problem {
    Problem::new(
        Code::Invalid,
        "the browser sent something that Lanyard does not understand",
        "update the Lanyard extension, then restart the browser",
    )
}
