//! `lanyard browsers`.

use std::io;

use lanyard_companion::browsers::{self, Found, InstallError, ManifestState};
use lanyard_protocol::common::{Code, PairedBrowser, PairingCaution, Problem};
use lanyard_protocol::terminal::{Request, Response, WaitingBrowser};

use crate::arguments::Browsers;
use crate::companion::{Companion, unexpected};
use crate::output::Output;

pub(crate) fn perform(command: &Browsers, output: Output) -> Result<(), Problem> {
    match command {
        Browsers::List => list(output),
        Browsers::Install => install(output),
        Browsers::Uninstall => uninstall(output),
        Browsers::Pair { profile } => {
            asked(Request::Pair { profile: profile.clone() }, "is connected", output)
        }
        Browsers::Revoke { profile } => {
            asked(Request::Revoke { profile: profile.clone() }, "is cut off", output)
        }
    }
}

fn list(output: Output) -> Result<(), Problem> {
    let found = find()?.0;
    // Without a companion nobody knows which are paired; which are here can still be said.
    let (paired, waiting) = match Companion::connect() {
        Ok(mut companion) => match companion.request(Request::Browsers {})? {
            Response::Browsers { browsers, waiting } => (browsers, waiting),
            _ => return Err(unexpected()),
        },
        Err(_) => (Vec::new(), Vec::new()),
    };
    let sentence = sentences(&found, &paired, &waiting);
    output.say(&sentence, &serde_json::json!({ "found": found, "paired": paired, "waiting": waiting }));
    Ok(())
}

fn install(output: Output) -> Result<(), Problem> {
    let (found, host) = find()?;
    if found.is_empty() {
        return Err(Problem::new(
            Code::NotFound,
            "no browser was found",
            "install Chromium or Firefox, then try again",
        ));
    }
    for_each(&found, output, |browser| {
        browsers::install(browser, &host)?;
        Ok(format!("{}: {}", browser.name, browser.manifest.display()))
    })
}

fn uninstall(output: Output) -> Result<(), Problem> {
    for_each(&find()?.0, output, |browser| {
        browsers::uninstall(browser)?;
        Ok(format!("{} does not know Lanyard any longer.", browser.name))
    })
}

/// One browser's trouble keeps no other from its turn.
fn for_each(
    found: &[Found],
    output: Output,
    act: impl Fn(&Found) -> Result<String, InstallError>,
) -> Result<(), Problem> {
    let mut refused = None;
    for browser in found {
        match act(browser) {
            Ok(sentence) => {
                let value = serde_json::json!({ "browser": browser.name, "manifest": browser.manifest });
                output.say(&sentence, &value);
            }
            Err(error) => {
                let problem = Problem::new(Code::Internal, error.to_string(), error.hint());
                let sentence = format!("{}: {}; {}", browser.name, problem.message, problem.hint);
                output.say(&sentence, &serde_json::json!({ "browser": browser.name, "problem": problem }));
                // That a sandboxed browser is here as well is no failure of the others.
                if browser.state != ManifestState::Sandboxed {
                    refused = Some(problem);
                }
            }
        }
    }
    refused.map_or(Ok(()), Err)
}

/// What the person has to agree to in the window.
fn asked(request: Request, became: &str, output: Output) -> Result<(), Problem> {
    match Companion::connect()?.request_with(request, |event| output.asking(&event))? {
        Response::Browser { name } => {
            output.say(&format!("{name} {became}."), &serde_json::json!({ "browser": name }));
            Ok(())
        }
        _ => Err(unexpected()),
    }
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

fn sentences(found: &[Found], paired: &[PairedBrowser], waiting: &[WaitingBrowser]) -> String {
    let mut lines: Vec<String> = found
        .iter()
        .map(|browser| {
            let state = match browser.state {
                ManifestState::Installed | ManifestState::InstalledForAll => "knows Lanyard",
                ManifestState::Missing | ManifestState::Outdated => {
                    "does not know Lanyard yet: `lanyard browsers install`"
                }
                ManifestState::Foreign => "has another program's file in the place of Lanyard's",
                ManifestState::Sandboxed => {
                    "runs in a sandbox and cannot reach Lanyard; install it from a deb or rpm package"
                }
            };
            format!("{}: {state}", browser.name)
        })
        .collect();
    lines.extend(paired.iter().map(|browser| {
        let state = match browser.caution {
            Some(PairingCaution::Copied) => "cut off: its profile seems to have been copied",
            Some(PairingCaution::Unverified) => "paired without a code, as the organisation allows",
            None if browser.connected => "paired, connected",
            None => "paired, not running",
        };
        format!("{} (profile {}): {state}", browser.name, browser.profile)
    }));
    lines.extend(waiting.iter().map(|browser| {
        format!(
            "{} (profile {}): running, not connected: `lanyard browsers pair`",
            browser.name, browser.profile
        )
    }));
    if lines.is_empty() { "No browser was found.".to_owned() } else { lines.join("\n") }
}
