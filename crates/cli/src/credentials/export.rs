//! `lanyard credentials export`: the person agrees in the window first.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::credential;
use lanyard_protocol::terminal::{Event, Request};

use crate::companion::Companion;
use crate::output::Output;

pub(crate) fn export(path: &Path, output: Output) -> Result<(), Problem> {
    let mut companion = Companion::connect()?;
    let to_stdout = path == Path::new("-");
    let mut logins = Vec::new();
    companion.done_with(Request::Export {}, |event| match event {
        Event::Exported { logins: some } => logins.extend(some.into_iter().map(plain)),
        other => output.asking(&other),
    })?;
    let unwritten = |error: io::Error| {
        Problem::new(
            Code::Invalid,
            format!("`{}` cannot be written: {error}", path.display()),
            "name a file that does not exist yet, on a disk that has room",
        )
    };
    if to_stdout {
        return lanyard_import::write_csv(io::stdout().lock(), &logins).map_err(unwritten);
    }
    let file = create(path).map_err(unwritten)?;
    if let Err(error) = lanyard_import::write_csv(&file, &logins).and_then(|()| (&file).flush()) {
        // Half of the passwords in a file that looks complete would be worse than none.
        let _ = fs::remove_file(path);
        return Err(unwritten(error));
    }
    let sentence = format!(
        "{} credentials are in {}, readable by whoever can read the file. Delete it once it is no longer needed.",
        logins.len(),
        path.display()
    );
    output.say(&sentence, &serde_json::json!({ "file": path, "credentials": logins.len() }));
    Ok(())
}

/// Readable by its person alone, and never in the place of another file.
fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

fn plain(login: credential::Login) -> lanyard_import::Login {
    let credential::Login { name, login_url, user_name, password, one_time_code, notes } = login;
    lanyard_import::Login {
        name,
        login_url,
        user_name,
        password: password.0,
        one_time_code: one_time_code.map(|seed| seed.0),
        notes: notes.map(|notes| notes.0),
    }
}
