//! Whose work is shipped, and under which licences.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use super::parts::Part;
use crate::failure::{OrFail, Result};

/// How the files with the terms begin that come with a package.
const FILES: &[&str] = &["license", "licence", "copying", "copyright", "notice", "unlicense"];

/// For the folder of the package's documents.
pub(super) struct Licences {
    /// Debian's machine-readable copyright file: who and under what.
    pub(super) copyright: String,
    /// The terms themselves, as they came.
    pub(super) texts: String,
}

impl Licences {
    /// Gathers them from what was fetched.
    pub(super) fn of(parts: &[Part]) -> Result<Self> {
        Ok(Self { copyright: copyright(parts), texts: texts(parts)? })
    }
}

/// <https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/>
fn copyright(parts: &[Part]) -> String {
    let mut text = include_str!("files/copyright").to_owned();
    for part in parts {
        let _ = writeln!(text, "  {} {} ({})", part.name, part.version, part.licence);
    }
    text
}

/// Each text once, below the names of all that came with it.
fn texts(parts: &[Part]) -> Result<String> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for part in parts {
        let name = format!("{} {}", part.name, part.version);
        let own = own_texts(&part.folder)?;
        if own.is_empty() {
            let none = format!("No file of its own; its manifest says: {}\n", part.licence);
            found.entry(none).or_default().push(name.clone());
        }
        for text in own {
            found.entry(text).or_default().push(name.clone());
        }
    }
    let mut sorted: Vec<(Vec<String>, String)> =
        found.into_iter().map(|(text, names)| (names, text)).collect();
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
