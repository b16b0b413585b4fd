//! `lanyard vault export`: the companion writes the file; this says who can open it.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::credential::Shown;
use lanyard_protocol::terminal::{Recipients, Request, Response};

use super::{absolute, logins};
use crate::ask;
use crate::companion::{Companion, unexpected};
use crate::output::Output;

/// Longer files are no lists of keys.
const LONGEST: u64 = 16 * 1024;

pub(crate) fn export(
    file: &Path,
    mut keys: Vec<String>,
    keys_file: Option<&Path>,
    output: Output,
) -> Result<(), Problem> {
    let mut companion = Companion::connect()?;
    let to = absolute(file)?;
    if let Some(path) = keys_file {
        keys.extend(keys_in(&read(path)?));
    }
    let recipients = if keys.is_empty() && keys_file.is_none() {
        Recipients::Passphrase { passphrase: Shown(ask::new_passphrase()?) }
    } else {
        Recipients::Keys { keys }
    };
    let request = Request::ExportVault { to, recipients };
    match companion.request_with(request, |event| output.asking(&event))? {
        Response::VaultExported { path, credentials, left_out } => {
            output.say(
                &sentences(&path, credentials, left_out),
                &serde_json::json!({ "file": path, "credentials": credentials, "left_out": left_out }),
            );
            Ok(())
        }
        _ => Err(unexpected()),
    }
}

fn sentences(path: &str, credentials: u32, left_out: u32) -> String {
    let written = format!("{} in {path}. To read it: age --decrypt {path}", logins(credentials));
    match left_out {
        0 => written,
        some => format!("{written}\n{} of your organisation stayed in Lanyard.", logins(some)),
    }
}

fn read(path: &Path) -> Result<String, Problem> {
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(LONGEST).read_to_string(&mut text));
    read.map(|_| text).map_err(|error| {
        Problem::new(
            Code::Invalid,
            format!("`{}` cannot be read: {error}", path.display()),
            "name a file with public keys of age, one a line",
        )
    })
}

/// The keys of a recipients file as age reads it: without empty lines and comments.
fn keys_in(text: &str) -> impl Iterator<Item = String> {
    let lines = text.lines().map(str::trim);
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_empty_lines_are_no_keys() {
        let keys: Vec<_> = keys_in("# mine\r\nage1one\r\n\n  age1two  \n#age1three").collect();
        assert_eq!(keys, ["age1one", "age1two"]);
    }

    #[test]
    fn what_stayed_is_said() {
        assert_eq!(sentences("/f", 1, 0), "1 login in /f. To read it: age --decrypt /f");
        assert!(sentences("/f", 2, 3).ends_with("\n3 logins of your organisation stayed in Lanyard."));
    }
}
