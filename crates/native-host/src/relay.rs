//! Copies whole frames both ways until either side ends.

use std::io::{self, Write as _};
use std::process;
use std::sync::Arc;
use std::thread;

use lanyard_protocol::MAX_CARRIED;
use lanyard_protocol::channel::FromCompanion;
use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::framing::{FrameError, encode, read_frame, write_frame};
use lanyard_protocol::local::Stream;

/// Relays between the browser on stdio and the companion.
///
/// The browser's end closing is the ordinary end. Everything else is a problem, told to the extension.
pub(crate) fn run(companion: Stream) -> Result<(), Problem> {
    let companion = Arc::new(companion);
    let to_companion = Arc::clone(&companion);
    thread::spawn(move || match from_browser(&to_companion) {
        Ok(()) => process::exit(0),
        Err(FromBrowser::Garbled(error)) => {
            tell(&garbled(&error));
            process::exit(1);
        }
        // The other direction finds out as well, after it has passed on the companion's last words.
        Err(FromBrowser::CompanionGone) => {}
    });
    from_companion(&companion)
}

/// Sends a problem to the extension. The browser may be gone; then there is nobody to tell.
pub(crate) fn tell(problem: &Problem) {
    let message = FromCompanion::Unavailable(problem.clone());
    let mut stdout = io::stdout().lock();
    let _ = stdout.write_all(&encode(&message)).and_then(|()| stdout.flush());
}

/// Why nothing more is taken from the browser.
enum FromBrowser {
    Garbled(FrameError),
    CompanionGone,
}

fn from_browser(mut companion: &Stream) -> Result<(), FromBrowser> {
    let mut stdin = io::stdin().lock();
    while let Some(frame) = read_frame(&mut stdin, MAX_CARRIED).map_err(FromBrowser::Garbled)? {
        write_frame(&mut companion, &frame).map_err(|_| FromBrowser::CompanionGone)?;
    }
    Ok(())
}

fn from_companion(mut companion: &Stream) -> Result<(), Problem> {
    loop {
        match read_frame(&mut companion, MAX_CARRIED) {
            Ok(Some(frame)) => write_frame(&mut io::stdout().lock(), &frame).map_err(|error| lost(&error))?,
            Ok(None) => return Err(ended()),
            Err(error) => return Err(lost(&error)),
        }
    }
}

fn ended() -> Problem {
    Problem::new(Code::Unavailable, "Lanyard has ended", "open Lanyard again")
}

fn lost(error: &FrameError) -> Problem {
    Problem::new(
        Code::Unavailable,
        format!("the connection to Lanyard was lost: {error}"),
        "open Lanyard again",
    )
}

fn garbled(error: &FrameError) -> Problem {
    Problem::new(
        Code::Invalid,
        format!("the browser sent something that is not a message: {error}"),
        "update the Lanyard extension, then restart the browser",
    )
}
