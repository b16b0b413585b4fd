//! The one window, from opening to closing.

use std::os::unix::net::UnixStream;
use std::sync::{Arc, Mutex, PoisonError};

use lanyard_protocol::envelope::Message;
use lanyard_protocol::window::Event;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager as _, Url, WebviewUrl, WebviewWindowBuilder};

use super::connection::Connection;
use super::{WindowError, commands};

const LABEL: &str = "main";
const SIZE: (f64, f64) = (880.0, 600.0);
const SMALLEST: (f64, f64) = (640.0, 480.0);

/// Shows the window until it is closed or the companion ends.
pub(crate) fn run(stream: UnixStream) -> Result<(), WindowError> {
    let reader = stream.try_clone().map_err(|error| WindowError::Connection(error.into()))?;
    // What broke the connection, for the end of the program to say.
    let broken = Arc::new(Mutex::new(None));
    let left = Arc::clone(&broken);

    let app = tauri::Builder::default()
        .manage(Connection::new(stream))
        .invoke_handler(tauri::generate_handler![commands::request, commands::subscribe])
        .setup(move |app| {
            open(app.handle())?;
            let app = app.handle().clone();
            std::thread::Builder::new()
                .name("companion".into())
                .spawn(move || follow(&app, reader, &left))?;
            Ok(())
        })
        .build(tauri::generate_context!())
        .map_err(WindowError::Display)?;
    app.run_return(|_, _| {});

    match broken.lock().unwrap_or_else(PoisonError::into_inner).take() {
        Some(error) => Err(WindowError::Connection(error)),
        None => Ok(()),
    }
}

type Broken = Mutex<Option<Box<dyn std::error::Error + Send + Sync>>>;

/// Reads what the companion sends; its end is the window's end.
fn follow(app: &AppHandle, reader: UnixStream, broken: &Broken) {
    let ended = app.state::<Connection>().read(reader, |message| {
        if matches!(message, Message::Event(Event::Show { .. })) {
            bring_to_front(app);
        }
    });
    *broken.lock().unwrap_or_else(PoisonError::into_inner) = ended.err();
    app.exit(0);
}

fn open(app: &AppHandle) -> tauri::Result<()> {
    WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Lanyard")
        .inner_size(SIZE.0, SIZE.1)
        .min_inner_size(SMALLEST.0, SMALLEST.1)
        .center()
        .incognito(true)
        .devtools(cfg!(debug_assertions))
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    Ok(())
}

/// The window shows its own pages and never leaves them; links open in the browser, through the companion.
fn is_own_page(url: &Url) -> bool {
    url.scheme() == "tauri" && url.host_str() == Some("localhost")
}

fn bring_to_front(app: &AppHandle) {
    let Some(window) = app.get_webview_window(LABEL) else { return };
    // A window that is closing cannot come to the front, and need not.
    let _shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_pages_are_shown() {
        assert!(is_own_page(&Url::parse("tauri://localhost/index.html").unwrap()));
        for elsewhere in
            ["https://example.com/", "tauri://elsewhere/", "http://localhost/", "data:text/html,x"]
        {
            assert!(!is_own_page(&Url::parse(elsewhere).unwrap()), "{elsewhere}");
        }
    }
}
