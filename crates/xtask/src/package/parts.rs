//! What of other people's work ends in the programs and the extension, by the lock files.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use crate::failure::{Failure, OrFail, Result};
use crate::{cargo, node, paths, run};

/// Packages with a program that is shipped.
const PACKAGES: &[&str] = &["lanyard-desktop", "lanyard-native-host", "lanyard-cli"];

/// One line for each npm package that ends in the window or the extension: name, version, licence, hash in hexadecimal.
const NPM: &str = "
const { packages } = JSON.parse(require('node:fs').readFileSync('package-lock.json', 'utf8'));
const hex = (integrity) => Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex');
for (const [path, { version, license, integrity, dev, optional }] of Object.entries(packages))
  if (path && !dev && !optional)
    console.log([path.replace('node_modules/', ''), version, license, hex(integrity)].join('\\t'));
";

/// Where a part comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Registry {
    Crates,
    Npm,
}

/// A package of somebody else.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) registry: Registry,
    pub(super) name: String,
    pub(super) version: String,
    pub(super) licence: String,
    /// What the lock file wants of it: SHA-256 of a crate, SHA-512 of an npm package, in hexadecimal.
    pub(super) hash: String,
    /// Where it was unpacked.
    pub(super) folder: PathBuf,
}

/// All of them: crates by name, then npm packages.
pub(super) fn shipped() -> Result<Vec<Part>> {
    let mut parts = crates()?;
    parts.extend(npm_packages()?);
    Ok(parts)
}

fn crates() -> Result<Vec<Part>> {
    let mut tree = cargo::command();
    tree.args(["tree", "--locked", "--edges", "normal,no-proc-macro", "--prefix", "none"]);
    tree.args(["--format", "{p}\t{l}"]).args(PACKAGES.iter().flat_map(|package| ["--package", package]));
    let mut lines: Vec<String> = run::output(&mut tree)?.lines().filter_map(foreign_crate).collect();
    lines.sort();
    lines.dedup();
    let lock = fs::read_to_string(paths::root().join("Cargo.lock")).or_fail("read Cargo.lock")?;
    let (checksums, sources) = (checksums(&lock), registry_sources()?);
    let part = |line: &String| {
        let hash = |name: &str, version: &str| checksums.get(&(name, version)).map(ToString::to_string);
        parse(line, Registry::Crates, hash, |name, version| find(&sources, &format!("{name}-{version}")))
    };
    lines.iter().map(|line| part(line).ok_or_else(|| unlocked(line))).collect()
}

fn npm_packages() -> Result<Vec<Part>> {
    let lines = run::output(node::command().args(["--eval", NPM]))?;
    let part = |line: &str| {
        let (line, hash) = line.rsplit_once('\t')?;
        let folder = |name: &str, _: &str| paths::root().join("node_modules").join(name);
        parse(line, Registry::Npm, |_, _| Some(hash.to_owned()), folder)
    };
    lines.lines().map(|line| part(line).ok_or_else(|| unlocked(line))).collect()
}

fn unlocked(line: &str) -> Failure {
    Failure::new(format!("the lock file has no hash of: {line}"), "see where it comes from")
}

/// `serde v1.0.229<tab>MIT OR Apache-2.0 (*)` without what only the tree needs; none where it is our own.
fn foreign_crate(line: &str) -> Option<String> {
    let (package, licence) = line.trim_end_matches(" (*)").split_once('\t')?;
    let mut words = package.split(' ');
    let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
    let is_ours = words.next().is_some_and(|word| word.starts_with("(/"));
    (!is_ours).then(|| format!("{name}\t{version}\t{licence}"))
}

fn parse(
    line: &str,
    registry: Registry,
    hash: impl FnOnce(&str, &str) -> Option<String>,
    folder: impl FnOnce(&str, &str) -> PathBuf,
) -> Option<Part> {
    let mut fields = line.split('\t');
    let (name, version, licence) = (fields.next()?, fields.next()?, fields.next()?);
    Some(Part {
        registry,
        name: name.to_owned(),
        version: version.to_owned(),
        // Cargo wrote the alternatives with a slash in former times.
        licence: licence.replace('/', " OR ").replace("  OR  ", " OR "),
        hash: hash(name, version)?,
        folder: folder(name, version),
    })
}

