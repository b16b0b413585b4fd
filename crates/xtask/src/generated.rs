//! Files in the repository that a program writes: telling when they are stale, and writing them again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, OrFail, Result};
use crate::{cargo, paths, run};

/// One folder that holds generated files and nothing else.
struct Generated {
    folder: &'static str,
    write: fn(&Path) -> Result,
}

const ALL: &[Generated] = &[Generated { folder: "crates/protocol/bindings", write: write_bindings }];

/// The TypeScript types of the wire.
fn write_bindings(folder: &Path) -> Result {
    let mut test = cargo::command();
    test.args(["test", "--quiet", "--locked", "--package", "lanyard-protocol", "--lib", "export_bindings"]);
    run::output(test.env("TS_RS_EXPORT_DIR", folder)).map(|_| ())
}

/// Fails where a file differs from what would be written, is missing, or is not written any more.
pub(crate) fn check() -> Result {
    let mut stale = Vec::new();
    for generated in ALL {
        let fresh = write_afresh(generated)?;
        stale.extend(differing(
            &files(&paths::root().join(generated.folder))?,
            &files(&fresh)?,
            generated.folder,
        ));
    }
    if stale.is_empty() {
        return Ok(());
    }
    Err(Failure::new(
        format!("stale: {}", stale.join(", ")),
        "run `cargo xtask fix` and commit what it writes",
    ))
}

/// Writes all of them again.
pub(crate) fn write() -> Result {
    for generated in ALL {
        let fresh = write_afresh(generated)?;
        let folder = paths::root().join(generated.folder);
        for path in files(&folder)?.keys() {
            fs::remove_file(folder.join(path)).or_fail("remove a generated file")?;
        }
        for (path, bytes) in files(&fresh)? {
            let path = folder.join(path);
            let parent = path.parent().expect("a file is in a folder");
            fs::create_dir_all(parent)
                .and_then(|()| fs::write(&path, bytes))
                .or_fail("write a generated file")?;
        }
    }
    Ok(())
}

fn write_afresh(generated: &Generated) -> Result<PathBuf> {
    let fresh = paths::target().join("generated").join(generated.folder);
    let _ = fs::remove_dir_all(&fresh);
    fs::create_dir_all(&fresh).or_fail(&format!("make {}", fresh.display()))?;
    (generated.write)(&fresh)?;
    Ok(fresh)
}

type Files = BTreeMap<PathBuf, Vec<u8>>;

fn differing(there: &Files, fresh: &Files, folder: &str) -> Vec<String> {
    let changed = fresh.iter().filter(|(path, bytes)| there.get(*path) != Some(bytes)).map(|(path, _)| path);
    let gone = there.keys().filter(|path| !fresh.contains_key(*path));
    changed.chain(gone).map(|path| format!("{folder}/{}", path.display())).collect()
}

/// Every file below a folder, by its path from there.
fn files(folder: &Path) -> Result<Files> {
    let mut found = Files::new();
    collect(folder, folder, &mut found).or_fail(&format!("read {}", folder.display()))?;
    Ok(found)
}

fn collect(folder: &Path, top: &Path, found: &mut Files) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, top, found)?;
        } else {
            found.insert(path.strip_prefix(top).unwrap_or(&path).to_owned(), fs::read(&path)?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> Files {
        files.iter().map(|(path, text)| (PathBuf::from(path), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn equal_trees_are_not_stale() {
        let tree = tree(&[("a.ts", "1"), ("b.ts", "2")]);
        assert!(differing(&tree, &tree, "f").is_empty());
    }

    #[test]
    fn changed_missing_and_left_over_files_are_stale() {
        let there = tree(&[("changed.ts", "1"), ("left-over.ts", "2")]);
        let fresh = tree(&[("changed.ts", "2"), ("missing.ts", "3")]);
        assert_eq!(differing(&there, &fresh, "f"), ["f/changed.ts", "f/missing.ts", "f/left-over.ts"]);
    }
}
