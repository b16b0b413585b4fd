//! `lanyard vault`.

mod export;

use std::path::{Path, PathBuf};

use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::credential::Shown;
use lanyard_protocol::terminal::{BackupSource, Request, Response, VaultReport};

use crate::arguments::Vault;
use crate::companion::{Companion, unexpected};
use crate::output::Output;
use crate::{ask, slots};

pub(crate) fn perform(command: Vault, output: Output) -> Result<(), Problem> {
    match command {
        Vault::Verify => verify(output),
        Vault::Backup { to } => back_up(to.as_deref(), output),
        Vault::Restore { backup, other_vault, recovery_code, escrow_opening } => {
            let escrow_opening = escrow_opening.as_deref().map(read_opening).transpose()?;
            let by_words = recovery_code || escrow_opening.is_some();
            restore(&backup, other_vault, by_words, escrow_opening, output)
        }
        Vault::Rekey => rekey(output),
        Vault::Export { file, recipient, recipients_file } => {
            export::export(&file, recipient, recipients_file.as_deref(), output)
        }
    }
}

fn verify(output: Output) -> Result<(), Problem> {
    let Response::Verified(report) = Companion::connect()?.request(Request::VerifyVault {})? else {
        return Err(unexpected());
    };
    output.say(&sentences(&report), &report);
    if report.damage.is_empty() {
        return Ok(());
    }
    Err(Problem::new(Code::Vault, "the vault is damaged", "put a backup in its place: lanyard vault restore"))
}

fn back_up(to: Option<&Path>, output: Output) -> Result<(), Problem> {
    let mut companion = Companion::connect()?;
    let to = to.map(absolute).transpose()?;
    match companion.request(Request::BackUpVault { to })? {
        Response::BackedUp { path, generation } => {
            let sentence = format!("The backup of generation {generation} is {path}.");
            output.say(&sentence, &serde_json::json!({ "path": path, "generation": generation }));
            Ok(())
        }
        _ => Err(unexpected()),
    }
}

fn restore(
    backup: &str,
    other_vault: bool,
    by_words: bool,
    escrow_opening: Option<String>,
    output: Output,
) -> Result<(), Problem> {
    let mut companion = Companion::connect()?;
    let recovery_code = if by_words { Some(Shown(ask::secret_line("Recovery code")?)) } else { None };
    let source = match backup.parse() {
        Ok(generation) => BackupSource::Generation { generation },
        Err(_) => BackupSource::File { path: absolute(Path::new(backup))? },
    };
    let request = Request::RestoreVault { source, other_vault, recovery_code, escrow_opening };
    match companion.request_with(request, |event| output.asking(&event))? {
        Response::Restored { credentials, kept, lost } => {
            let what = format!("The backup with {} is in place.", logins(credentials));
            let mut sentence = match &kept {
                Some(kept) => format!("{what} The vault as it was is kept at {kept}."),
                None => what,
            };
            if !lost.is_empty() {
                sentence = format!("{sentence} {}", slots::recovered(&lost));
            }
            let value = serde_json::json!({ "credentials": credentials, "kept": kept, "lost": lost });
            output.say(&sentence, &value);
            Ok(())
        }
        _ => Err(unexpected()),
    }
}

fn rekey(output: Output) -> Result<(), Problem> {
    Companion::connect()?.done_with(Request::RekeyVault {}, |event| output.asking(&event))?;
    output.say(
        "The vault has new keys. Backups from before stay readable with your keyring.",
        &serde_json::json!({ "rekeyed": true }),
    );
    Ok(())
}

fn sentences(report: &VaultReport) -> String {
    let VaultReport { organisation, personal, service, generation, known_generation, damage } = report;
    let mut lines = vec![format!(
        "{} of yours and {} of your organisation open, and {service} entries of Lanyard itself.",
        logins(*personal),
        logins(*organisation),
    )];
    lines.push(match known_generation {
        Some(known) if known == generation => format!("Generation {generation}, as the keyring knows it."),
        Some(known) => format!("Generation {generation}; the keyring knows {known}."),
        None => format!("Generation {generation}; the keyring knows none."),
    });
    lines.extend(damage.iter().map(|damage| format!("damaged: {damage}")));
    lines.join("\n")
}

fn logins(count: u32) -> String {
    if count == 1 { "1 login".to_owned() } else { format!("{count} logins") }
}

fn read_opening(path: &Path) -> Result<String, Problem> {
    std::fs::read_to_string(path).map_err(|error| {
        Problem::new(
            Code::Invalid,
            format!("`{}` cannot be read: {error}", path.display()),
            "name the file that your organisation sent you",
        )
    })
}

/// The companion does not know in which folder this command runs.
fn absolute(path: &Path) -> Result<String, Problem> {
    let absolute: Option<PathBuf> = std::path::absolute(path).ok();
    absolute.and_then(|path| path.into_os_string().into_string().ok()).ok_or_else(|| {
        Problem::new(
            Code::Invalid,
            format!("`{}` cannot be used as a name", path.display()),
            "name a file whose path is plain text",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_says_how_many_of_what_and_what_is_damaged() {
        let report = VaultReport {
            organisation: 0,
            personal: 1,
            service: 3,
            generation: 7,
            known_generation: Some(8),
            damage: vec!["records were removed or rolled back".into()],
        };
        assert_eq!(
            sentences(&report),
            "1 login of yours and 0 logins of your organisation open, and 3 entries of Lanyard itself.\n\
             Generation 7; the keyring knows 8.\n\
             damaged: records were removed or rolled back"
        );
    }
}
