//! The keyboard.

use std::process::Stdio;

use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use crate::DriverError;

/// Types into whatever has the focus. The text goes through stdin, not the command line.
pub(crate) async fn type_text(text: &str) -> Result<(), DriverError> {
    let mut xdotool = Command::new("xdotool")
        .args(["type", "--clearmodifiers", "--file", "-"])
        .stdin(Stdio::piped())
        .spawn()?;
    if let Some(mut stdin) = xdotool.stdin.take() {
        stdin.write_all(text.as_bytes()).await?;
    }
    let status = xdotool.wait().await?;
    if status.success() { Ok(()) } else { Err(DriverError::Program(format!("xdotool ended with {status}"))) }
}
