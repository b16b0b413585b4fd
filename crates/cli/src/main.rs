//! The command `lanyard`: everything a person or a script does without the window.
//!
//! It talks to the running companion and decides nothing itself. `lanyard run` is the companion, without tray and window.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "an answer of another kind is as wrong as one that is not understood"
)]

mod activity;
mod arguments;
mod ask;
mod browsers;
mod companion;
mod credentials;
mod escrow;
mod keys;
mod output;
mod pages;
mod settings;
mod sign_in;
mod slots;
mod status;
mod vault;

use std::process::ExitCode;

use clap::Parser as _;
use lanyard_companion::{Options, Wiping};
use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::terminal::{Request, Response};

use arguments::{Arguments, Command};
use companion::{Companion, unexpected};
use output::Output;

/// `lanyard run` is the companion; what else is asked for reads passwords too.
#[global_allocator]
static ALLOCATOR: Wiping = Wiping::system();

fn main() -> ExitCode {
    let Arguments { json, command } = Arguments::parse();
    let output = Output { json };
    match perform(command, output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => output.problem(&problem),
    }
}

fn perform(command: Command, output: Output) -> Result<(), Problem> {
    match command {
        Command::Run => run(),
        Command::Status => status::show(&mut Companion::connect()?, output),
        Command::SignIn { issuer, client_id } => {
            sign_in::sign_in(&mut Companion::connect()?, issuer.zip(client_id), output)
        }
        Command::SignOut => sign_in::sign_out(&mut Companion::connect()?, output),
        Command::Lock => {
            Companion::connect()?.done(Request::Lock {})?;
            output.say("Locked.", &serde_json::json!({ "locked": true }));
            Ok(())
        }
        Command::Unlock { recovery_code: true, .. } => slots::unlock_with_recovery_code(output),
        Command::Unlock { begin_new_vault, .. } => unlock(begin_new_vault, output),
        Command::Launch { name, no_open } => launch(name, !no_open, output),
        Command::Credentials(command) => credentials::perform(command, output),
        Command::Vault(command) => vault::perform(command, output),
        Command::Slots(command) => slots::perform(command, output),
        Command::Escrow(command) => escrow::perform(&command, output),
        Command::Browsers(command) => browsers::perform(&command, output),
        Command::Keys(command) => keys::perform(command, output),
        Command::Settings { command } => settings::perform(command, output),
        Command::Completions { shell } => pages::completions(shell),
        Command::Man { out } => pages::manual(&out),
        Command::Activity { follow, lines } => {
            activity::show(&mut Companion::connect()?, lines, follow, output)
        }
    }
}

/// The same companion as the desktop's: for servers, kiosks and tests.
fn run() -> Result<(), Problem> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime
        .map_err(|error| Problem::new(Code::Internal, format!("cannot start: {error}"), "try again"))?;
    let (tray, _) = tokio::sync::watch::channel(lanyard_companion::tray::Tray::default());
    let (_no_tray, actions) = tokio::sync::mpsc::channel(1);
    let options = Options { window_program: None, tray, actions, show_window: false, clipboard: None };
    runtime
        .block_on(lanyard_companion::run(options))
        .map_err(|error| Problem::new(Code::Internal, error.to_string(), error.hint()))
}

fn unlock(begin_new_vault: bool, output: Output) -> Result<(), Problem> {
    let mut companion = Companion::connect()?;
    if begin_new_vault {
        match companion.request(Request::BeginNewVault {})? {
            Response::NewVault { kept } => {
                output
                    .say(&format!("The old vault is kept at {kept}."), &serde_json::json!({ "kept": kept }));
            }
            _ => return Err(unexpected()),
        }
    }
    slots::unlock(&mut companion)?;
    output.say("Unlocked.", &serde_json::json!({ "locked": false }));
    Ok(())
}

fn launch(name: String, open: bool, output: Output) -> Result<(), Problem> {
    match Companion::connect()?.request(Request::Launch { name, open })? {
        Response::Launched { url, browser } => {
            let where_to = match &browser {
                Some(browser) if open => format!("Opened in {browser}: {url}"),
                None if open => format!("Opened: {url}"),
                _ => format!("Open this page within a minute: {url}"),
            };
            output.say(&where_to, &serde_json::json!({ "url": url, "browser": browser }));
            Ok(())
        }
        _ => Err(unexpected()),
    }
}
