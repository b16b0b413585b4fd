//! `cargo xtask check`: what can be said about the code without running the product.

use std::process::Command;
use std::time::Instant;

use crate::failure::{Failure, Result};
use crate::say::say;
use crate::{cargo, generated, node, run, web};

const BIOME: &[&str] = &["ci", "--error-on-warnings", "--colors=off", "--max-diagnostics=50", "."];

const DENY_WARNINGS: &[&str] = &["--", "--deny", "warnings"];

/// cargo-deny, as the set-up installs it. Advisories need a database from the network and are left to
/// `cargo deny check advisories`.
const DENY: &[&str] = &["--workspace", "--all-features", "--locked", "check", "--hide-inclusion-graph"];

/// Systems that nothing runs on here. What has no part in C, and knows who is at the other end of a socket, is compiled for
/// them all the same.
const WINDOWS: &str = "x86_64-pc-windows-gnu";
const MACOS: &str = "aarch64-apple-darwin";
const OF_EVERY_SYSTEM: &[&str] = &["--package", "lanyard-protocol", "--package", "lanyard-native-host"];

/// Runs every check, also after one has failed, and names those that did.
pub(crate) fn check() -> Result {
    has_component("fmt", "rustfmt")?;
    has_component("clippy", "clippy")?;
    web::build()?;
    let checks: [(&str, &dyn Fn() -> Result); 8] = [
        ("rustfmt", &|| run::run(cargo::command().args(["fmt", "--all", "--check"]))),
        ("clippy", &|| run::run(clippy(&["--workspace"]).args(DENY_WARNINGS))),
        ("clippy for Windows", &|| clippy_for(WINDOWS)),
        ("clippy for macOS", &|| clippy_for(MACOS)),
        ("tsc", &|| run::run(node::package("typescript/bin/tsc").args(["--noEmit", "--project", "."]))),
        ("biome", &|| run::run(node::package("@biomejs/biome/bin/biome").args(BIOME))),
        ("generated files", &generated::check),
        ("cargo-deny", &|| run::run(deny()?.args(DENY).args(["bans", "licenses", "sources"]))),
    ];
    let failed: Vec<&str> =
        checks.iter().filter(|(name, check)| !passes(name, check)).map(|(name, _)| *name).collect();
    if failed.is_empty() {
        return Ok(());
    }
    Err(Failure::new(
        format!("failed: {}", failed.join(", ")),
        "`cargo xtask fix` repairs formatting and generated files",
    ))
}

fn passes(name: &str, check: &dyn Fn() -> Result) -> bool {
    let started = Instant::now();
    let result = check();
    let mark = if result.is_ok() { '✓' } else { '✗' };
    say(&format!("  {mark} {name}   {:.1} s", started.elapsed().as_secs_f32()));
    if let Err(failure) = &result {
        eprintln!("{failure}");
    }
    result.is_ok()
}

fn clippy(packages: &[&str]) -> Command {
    let mut clippy = cargo::quiet_where_nobody_watches("clippy");
    clippy.args(packages).args(["--all-targets", "--locked"]);
    clippy
}

/// For another system, where its standard library can be had.
fn clippy_for(system: &str) -> Result {
    if !run::succeeds(Command::new("rustup").args(["target", "add", system])) {
        say(&format!("    left out: `rustup target add {system}` does not work here"));
        return Ok(());
    }
    run::run(clippy(OF_EVERY_SYSTEM).args(["--target", system]).args(DENY_WARNINGS))
}

fn deny() -> Result<Command> {
    let mut deny = cargo::tool_command("cargo-deny")?;
    deny.env("CARGO_TERM_COLOR", "never");
    Ok(deny)
}

fn has_component(command: &str, component: &str) -> Result {
    if run::succeeds(cargo::command().args([command, "--version"])) {
        return Ok(());
    }
    Err(Failure::needs_person(
        format!("{component} is not installed"),
        format!("run: rustup component add {component}"),
    ))
}
