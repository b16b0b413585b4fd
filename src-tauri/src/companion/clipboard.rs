//! The desktop's clipboard. X11 and Wayland ask its owner for the text at each paste, so a thread owns it for as long as
//! the secret may be there.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

#[cfg(target_os = "macos")]
use arboard::SetExtApple as _;
#[cfg(target_os = "linux")]
use arboard::SetExtLinux as _;
use lanyard_companion::Clipboard;
use secrecy::{ExposeSecret as _, SecretString};

/// How long the desktop may take to say whether it has a clipboard.
const ANSWER: Duration = Duration::from_secs(2);

/// The clipboard of the session that the companion runs in.
pub(crate) struct DesktopClipboard;

impl Clipboard for DesktopClipboard {
    fn put(&self, secret: SecretString, lifetime: Duration) -> bool {
        let (sender, opened) = mpsc::channel();
        thread::spawn(move || match arboard::Clipboard::new() {
            Ok(mut clipboard) => {
                let _ = sender.send(true);
                hold(&mut clipboard, &secret, lifetime);
            }
            Err(_) => {
                let _ = sender.send(false);
            }
        });
        opened.recv_timeout(ANSWER).unwrap_or(false)
    }
}

/// Owns the clipboard until something else was copied or the time is over; then empties it if the secret is still there,
/// before a clipboard manager is handed what is left.
fn hold(clipboard: &mut arboard::Clipboard, secret: &SecretString, lifetime: Duration) {
    let end = Instant::now() + lifetime;
    let set = clipboard.set().exclude_from_history();
    #[cfg(target_os = "linux")]
    let set = set.wait_until(end);
    let put = set.text(secret.expose_secret());
    // X11 waits in there; Wayland serves from a thread of its own and comes back at once.
    thread::sleep(end.saturating_duration_since(Instant::now()));
    let still_there = clipboard.get_text().is_ok_and(|text| text == secret.expose_secret());
    if put.is_ok() && still_there {
        let _ = clipboard.clear();
    }
}
