//! `lanyard status`.

use lanyard_protocol::common::{Problem, VaultState};
use lanyard_protocol::terminal::{Request, Response, Status};

use crate::companion::{Companion, unexpected};
use crate::output::Output;

pub(crate) fn show(companion: &mut Companion, output: Output) -> Result<(), Problem> {
    match companion.request(Request::Status {})? {
        Response::Status(status) => {
            output.say(&sentences(&status), &status);
            Ok(())
        }
        _ => Err(unexpected()),
    }
}

fn sentences(status: &Status) -> String {
    let mut lines = Vec::new();
    lines.push(match &status.account {
        Some(account) => format!("Signed in as {} ({})", account.name, account.provider_host),
        None => "Signed out".to_owned(),
    });
    lines.push(match (&status.vault, status.apps) {
        (VaultState::Unlocked {}, Some(1)) => "Unlocked, 1 app".to_owned(),
        (VaultState::Unlocked {}, apps) => format!("Unlocked, {} apps", apps.unwrap_or_default()),
        (VaultState::Locked {}, _) => "Locked".to_owned(),
        (VaultState::Unavailable { problem, .. }, _) => {
            format!("No vault: {}\nhint: {}", problem.message, problem.hint)
        }
    });
    lines.push(match status.browsers {
        0 => "No browser connected".to_owned(),
        1 => "1 browser connected".to_owned(),
        count => format!("{count} browsers connected"),
    });
    if status.revocation_queued {
        lines.push("The provider will be told of the last sign-out once it can be reached".to_owned());
    }
    if !status.organisation_findings.is_empty() {
        lines.push("/etc/lanyard/organisation.json:".to_owned());
        lines.extend(status.organisation_findings.iter().map(|finding| format!("  {finding}")));
    }
    lines.join("\n")
}
