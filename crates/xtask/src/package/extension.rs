//! The extension as it is handed out: `lanyard.crx` with `updates.xml` for Chromium and its kin, `lanyard.xpi` for Firefox.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::key::Key;
use super::{About, crx, tree};
use crate::failure::{Failure, OrFail, Result};
use crate::{paths, run};

/// The packed extension.
pub(super) struct Extension {
    /// Where its files are.
    pub(super) folder: PathBuf,
    pub(super) id: String,
}

/// The files, as they are named in `folder`.
pub(super) const FILES: [&str; 3] = ["lanyard.crx", "lanyard.xpi", "updates.xml"];

impl Extension {
    /// Packs what was built for both families.
    pub(super) fn pack(about: &About, key: &Key, update_url: &str, folder: &Path) -> Result<Self> {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).or_fail(&format!("make {}", folder.display()))?;
        let write = |name: &str, bytes: &[u8]| {
            let path = folder.join(name);
            fs::write(&path, bytes).or_fail(&format!("write {}", path.display()))
        };
        let chromium = prepare(about, "chromium", |manifest| {
            let ours = fs::read_to_string(paths::root().join("extension/chromium-key.txt"))
                .or_fail("read extension/chromium-key.txt")?;
            let manifest = replace_one(&manifest, ours.trim(), &key.public_base64()?)?;
            // Where later versions are looked for, whoever installed this one.
            let update = format!("{{\n  \"update_url\": \"{update_url}/updates.xml\",\n");
            replace_one(&format!("\0{manifest}"), "\0{\n", &update)
        })?;
        write("lanyard.crx", &crx::sign(&zip(about, &chromium)?, key)?)?;
        write("updates.xml", update_manifest(&key.id, update_url, about.version).as_bytes())?;
        write("lanyard.xpi", &zip(about, &prepare(about, "firefox", Ok)?)?)?;
        Ok(Self { folder: folder.to_owned(), id: key.id.clone() })
    }
}

/// A copy of a built extension with this version, and with its manifest as `change` leaves it.
fn prepare(about: &About, family: &str, change: impl FnOnce(String) -> Result<String>) -> Result<PathBuf> {
    let built = paths::root().join("extension/dist").join(family);
    let copy = about.work.join(family);
    tree::copy_folder(&built, &copy)?;
    let path = copy.join("manifest.json");
    let manifest = fs::read_to_string(&path).or_fail(&format!("read {}", path.display()))?;
    let version = |version: &str| format!("\n  \"version\": \"{version}\",");
    let manifest = replace_one(&manifest, &version(env!("CARGO_PKG_VERSION")), &version(about.version))?;
    fs::write(&path, change(manifest)?).or_fail(&format!("write {}", path.display()))?;
    tree::settle(about, &copy)?;
    Ok(copy)
}

/// An archive of a folder that depends on names and contents alone.
fn zip(about: &About, folder: &Path) -> Result<Vec<u8>> {
    let archive = folder.with_extension("zip");
    let names: Vec<String> =
        tree::files(folder)?.iter().map(|path| format!("{}\n", path.display())).collect();
    let mut command = about.command("zip");
    command.args(["-X", "-9", "--quiet", "--names-stdin"]).arg(&archive).current_dir(folder);
    let mut child = command.stdin(Stdio::piped()).spawn().map_err(|e| run::not_started(&command, &e))?;
    let written = child.stdin.take().expect("its input is piped").write_all(names.concat().as_bytes());
    let status = child.wait().or_fail("wait for zip")?;
    if written.is_err() || !status.success() {
        return Err(Failure::new(format!("`{}` ended with {status}", run::line(&command)), "see its words"));
    }
    fs::read(&archive).or_fail(&format!("read {}", archive.display()))
}

/// What a browser reads to learn of a newer version (Chrome for Developers, "Update extensions on Linux").
fn update_manifest(id: &str, update_url: &str, version: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='UTF-8'?>\n\
         <gupdate xmlns='http://www.google.com/update2/response' protocol='2.0'>\n\
         \x20 <app appid='{id}'>\n\
         \x20   <updatecheck codebase='{update_url}/lanyard.crx' version='{version}'/>\n\
         \x20 </app>\n\
         </gupdate>\n"
    )
}

/// Replaces what has to be there exactly once.
fn replace_one(text: &str, from: &str, to: &str) -> Result<String> {
    match text.matches(from).count() {
        1 => Ok(text.replace(from, to)),
        count => Err(Failure::new(
            format!("the extension's manifest has `{}` {count} times and not once", from.trim()),
            "see extension/manifest.ts",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_depends_on_names_and_contents_alone() {
        let files = ["b.js", "a/deep.js", "manifest.json", "a.js", "ü.js"];
        let archive = |order: &[usize], age: u64| {
            let work = std::env::temp_dir().join(format!("lanyard-zip-{}-{age}", std::process::id()));
            let folder = work.join(format!("extension-{age}"));
            for index in order {
                let path = folder.join(files[*index]);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, files[*index].repeat(100)).unwrap();
                let made = std::time::UNIX_EPOCH + std::time::Duration::from_secs(age);
                fs::File::options().write(true).open(&path).unwrap().set_modified(made).unwrap();
            }
            let about = About { version: "1.0.0", epoch: "1700000000", work: &work };
            tree::settle(&about, &folder).unwrap();
            let archive = zip(&about, &folder).unwrap();
            fs::remove_dir_all(&work).unwrap();
            archive
        };
        let one = archive(&[0, 1, 2, 3, 4], 1_000_000_000);
        assert!(one == archive(&[4, 2, 3, 1, 0], 1_600_000_001), "another order, folder and age");
    }

    #[test]
    fn what_is_replaced_has_to_be_there_once() {
        assert_eq!(replace_one("a b c", "b", "x").unwrap(), "a x c");
        assert!(replace_one("a b b", "b", "x").is_err());
        assert!(replace_one("a", "b", "x").is_err());
    }
}
