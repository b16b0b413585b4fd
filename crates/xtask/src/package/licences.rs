//! Whose work is shipped, and under which licences.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, OrFail, Result};
use crate::{cargo, node, paths, run};

/// Packages with a program that is shipped.
const PACKAGES: &[&str] = &["lanyard-desktop", "lanyard-native-host", "lanyard-cli"];

/// One line for each npm package that ends in the window or the extension: name, version, licence.
const NPM: &str = "
const { packages } = JSON.parse(require('node:fs').readFileSync('package-lock.json', 'utf8'));
for (const [path, { version, license, dev, optional }] of Object.entries(packages))
  if (path && !dev && !optional) console.log([path.replace('node_modules/', ''), version, license].join('\\t'));
";

/// How the files with the terms begin that come with a package.
const FILES: &[&str] = &["license", "licence", "copying", "copyright", "notice", "unlicense"];

/// For the folder of the package's documents.
pub(super) struct Licences {
    /// Debian's machine-readable copyright file: who and under what.
    pub(super) copyright: String,
    /// The terms themselves, as they came.
    pub(super) texts: String,
}

struct Part {
    name: String,
    licence: String,
    folder: PathBuf,
}

impl Licences {
    /// Gathers them from the lock files and from what was fetched.
    pub(super) fn of_what_is_shipped() -> Result<Self> {
        let mut parts = crates()?;
        parts.extend(npm_packages()?);
        Ok(Self { copyright: copyright(&parts), texts: texts(&parts)? })
    }
}

fn crates() -> Result<Vec<Part>> {
    let mut tree = cargo::command();
    tree.args(["tree", "--locked", "--edges", "normal,no-proc-macro", "--prefix", "none"]);
    tree.args(["--format", "{p}\t{l}"]).args(PACKAGES.iter().flat_map(|package| ["--package", package]));
    let sources = registry_sources()?;
    let mut lines: Vec<String> = run::output(&mut tree)?.lines().filter_map(foreign_crate).collect();
    lines.sort();
    lines.dedup();
    Ok(lines
        .iter()
        .filter_map(|line| part(line, |name, version| find(&sources, &format!("{name}-{version}"))))
        .collect())
}

fn npm_packages() -> Result<Vec<Part>> {
    let lines = run::output(node::command().args(["--eval", NPM]))?;
    let folder = |name: &str, _: &str| paths::root().join("node_modules").join(name);
    Ok(lines.lines().filter_map(|line| part(line, folder)).collect())
}

/// `serde v1.0.229<tab>MIT OR Apache-2.0 (*)` without what only the tree needs; none where it is our own.
fn foreign_crate(line: &str) -> Option<String> {
    let (package, licence) = line.trim_end_matches(" (*)").split_once('\t')?;
    let mut words = package.split(' ');
    let (name, version) = (words.next()?, words.next()?.strip_prefix('v')?);
    let is_ours = words.next().is_some_and(|word| word.starts_with("(/"));
    (!is_ours).then(|| format!("{name}\t{version}\t{licence}"))
}

fn part(line: &str, folder: impl FnOnce(&str, &str) -> PathBuf) -> Option<Part> {
    let mut fields = line.split('\t');
    let (name, version, licence) = (fields.next()?, fields.next()?, fields.next()?);
    // Cargo wrote the alternatives with a slash in former times.
    let licence = licence.replace('/', " OR ").replace("  OR  ", " OR ");
    Some(Part { name: format!("{name} {version}"), licence, folder: folder(name, version) })
}

/// <https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/>
fn copyright(parts: &[Part]) -> String {
    let mut text = include_str!("files/copyright").to_owned();
    for part in parts {
        let _ = writeln!(text, "  {} ({})", part.name, part.licence);
    }
    text
}

/// Each text once, below the names of all that came with it.
fn texts(parts: &[Part]) -> Result<String> {
    let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for part in parts {
        let own = own_texts(&part.folder)?;
        if own.is_empty() {
            let none = format!("No file of its own; its manifest says: {}\n", part.licence);
            found.entry(none).or_default().push(&part.name);
        }
        for text in own {
            found.entry(text).or_default().push(&part.name);
        }
    }
    let mut sorted: Vec<(Vec<&str>, String)> = found.into_iter().map(|(text, names)| (names, text)).collect();
    sorted.sort();
    let mut all = include_str!("files/third-party.txt").to_owned();
    for (names, text) in sorted {
        let _ = write!(all, "\n{}\n{}\n\n{}\n", "=".repeat(80), names.join(", "), text.trim_end());
    }
    Ok(all)
}

fn own_texts(folder: &Path) -> Result<Vec<String>> {
    let what = format!("read {}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).or_fail(&what)? {
        let path = entry.or_fail(&what)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        if path.is_file() && FILES.iter().any(|begin| name.starts_with(begin)) {
            paths.push(path);
        }
    }
    paths.sort();
    let read = |path: &PathBuf| fs::read(path).or_fail(&format!("read {}", path.display()));
    paths.iter().map(|path| Ok(String::from_utf8_lossy(&read(path)?).replace('\r', ""))).collect()
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
        let licence = |said: &str| part(&format!("a\t1\t{said}"), |_, _| PathBuf::new()).unwrap().licence;
        assert_eq!(licence("MIT/Apache-2.0"), "MIT OR Apache-2.0");
        assert_eq!(licence("MIT OR Apache-2.0"), "MIT OR Apache-2.0");
    }
}
