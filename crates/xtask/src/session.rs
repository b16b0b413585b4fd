//! `cargo xtask session -- CMD…`: any program inside a private desktop.

use std::process::ExitCode;

use crate::desktop::{Desktop, Screen};
use crate::failure::{Failure, Result};
use crate::product::{self, Profile};
use crate::run;
use crate::say::say;

/// Runs a command in a desktop and ends as it ended.
pub(crate) fn session(options: &[&str], command: &[String]) -> Result<ExitCode> {
    let has = |option: &str| options.contains(&option);
    let (program, arguments) = command.split_first().ok_or_else(|| {
        Failure::new("no command given", "cargo xtask session [--debug] [--no-build] [--window] -- COMMAND…")
    })?;
    let profile = if has("--debug") { Profile::Debug } else { Profile::Release };
    if !has("--no-build") {
        product::build(profile)?;
    }
    let desktop = Desktop::start(if has("--window") { Screen::in_front() } else { Screen::Memory })?;
    product::stage(profile, &desktop.stage())?;
    let status = run::status(desktop.command(program).args(arguments).current_dir(desktop.stage()))?;
    let kept = desktop.keep(&format!("session/{}", desktop.name()))?;
    say(&format!("Kept: {}", kept.display()));
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}
