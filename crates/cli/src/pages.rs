//! Completion scripts and manual pages, made from the arguments as they are.

use std::fs;
use std::io;
use std::path::Path;

use clap::CommandFactory as _;
use clap_complete::Shell;
use lanyard_protocol::common::{Code, Problem};

use crate::arguments::Arguments;

/// Prints a completion script.
#[expect(clippy::unnecessary_wraps, reason = "as every command")]
pub(crate) fn completions(shell: Shell) -> Result<(), Problem> {
    clap_complete::generate(shell, &mut Arguments::command(), "lanyard", &mut io::stdout());
    Ok(())
}

/// Writes a page for the command and one for each of its own commands.
pub(crate) fn manual(folder: &Path) -> Result<(), Problem> {
    fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(Arguments::command(), folder)).map_err(
        |error| {
            Problem::new(
                Code::Internal,
                format!("the manual pages could not be written: {error}"),
                "name a folder that you may write to",
            )
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page_with_its_name() {
        let folder = tempfile::tempdir().unwrap();
        manual(folder.path()).unwrap();
        for page in ["lanyard.1", "lanyard-credentials-import.1", "lanyard-settings.1"] {
            let text = fs::read_to_string(folder.path().join(page)).unwrap();
            assert!(text.contains(".TH"), "{page}");
        }
    }
}
