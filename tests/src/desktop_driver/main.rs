//! Drives the desktop as a person would: chooses from the tray menu, reads and presses what windows show.
//!
//! ```text
//! test ──lines of JSON──> desktop-driver ──session bus──> tray of the companion (StatusNotifierItem, dbusmenu)
//!                                        ──accessibility bus──> windows (AT-SPI), by role and name
//!                                        ──xdotool──> keyboard
//! ```
//!
//! One request a line, `{"id":1,"request":{"tray":{"pid":4711}}}`; one answer a line, `{"id":1,"ok":…}` or
//! `{"id":1,"error":"…"}`. Requests are answered one after the other. A wait listens before it looks, so nothing that
//! happens in between is missed. Ends when stdin closes.

mod accessible;
mod elements;
mod keyboard;
mod request;
mod role;
mod signals;
mod tray;
mod wait;

use std::process::ExitCode;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Stdout};

use crate::accessible::Accessibility;
use crate::request::{Envelope, Request};
use crate::tray::Tray;

/// Why a request was not done.
#[derive(Debug, thiserror::Error)]
enum DriverError {
    /// The bus, or the program at its other end, said no.
    #[error("D-Bus: {0}")]
    Bus(#[from] zbus::Error),
    /// What was asked for did not come about in time.
    #[error("{0}")]
    NotSeen(String),
    /// A program that was started failed.
    #[error("{0}")]
    Program(String),
    /// Reading requests or writing answers failed.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

impl From<zbus::fdo::Error> for DriverError {
    fn from(error: zbus::fdo::Error) -> Self {
        Self::Bus(error.into())
    }
}

impl From<zbus::zvariant::Error> for DriverError {
    fn from(error: zbus::zvariant::Error) -> Self {
        Self::Bus(error.into())
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}\nhint: run this inside a desktop session with a D-Bus session bus");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), DriverError> {
    let session = zbus::Connection::session().await?;
    let accessibility = Accessibility::enable(&session).await?;
    let mut out = tokio::io::stdout();
    write(&mut out, &json!({ "ready": true })).await?;
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while let Some(line) = lines.next_line().await? {
        let answer = match serde_json::from_str::<Envelope>(&line) {
            Ok(Envelope { id, request }) => match answer(&session, &accessibility, request).await {
                Ok(ok) => json!({ "id": id, "ok": ok }),
                Err(error) => json!({ "id": id, "error": error.to_string() }),
            },
            Err(error) => json!({ "id": null, "error": format!("not a request: {error}") }),
        };
        write(&mut out, &answer).await?;
    }
    Ok(())
}

async fn write(out: &mut Stdout, value: &Value) -> Result<(), DriverError> {
    out.write_all(format!("{value}\n").as_bytes()).await?;
    Ok(out.flush().await?)
}

async fn answer(
    session: &zbus::Connection,
    accessibility: &Accessibility,
    request: Request,
) -> Result<Value, DriverError> {
    match request {
        Request::Tray { pid } => Ok(json!(Tray::of(session, pid).read().await?)),
        Request::TrayWait { pid, until, timeout_ms } => {
            Ok(json!(Tray::of(session, pid).wait(&until, timeout_ms).await?))
        }
        Request::TrayClick { pid, label, timeout_ms } => {
            Ok(json!(Tray::of(session, pid).click(&label, timeout_ms).await?))
        }
        Request::Elements { app } => Ok(json!(accessibility.elements(&app).await?)),
        Request::Find { element, timeout_ms } => {
            Ok(json!(accessibility.wait_for(&element, timeout_ms).await?.1))
        }
        Request::Where { element, timeout_ms } => {
            Ok(json!(accessibility.wait_for(&element, timeout_ms).await?.0.extents().await?))
        }
        Request::Gone { element, timeout_ms } => {
            accessibility.wait_until_gone(&element, timeout_ms).await?;
            Ok(Value::Null)
        }
        Request::Press { element, timeout_ms } => {
            let (accessible, seen) = accessibility.wait_for(&element, timeout_ms).await?;
            accessible.press().await?;
            Ok(json!(seen))
        }
        Request::Type { element, text, timeout_ms } => {
            let (accessible, seen) = accessibility.wait_for(&element, timeout_ms).await?;
            accessible.grab_focus().await?;
            keyboard::type_text(&text).await?;
            Ok(json!(seen))
        }
    }
}
