//! `cargo xtask test`: the checks, then every test, and one line with all counts.

mod count;
pub(crate) mod laptop;
mod package;

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::desktop::{Desktop, Organisation, Screen, is_root};
use crate::failure::{Failure, OrFail, Result};
use crate::product::{self, Profile};
use crate::say::{Steps, say};
use crate::scratch::{Scratch, make_folder};
use crate::{cargo, check, node, paths, run, setup};

use count::Count;

/// Folders with tests in TypeScript that need no browser; those in [`END_TO_END`] do.
const TYPESCRIPT: &[&str] = &["ui", "extension", "tests"];

const END_TO_END: &str = "tests/e2e";

/// Run where an organisation has its files.
const IN_ORGANISATION: &[(&str, Organisation)] = &[
    ("legacy-apps.test.ts", Organisation::OfApps),
    ("codeless.test.ts", Organisation::Codeless),
    ("unlock-by-key.test.ts", Organisation::Keys),
];

/// Run on a laptop of their own.
const ON_A_LAPTOP: &str = "tests/package";

/// A test that takes ten minutes hangs.
const NODE_TEST: &[&str] = &["--test", "--test-reporter=spec", "--test-timeout=600000"];

/// Tests whose names contain this need root, and are ignored in an ordinary run.
const ROOT_ONLY: &str = "root_only";

/// Sets up, checks and tests.
pub(crate) fn test() -> Result {
    let mut steps = Steps::of(setup::STEPS + 5 + package::STEPS);
    setup::setup(&mut steps, setup::For::Tests)?;
    steps.next("check");
    check::check()?;

    let scratch = Scratch::make()?;
    make_folder(&scratch.dir().join("run"), 0o700)?;
    steps.next("Rust tests");
    let mut total = rust(scratch.dir())?;
    steps.next("TypeScript tests");
    // They wait for browsers, most of the time.
    let building = product::build_beside(Profile::Release)?;
    total += typescript(scratch.dir())?;
    steps.next("build (minutes, first time)");
    building.end()?;
    product::build(Profile::Release)?;
    steps.next("end to end");
    total += end_to_end()?;
    total += package::test(&mut steps)?;

    conclude(total)
}

fn conclude(total: Count) -> Result {
    say(&total.to_string());
    if total.failed > 0 {
        return Err(Failure::new(
            format!("{} tests failed", total.failed),
            "what each of them said is above",
        ));
    }
    Ok(())
}

/// Only the package's tests.
pub(crate) fn test_package() -> Result {
    let mut steps = Steps::of(setup::STEPS + package::STEPS);
    setup::setup(&mut steps, setup::For::Demo)?;
    conclude(package::test(&mut steps)?)
}

fn rust(home: &Path) -> Result<Count> {
    let nextest = |arguments: &[&str]| -> Result<Command> {
        let mut nextest = cargo::tool_command("cargo-nextest")?;
        nextest.args(["nextest", "run", "--workspace", "--locked", "--no-fail-fast", "--cargo-quiet"]);
        nextest.args(["--status-level", "slow", "--final-status-level", "fail"]).args(arguments);
        private(&mut nextest, home);
        Ok(nextest)
    };
    let mut count = counted("the Rust tests", &mut nextest(&[])?, count::nextest)?;
    let mut examples = cargo::command();
    examples.args(["test", "--doc", "--workspace", "--locked", "--quiet"]);
    private(&mut examples, home);
    count += stream(&mut examples, count::libtest)?;
    if is_root() {
        let filter = format!("test({ROOT_ONLY})");
        let only = ["--run-ignored", "only", "--no-tests", "pass", "-E", &filter];
        let as_root = stream(&mut nextest(&only)?, count::nextest)?;
        count.skipped -= (as_root.passed + as_root.failed).min(count.skipped);
        count += Count { skipped: 0, ..as_root };
    }
    Ok(count)
}

fn typescript(home: &Path) -> Result<Count> {
    let mut files = Vec::new();
    for folder in TYPESCRIPT {
        find_tests(&paths::root().join(folder), &mut files).or_fail(&format!("read {folder}"))?;
    }
    let elsewhere = [END_TO_END, ON_A_LAPTOP].map(|folder| paths::root().join(folder));
    files.retain(|path| !elsewhere.iter().any(|folder| path.starts_with(folder)));
    files.sort();
    let mut command = node::command();
    command.args(NODE_TEST).args(files);
    private(&mut command, home);
    counted("the TypeScript tests", &mut command, count::node)
}

