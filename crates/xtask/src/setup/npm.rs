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

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn json(name: &str) -> Value {
        serde_json::from_str(&fs::read_to_string(paths::root().join(name)).unwrap()).unwrap()
    }

    #[test]
    fn every_package_is_named_by_its_exact_version() {
        let package = json("package.json");
        for kind in ["dependencies", "devDependencies"] {
            for (name, version) in package[kind].as_object().unwrap() {
                let version = version.as_str().unwrap();
                let parts: Vec<_> = version.split('.').collect();
                let exact = parts.len() == 3 && parts.iter().all(|part| part.parse::<u32>().is_ok());
                assert!(exact, "{name}: {version}");
            }
        }
        let known = ["name", "private", "license", "type", "engines", "dependencies", "devDependencies"];
        assert!(package.as_object().unwrap().keys().all(|key| known.contains(&key.as_str())));
    }

    #[test]
    fn every_locked_package_has_a_hash_and_comes_from_the_registry() {
        for (path, package) in json("package-lock.json")["packages"].as_object().unwrap() {
            if path.is_empty() {
                continue;
            }
            let hash = package["integrity"].as_str();
            assert!(hash.is_some_and(|hash| hash.starts_with("sha512-")), "{path}");
            assert!(package["link"].is_null() && package["resolved"].is_null(), "{path}");
        }
    }

    #[test]
    fn no_package_runs_a_script_when_it_is_installed() {
        let npmrc = fs::read_to_string(paths::root().join(".npmrc")).unwrap();
        assert!(npmrc.lines().any(|line| line == "ignore-scripts=true"));
    }
}
