//! The socket: who may connect, and what kind of peer it is.

use std::cell::Cell;
use std::os::fd::AsFd as _;
use std::rc::Rc;
use std::time::Duration;

use lanyard_protocol::attach::Attach;
use lanyard_protocol::local;
use tokio::net::{UnixListener, UnixStream};

use crate::connection::{self, PeerError};
use crate::core::Core;
use crate::{browser, terminal};

/// Most peers at once.
const MOST_PEERS: usize = 64;

/// A peer that does not say who it is within this time is sent away.
const ATTACH_TIMEOUT: Duration = Duration::from_secs(5);

/// Serves everybody who connects, for ever.
pub(crate) async fn serve(core: Rc<Core>, listener: UnixListener) {
    let peers = Rc::new(Cell::new(0_usize));
    loop {
        match listener.accept().await {
            Ok((stream, _)) if peers.get() < MOST_PEERS => {
                let (core, peers) = (Rc::clone(&core), Rc::clone(&peers));
                peers.set(peers.get() + 1);
                tokio::task::spawn_local(async move {
                    if let Err(error) = serve_peer(Rc::clone(&core), stream).await {
                        core.journal.error("a peer was sent away", &error);
                    }
                    peers.set(peers.get() - 1);
                });
            }
            Ok(_) => core.journal.line("a peer was sent away: too many at once"),
            Err(error) => {
                core.journal.error("cannot accept a connection", &error);
                // Out of descriptors, most likely: trying again at once would only burn the processor.
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

async fn serve_peer(core: Rc<Core>, stream: UnixStream) -> Result<(), PeerError> {
    if !is_same_user(&stream) {
        core.journal.line("a peer was sent away: it runs as another user");
        return Ok(());
    }
    let (mut inbox, outbox) = connection::split(stream);
    let Ok(attach) = tokio::time::timeout(ATTACH_TIMEOUT, inbox.next::<Attach>()).await else {
        return Ok(());
    };
    // Who comes while the companion starts hears what is true once it has started.
    core.opened.wait().await;
    match attach? {
        None => Ok(()),
        Some(Attach::Terminal { versions }) => terminal::serve(core, versions, inbox, outbox).await,
        Some(Attach::Browser { extension }) => browser::serve(core, extension.origin(), inbox, outbox).await,
    }
}

fn is_same_user(stream: &UnixStream) -> bool {
    stream
        .as_fd()
        .try_clone_to_owned()
        .is_ok_and(|descriptor| local::check_peer(&std::os::unix::net::UnixStream::from(descriptor)).is_ok())
}