fn end_to_end() -> Result<Count> {
    let desktop = Desktop::start(Screen::Memory)?;
    product::stage(Profile::Release, &desktop.stage())?;
    let mut files = Vec::new();
    find_tests(&desktop.stage().join(END_TO_END), &mut files).or_fail(&format!("read {END_TO_END}"))?;
    files.sort();
    let organisation_of = |file: &Path| {
        IN_ORGANISATION.iter().find(|(name, _)| file.ends_with(name)).map(|(_, organisation)| *organisation)
    };
    let (in_organisations, others): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|file| organisation_of(file).is_some());
    let run = |what, mut command: Command, files| {
        command.args(NODE_TEST).arg("--test-concurrency=1").args(files).current_dir(desktop.stage());
        counted(what, &mut command, count::node)
    };
    let count = run("the end-to-end tests", desktop.command("node"), others).and_then(|mut count| {
        for file in in_organisations {
            let Some(organisation) = organisation_of(&file) else { continue };
            let node = node_in_organisation(&desktop, organisation)?;
            count += run("the tests in an organisation", node, vec![file])?;
        }
        Ok(count)
    });
    say(&format!("  pictures and logs: {}", desktop.keep("e2e")?.display()));
    count
}

fn node_in_organisation(desktop: &Desktop, organisation: Organisation) -> Result<Command> {
    let command = desktop.command_in_organisation(organisation, "node")?;
    Ok(command.unwrap_or_else(|| {
        say("  without an organisation: only root can write its file; run this as root, or where sudo asks for no password");
        desktop.command("node")
    }))
}

/// Tests see neither the person's home nor their bus, keyring or display.
fn private(command: &mut Command, home: &Path) {
    let old_home = std::env::home_dir().unwrap_or_default();
    for (name, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
        command.env(name, std::env::var_os(name).unwrap_or_else(|| old_home.join(folder).into()));
    }
    command.env("HOME", home).env("XDG_RUNTIME_DIR", home.join("run"));
    let person = ["CONFIG_HOME", "DATA_HOME", "STATE_HOME", "CACHE_HOME"].map(|name| format!("XDG_{name}"));
    let session = ["DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY"].map(str::to_owned);
    person.iter().chain(&session).for_each(|name| _ = command.env_remove(name));
}

/// A part without a single test means that something was not found.
fn counted(what: &str, command: &mut Command, read: fn(&str) -> Option<Count>) -> Result<Count> {
    let count = stream(command, read)?;
    if count.passed + count.failed == 0 {
        return Err(Failure::new(
            format!("{what} did not run"),
            format!("see why `{}` ran none", run::line(command)),
        ));
    }
    Ok(count)
}

/// Shows what a test runner prints and adds up the counts in it. A runner that fails without counting a
/// failure counts as one.
fn stream(command: &mut Command, read: fn(&str) -> Option<Count>) -> Result<Count> {
    let (output, input) = std::io::pipe().or_fail("make a pipe")?;
    command.stdin(Stdio::null()).stderr(input.try_clone().or_fail("make a pipe")?).stdout(input);
    let mut child = command.spawn().map_err(|e| run::not_started(command, &e))?;
    // The command holds the writing ends, and with them the pipe stays open.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut count = show(output, read);
    let status = child.wait().or_fail("wait for a test runner")?;
    if !status.success() && count.failed == 0 {
        say(&format!("  `{}` ended with {status}", run::line(command)));
        count.failed = 1;
    }
    Ok(count)
}

fn show(output: impl Read, read: fn(&str) -> Option<Count>) -> Count {
    let mut count = Count::default();
    for line in BufReader::new(output).split(b'\n').map_while(std::result::Result::ok) {
        let line = String::from_utf8_lossy(&line);
        say(&line);
        count += read(&line).unwrap_or_default();
    }
    count
}

fn find_tests(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() && name != "node_modules" && name != "dist" {
            find_tests(&path, found)?;
        } else if name.ends_with(".test.ts") {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sh(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_runner_is_counted_by_what_it_prints() {
        let count = stream(&mut sh("echo 'ℹ pass 2'; echo 'ℹ fail 1' >&2; exit 1"), count::node).unwrap();
        assert_eq!(count, Count { passed: 2, failed: 1, skipped: 0 });
    }

    #[test]
    fn a_runner_that_breaks_counts_as_a_failure() {
        assert_eq!(stream(&mut sh("echo 'ℹ pass 2'; exit 1"), count::node).unwrap().failed, 1);
        assert_eq!(stream(&mut sh("echo 'ℹ pass 2'"), count::node).unwrap().failed, 0);
    }

    #[test]
    fn no_test_at_all_is_a_failure() {
        assert!(counted("the tests", &mut sh("true"), count::node).is_err());
    }
}
