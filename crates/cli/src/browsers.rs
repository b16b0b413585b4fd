//! `lanyard browsers`.

use std::io;

use lanyard_companion::browsers::{self, Found, ManifestState};
use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::terminal::{PairedBrowser, Request, Response};

use crate::arguments::Browsers;
use crate::companion::{Companion, unexpected};
use crate::output::Output;

pub(crate) fn perform(command: &Browsers, output: Output) -> Result<(), Problem> {
    match command {
        Browsers::List => list(output),
        Browsers::Install => install(output),
    }
}

fn list(output: Output) -> Result<(), Problem> {
    let found = find()?.0;
    // Without a companion nobody knows which are paired; which are here can still be said.
    let paired = match Companion::connect() {
        Ok(mut companion) => match companion.request(Request::Browsers {})? {
            Response::Browsers { browsers } => browsers,
            _ => return Err(unexpected()),
        },
        Err(_) => Vec::new(),
    };
    let sentence = sentences(&found, &paired);
    output.say(&sentence, &serde_json::json!({ "found": found, "paired": paired }));
    Ok(())
}

fn install(output: Output) -> Result<(), Problem> {
    let (found, host) = find()?;
    if found.is_empty() {
        return Err(Problem::new(Code::NotFound, "no browser was found", "install Chromium, then try again"));
    }
    for browser in &found {
        browsers::install(browser, &host)
            .map_err(|error| Problem::new(Code::Internal, error.to_string(), error.hint()))?;
        let sentence = format!("{}: {}", browser.name, browser.manifest.display());
        output.say(&sentence, &serde_json::json!({ "browser": browser.name, "manifest": browser.manifest }));
    }
    Ok(())
}

fn find() -> Result<(Vec<Found>, std::path::PathBuf), Problem> {
    let host = browsers::native_host().map_err(|error: io::Error| {
        Problem::new(
            Code::Internal,
            format!("cannot find Lanyard's own folder: {error}"),
            "install Lanyard again",
        )
    })?;
    Ok((browsers::find(&host), host))
}

fn sentences(found: &[Found], paired: &[PairedBrowser]) -> String {
    let mut lines: Vec<String> = found
        .iter()
        .map(|browser| {
            let state = match browser.state {
                ManifestState::Installed => "knows Lanyard",
                ManifestState::Missing | ManifestState::Outdated => {
                    "does not know Lanyard yet: `lanyard browsers install`"
                }
                ManifestState::Foreign => "has another program's file in the place of Lanyard's",
            };
            format!("{}: {state}", browser.name)
        })
        .collect();
    lines.extend(paired.iter().map(|browser| {
        let state = if browser.connected { "connected" } else { "not running" };
        format!("{} (profile {}): paired, {state}", browser.name, browser.profile)
    }));
    if lines.is_empty() { "No browser was found.".to_owned() } else { lines.join("\n") }
}
