//! Opens a page in the person's browser.

use std::process::Stdio;

use lanyard_catalog::Origin;
use lanyard_protocol::common::{Code, Problem};
use tokio::process::Command;

/// Asks the system to open a page. Only web pages: anything else could start any program.
pub(crate) fn open_url(url: &str) -> Result<(), Problem> {
    Origin::of_page(url).map_err(|_| {
        Problem::new(Code::Invalid, "this is not the address of a web page", "correct the address")
    })?;
    let mut child = Command::new("xdg-open")
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| {
            Problem::new(
                Code::Unavailable,
                "no browser could be opened",
                "open your browser yourself and go to the address that is shown",
            )
        })?;
    tokio::task::spawn_local(async move { child.wait().await });
    Ok(())
}
