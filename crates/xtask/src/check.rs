//! `cargo xtask check`: what can be said about the code without running the product.

use std::process::Command;
use std::time::Instant;

use crate::failure::{Failure, Result};
use crate::say::say;
use crate::{cargo, generated, node, run, web};

const BIOME: &[&str] = &["ci", "--error-on-warnings", "--colors=off", "--max-diagnostics=50", "."];

/// cargo-deny, as the set-up installs it. Advisories need a database from the network and are left to
/// `cargo deny check advisories`.
const DENY: &[&str] = &["--workspace", "--all-features", "--locked", "check", "--hide-inclusion-graph"];

/// Runs every check, also after one has failed, and names those that did.
pub(crate) fn check() -> Result {
    has_component("fmt", "rustfmt")?;
    has_component("clippy", "clippy")?;
    web::build()?;
    let checks: [(&str, &dyn Fn() -> Result); 6] = [
        ("rustfmt", &|| run::run(cargo::command().args(["fmt", "--all", "--check"]))),
        ("clippy", &|| run::run(&mut clippy())),
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

fn clippy() -> Command {
    let mut clippy = cargo::quiet_where_nobody_watches("clippy");
    clippy.args(["--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"]);
    clippy
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
