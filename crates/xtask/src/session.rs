//! `cargo xtask session -- CMD…`: any program inside a private desktop.

use std::process::ExitCode;

use crate::desktop::{Desktop, Organisation, Screen};
use crate::failure::{Failure, Result};
use crate::product::{self, Profile};
use crate::run;
use crate::say::say;

const USAGE: &str = "cargo xtask session [--debug] [--no-build] [--window] [--organisation | --codeless | --keys] -- COMMAND…";

/// What a person may tell a test, of all that is in their environment.
const FOR_TESTS: &[&str] = &["LANYARD_APPS", "LANYARD_BROWSER"];

/// Runs a command in a desktop and ends as it ended.
pub(crate) fn session(options: &[&str], command: &[String]) -> Result<ExitCode> {
    let has = |option: &str| options.contains(&option);
    let (program, arguments) =
        command.split_first().ok_or_else(|| Failure::new("no command given", USAGE))?;
    let profile = if has("--debug") { Profile::Debug } else { Profile::Release };
    if !has("--no-build") {
        product::build(profile)?;
    }
    let mut desktop = Desktop::start(if has("--window") { Screen::in_front() } else { Screen::Memory })?;
    product::stage(profile, &desktop.stage())?;
    for name in FOR_TESTS {
        if let Ok(value) = std::env::var(name) {
            desktop.set(name, value);
        }
    }
    let organisations = [
        ("--organisation", Organisation::OfApps),
        ("--codeless", Organisation::Codeless),
        ("--keys", Organisation::Keys),
    ];
    let organisation = organisations.into_iter().find(|(option, _)| has(option));
    let mut command = match organisation {
        Some((_, organisation)) => {
            desktop.command_in_organisation(organisation, program)?.ok_or_else(|| {
                Failure::needs_person(
                    "an organisation's files can only be written by root",
                    "run it as root, or where sudo asks for no password",
                )
            })?
        }
        None => desktop.command(program),
    };
    let status = run::status(command.args(arguments).current_dir(desktop.stage()))?;
    let kept = desktop.keep(&format!("session/{}", desktop.name()))?;
    say(&format!("Kept: {}", kept.display()));
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}
