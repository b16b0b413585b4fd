//! `lanyard credentials import`: what would be done is shown first, and each line that cannot be taken is named.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use lanyard_import::{Import, Login, Numbered, Reason};
use lanyard_protocol::MAX_REQUEST;
use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::credential::{self, ImportOutcome, Shown};
use lanyard_protocol::terminal::{Request, Response};
use serde::Serialize;
use zeroize::Zeroizing;

use crate::ask;
use crate::companion::{Companion, unexpected};
use crate::output::Output;

/// A larger file is no export of one person's passwords.
const LARGEST: u64 = 256 * 1024 * 1024;

/// Bytes of logins in one message, whose envelope needs a few more.
const PART: usize = MAX_REQUEST - 1024;

/// Lines that are named one by one; the others are counted.
const MOST_NAMED: usize = 50;

/// What becomes of a file.
#[derive(Default, Serialize)]
struct Report {
    source: &'static str,
    /// What the logins are numbered by.
    #[serde(skip)]
    unit: &'static str,
    added: u32,
    same: u32,
    kept: u32,
    replaced: u32,
    /// Folders of the other program.
    collections: usize,
    refused: Vec<Line>,
}

/// A line that cannot be taken, or something in an item.
#[derive(Serialize)]
struct Line {
    line: u64,
    reason: String,
}

pub(crate) fn import(
    path: &Path,
    replace: bool,
    dry_run: bool,
    yes: bool,
    output: Output,
) -> Result<(), Problem> {
    let bytes = read(path)?;
    let parse = || {
        lanyard_import::parse(&bytes)
            .map_err(|error| Problem::new(Code::Invalid, error.to_string(), error.hint()))
    };
    let mut companion = Companion::connect()?;
    if !yes {
        let report = send(&mut companion, parse()?, replace, true, output)?;
        if dry_run || !output.json {
            output.say(&sentences(&report, true), &report);
        }
        if dry_run || report.added + report.replaced == 0 {
            return Ok(());
        }
        ask::agree("Take them?")?;
    }
    let report = send(&mut companion, parse()?, replace, false, output)?;
    output.say(&sentences(&report, false), &report);
    Ok(())
}

fn read(path: &Path) -> Result<Zeroizing<Vec<u8>>, Problem> {
    let unread = |error: std::io::Error| {
        Problem::new(
            Code::Invalid,
            format!("`{}` cannot be read: {error}", path.display()),
            "name the file that the other program wrote",
        )
    };
    let too_large = || {
        Problem::new(
            Code::Invalid,
            format!("`{}` is too large for a list of passwords", path.display()),
            "name the file that the other program wrote",
        )
    };
    if path == Path::new("-") {
        let mut bytes = Zeroizing::new(Vec::new());
        io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes).map_err(unread)?;
        return if bytes.len() as u64 > LARGEST { Err(too_large()) } else { Ok(bytes) };
    }
    let file = File::open(path).map_err(unread)?;
    let size = file.metadata().map_err(unread)?.len();
    if size > LARGEST {
        return Err(too_large());
    }
    // Room from the start: growing would leave copies behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1));
    file.take(LARGEST).read_to_end(&mut bytes).map_err(unread)?;
    Ok(bytes)
}

/// Sends the logins in parts. Each part is taken whole or not at all.
fn send(
    companion: &mut Companion,
    mut logins: Import,
    replace: bool,
    dry_run: bool,
    output: Output,
) -> Result<Report, Problem> {
    let source = logins.source();
    let collections = logins.collections();
    let mut report = Report { source: source.name(), unit: source.unit(), collections, ..Report::default() };
    let mut waiting = None;
    loop {
        let (lines, part) = next_part(&mut logins, &mut waiting, &mut report);
        if part.is_empty() {
            output.progress("");
            return Ok(report);
        }
        let request = Request::Import { logins: part, replace, dry_run };
        match companion.request(request)? {
            Response::Imported { outcomes } => count(&mut report, &lines, outcomes),
            _ => return Err(unexpected()),
        }
        output.progress(&format!("{} %", logins.progress()));
    }
}

/// As many logins as one message takes, and their lines. One that does not fit any more waits for the next.
fn next_part(
    logins: &mut Import,
    waiting: &mut Option<Measured>,
    report: &mut Report,
) -> (Vec<u64>, Vec<credential::Login>) {
    let (mut lines, mut part, mut size) = (Vec::new(), Vec::new(), 0);
    loop {
        let next = waiting.take().map(Ok).or_else(|| logins.next().map(|login| login.map(Measured::of)));
        match next {
            None => break,
            Some(Err(refused)) => {
                report.refused.push(Line { line: refused.line, reason: refused.reason.to_string() });
            }
            Some(Ok(login)) if login.size > PART => {
                report.refused.push(Line { line: login.line, reason: Reason::TooLong.to_string() });
            }
            Some(Ok(login)) if size + login.size > PART => {
                *waiting = Some(login);
                break;
            }
            Some(Ok(login)) => {
                size += login.size;
                lines.push(login.line);
                part.push(login.login);
            }
        }
    }
    (lines, part)
}

/// A login as it is sent, and how many bytes that takes.
struct Measured {
    line: u64,
    login: credential::Login,
    size: usize,
}

impl Measured {
    fn of(Numbered { line, login }: Numbered) -> Self {
        let login = on_the_wire(login);
        let json = serde_json::to_vec(&login).map(Zeroizing::new).expect("a login is plain strings");
        Self { line, login, size: json.len() + 1 }
    }
}

fn count(report: &mut Report, lines: &[u64], outcomes: Vec<ImportOutcome>) {
    for (line, outcome) in lines.iter().zip(outcomes) {
        match outcome {
            ImportOutcome::Added {} => report.added += 1,
            ImportOutcome::Same {} => report.same += 1,
            ImportOutcome::Kept {} => report.kept += 1,
            ImportOutcome::Replaced {} => report.replaced += 1,
            ImportOutcome::Refused(problem) => {
                report.refused.push(Line { line: *line, reason: problem.message });
            }
        }
    }
}

fn on_the_wire(login: Login) -> credential::Login {
    let Login { name, login_url, user_name, password, one_time_code, notes } = login;
    credential::Login {
        name,
        login_url,
        user_name,
        password: Shown(password),
        one_time_code: one_time_code.map(Shown),
        notes: notes.map(Shown),
    }
}

fn sentences(report: &Report, before: bool) -> String {
    let mut lines = vec![format!("{} export", report.source)];
    let mut count = |count: u32, would: &str, was: &str| {
        if count > 0 {
            lines.push(format!("{count} {}", if before { would } else { was }));
        }
    };
    count(report.added, "are new and would be added", "were added");
    count(report.replaced, "would get another password", "got another password");
    count(report.same, "are there already", "were there already");
    count(
        report.kept,
        "are there with another password, which stays; --replace takes the one from the file",
        "kept the password that was there",
    );
    if report.collections > 0 {
        lines.push(format!("{} folders are left out; what is in them is not", report.collections));
    }
    let refused = &report.refused;
    if !refused.is_empty() {
        lines.push(format!("{} cannot be taken:", refused.len()));
        let named = refused.iter().take(MOST_NAMED);
        lines.extend(named.map(|line| format!("  {} {}: {}", report.unit, line.line, line.reason)));
        if refused.len() > MOST_NAMED {
            lines.push(format!("  … and {} more; --json lists all of them", refused.len() - MOST_NAMED));
        }
    }
    lines.join("\n")
}
