//! Building the pages of the window and the extension, when something they are made from has changed.
//!
//! Untouched files stay untouched: cargo embeds the former and would compile the window again.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::failure::{OrFail, Result};
use crate::{node, paths, run};

/// Something made by `FOLDER/build.ts` into `FOLDER/dist`.
struct Part {
    folder: &'static str,
}

const PARTS: &[Part] = &[Part { folder: "ui" }, Part { folder: "extension" }];

/// What every part is made from besides its own folder.
const SHARED: &[&str] =
    &["package-lock.json", "tsconfig.json", "crates/protocol/bindings", "ui/shared", "ui/locales"];

/// Builds what is stale.
pub(crate) fn build() -> Result {
    PARTS.iter().try_for_each(build_part)
}

fn build_part(part: &Part) -> Result {
    let folder = paths::root().join(part.folder);
    let stamp = paths::target().join("web").join(part.folder);
    let sources = || SHARED.iter().map(|shared| paths::root().join(shared)).chain([folder.clone()]);
    let built = folder.join("dist").exists().then(|| modified(&stamp)).flatten();
    if built.is_some_and(|built| !sources().any(|source| is_newer(&source, built))) {
        return Ok(());
    }
    let what = format!("write {}", stamp.display());
    fs::create_dir_all(stamp.parent().expect("the stamp is in a folder")).or_fail(&what)?;
    let _ = fs::remove_file(&stamp);
    // From before the build: what is changed while it runs counts as changed after it.
    let started = SystemTime::now();
    run::run(node::command().arg(folder.join("build.ts")))?;
    File::create(&stamp).and_then(|file| file.set_modified(started)).or_fail(&what)
}

/// Whether a source, or anything below it but build output, was changed after `built`. Folders count for
/// what was removed from them; a part's own folder does not, since its `dist` is removed and made in it.
fn is_newer(source: &Path, built: SystemTime) -> bool {
    let after = |path: &PathBuf| modified(path).is_none_or(|changed| changed > built);
    if source.is_file() {
        return after(&source.to_owned());
    }
    let Ok(entries) = fs::read_dir(source) else { return true };
    let mut inside = entries.flatten().map(|entry| entry.path()).filter(|path| !path.ends_with("dist"));
    inside.any(|path| after(&path) || (path.is_dir() && is_newer(&path, built)))
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn only_a_later_change_outside_the_output_is_newer() {
        let folder = std::env::temp_dir().join(format!("lanyard-web-{}", std::process::id()));
        fs::create_dir_all(folder.join("src/dist")).unwrap();
        let now = SystemTime::now();
        let touch = |path: &str, time| File::create(folder.join(path)).unwrap().set_modified(time).unwrap();
        let hour = Duration::from_hours(1);
        touch("src/dist/made.js", now + 2 * hour);
        touch("src/app.ts", now);
        assert!(!is_newer(&folder, now + hour));
        touch("src/app.ts", now + 2 * hour);
        assert!(is_newer(&folder, now + hour));
        fs::remove_dir_all(&folder).unwrap();
        assert!(is_newer(&folder, now + hour), "a source that is gone");
    }
}