/// What Cargo.lock says of each package that comes from a registry.
fn checksums(lock: &str) -> HashMap<(&str, &str), &str> {
    let packages = lock.split("[[package]]").skip(1);
    packages
        .filter_map(|package| {
            let value = |name: &str| {
                let line = package.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "))?;
                Some(line.trim_matches('"'))
            };
            Some(((value("name")?, value("version")?), value("checksum")?))
        })
        .collect()
}

/// Where cargo unpacks what it fetches.
fn registry_sources() -> Result<Vec<PathBuf>> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let folder = home.ok_or_else(|| Failure::new("no home directory", "set HOME"))?.join("registry/src");
    let entries = fs::read_dir(&folder).or_fail(&format!("read {}", folder.display()))?;
    Ok(entries.flatten().map(|entry| entry.path()).collect())
}

fn find(sources: &[PathBuf], name: &str) -> PathBuf {
    let mut places = sources.iter().map(|source| source.join(name));
    places.find(|place| place.is_dir()).unwrap_or_else(|| name.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_others_crates_are_listed_and_each_alike() {
        assert_eq!(
            foreign_crate("serde v1.0.229\tMIT OR Apache-2.0 (*)").as_deref(),
            Some("serde\t1.0.229\tMIT OR Apache-2.0")
        );
        assert_eq!(foreign_crate("lanyard-vault v0.1.0 (/src/crates/vault)\tApache-2.0"), None);
        assert_eq!(foreign_crate(""), None);
    }

    #[test]
    fn alternatives_read_alike() {
        let licence = |said: &str| {
            let line = format!("a\t1\t{said}");
            parse(&line, Registry::Crates, |_, _| Some(String::new()), |_, _| PathBuf::new()).unwrap().licence
        };
        assert_eq!(licence("MIT/Apache-2.0"), "MIT OR Apache-2.0");
        assert_eq!(licence("MIT OR Apache-2.0"), "MIT OR Apache-2.0");
    }

    #[test]
    fn checksums_are_read_where_a_package_has_one() {
        let lock = "version = 4\n\n[[package]]\nname = \"a\"\nversion = \"1.0\"\nsource = \"r\"\nchecksum = \"ff\"\n\n\
                    [[package]]\nname = \"ours\"\nversion = \"0.1\"\ndependencies = [\n \"a\",\n]\n";
        let found = checksums(lock);
        assert_eq!(found.get(&("a", "1.0")), Some(&"ff"));
        assert_eq!(found.len(), 1);
    }

    #[test]
    fn what_ends_in_a_product_is_listed_and_what_only_builds_or_tests_it_is_not() {
        let parts = shipped().unwrap();
        let has = |name: &str| parts.iter().any(|part| part.name == name);
        let shipped = ["age", "libsqlite3-sys", "reqwest", "ring", "serde_json", "tauri", "tokio", "zbus"];
        for name in shipped.into_iter().chain(["preact", "uqr", "@tauri-apps/api"]) {
            assert!(has(name), "{name}");
        }
        let others =
            ["proptest", "trybuild", "trycmd", "rcgen", "serde_derive", "tauri-build", "lanyard-vault"];
        for name in others.into_iter().chain(["esbuild", "playwright-core", "typescript", "oidc-provider"]) {
            assert!(!has(name), "{name}");
        }
        // Each of them is locked, by a hash of the length that its registry has.
        for part in &parts {
            let length = if part.registry == Registry::Crates { 64 } else { 128 };
            assert!(
                part.hash.len() == length && part.hash.bytes().all(|byte| byte.is_ascii_hexdigit()),
                "{part:?}"
            );
            assert!(!part.licence.is_empty(), "{part:?}");
        }
    }
}
