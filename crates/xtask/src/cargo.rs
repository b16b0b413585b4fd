//! Cargo, and the tools that are compiled with it.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::{Failure, Result};
use crate::paths;
use crate::setup::For;

/// A program from crates.io that the checks and tests run on.
pub(crate) struct Tool {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// Options of `cargo install`.
    pub(crate) features: &'static [&'static str],
    /// What cannot be done without it.
    pub(crate) needed: &'static [For],
}

pub(crate) const TOOLS: &[Tool] = &[
    // Without updating itself, which is half of what it is compiled from.
    Tool {
        name: "cargo-nextest",
        version: "0.9.143",
        features: &["--no-default-features", "--features", "default-no-update"],
        needed: &[For::Tests],
    },
    Tool { name: "cargo-deny", version: "0.20.2", features: &[], needed: &[For::Tests] },
    // Drives Firefox.
    Tool { name: "geckodriver", version: "0.37.1", features: &[], needed: &[For::Tests, For::Bench] },
    Tool { name: "cargo-fuzz", version: "0.13.2", features: &[], needed: &[For::Fuzz] },
];

/// The cargo that runs us, in the root of the checkout.
pub(crate) fn command() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(paths::root());
    command
}

/// A command of cargo that reports progress to a terminal and, elsewhere, only what went wrong.
pub(crate) fn quiet_where_nobody_watches(subcommand: &str) -> Command {
    let mut command = command();
    command.arg(subcommand);
    if !std::io::stderr().is_terminal() {
        command.arg("--quiet");
    }
    command
}

/// One of the pinned [`TOOLS`], where it is installed.
pub(crate) fn tool(name: &str) -> Option<PathBuf> {
    TOOLS.iter().find(|tool| tool.name == name).and_then(Tool::program)
}

/// One of the pinned [`TOOLS`], in the root of the checkout.
pub(crate) fn tool_command(name: &str) -> Result<Command> {
    let program = tool(name)
        .ok_or_else(|| Failure::new(format!("{name} is not installed"), "`cargo xtask setup` installs it"))?;
    let mut command = Command::new(program);
    command.current_dir(paths::root());
    Ok(command)
}

/// Where pinned tools are installed.
pub(crate) fn tools_root() -> PathBuf {
    paths::tools().join("cargo")
}

impl Tool {
    /// The program of exactly this version: from the cache, else from the PATH.
    pub(crate) fn program(&self) -> Option<PathBuf> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(tools_root().join("bin")).chain(std::env::split_paths(&path));
        folders.map(|folder| folder.join(self.name)).find(|it| has_version(it, self.name, self.version))
    }
}

fn has_version(program: &Path, name: &str, version: &str) -> bool {
    let out = Command::new(program).arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output();
    out.is_ok_and(|out| says_version(&String::from_utf8_lossy(&out.stdout), name, version))
}

fn says_version(said: &str, name: &str, version: &str) -> bool {
    let mut words = said.split_whitespace();
    words.next() == Some(name) && words.next() == Some(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_whole() {
        assert!(says_version("cargo-nextest 0.9.143 (60fa45f63 2026-08-04)\n", "cargo-nextest", "0.9.143"));
        assert!(!says_version("cargo-nextest 0.9.1431\n", "cargo-nextest", "0.9.143"));
        assert!(!says_version("cargo-deny 0.9.143\n", "cargo-nextest", "0.9.143"));
        assert!(!says_version("", "cargo-nextest", "0.9.143"));
    }
}
