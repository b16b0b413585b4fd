//! What the page may call. Nothing is decided here: arguments become a request for the companion.

use lanyard_protocol::common::Problem;
use lanyard_protocol::envelope::Envelope;
use lanyard_protocol::window::Request;
use tauri::State;
use tauri::ipc::Channel;

use super::connection::{Connection, Incoming};

/// Sends a request to the companion. The reply comes to whom [`subscribe`] named.
#[tauri::command(async)]
#[expect(clippy::needless_pass_by_value, reason = "a command owns its arguments")]
pub(crate) fn request(connection: State<'_, Connection>, envelope: Envelope<Request>) -> Result<(), Problem> {
    connection.send(&envelope)
}

/// Sends what the companion says to the page from here on.
#[tauri::command(async)]
#[expect(clippy::needless_pass_by_value, reason = "a command owns its arguments")]
pub(crate) fn subscribe(connection: State<'_, Connection>, messages: Channel<Incoming>) {
    connection.listen(move |message| {
        // A page that was loaded anew subscribes anew.
        let _unheard = messages.send(message);
    });
}
