//! The npm packages of the lock file, without their install scripts.

use std::fs;
use std::path::PathBuf;

use crate::failure::{OrFail, Result};
use crate::{node, paths, run};

/// What the heading says.
pub(super) fn summary() -> &'static str {
    if is_current() { "nothing missing" } else { "installing from package-lock.json" }
}

/// Installs when the lock file is another than the one last installed from.
///
/// `npm ci` refuses a lock file that leaves out optional packages of other systems; `npm install --no-save`
/// installs the same locked versions, checked by the same hashes, and writes neither file.
pub(super) fn install() -> Result {
    if is_current() {
        return Ok(());
    }
    let mut npm = node::npm();
    npm.args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund"]);
    run::logged("npm", npm.env("npm_config_cache", paths::tools().join("npm-cache")))?;
    fs::copy(lock(), installed()).or_fail("note what npm installed")?;
    Ok(())
}

fn is_current() -> bool {
    matches!((fs::read(lock()), fs::read(installed())), (Ok(wanted), Ok(there)) if wanted == there)
}

fn lock() -> PathBuf {
    paths::root().join("package-lock.json")
}

/// Goes away together with what it speaks of.
fn installed() -> PathBuf {
    paths::root().join("node_modules/.installed-from.json")
}
