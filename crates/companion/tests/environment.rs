//! Environment variables change no decision about trust: whoever starts a program can set them. Each place in what is
//! shipped that reads one is listed here with what it is for; another one has to be thought about.

use std::fs;
use std::path::{Path, PathBuf};

/// The file, how many reads are in it, and why they decide nothing about trust.
const READS: &[(&str, usize, &str)] = &[
    (
        "crates/companion/src/activity_file.rs",
        1,
        "XDG_DOWNLOAD_DIR and HOME: where an export of the log goes",
    ),
    (
        "crates/companion/src/autostart.rs",
        2,
        "HOME, XDG_CONFIG_*: where the desktop looks for what starts at login",
    ),
    ("crates/companion/src/browsers/known.rs", 2, "HOME, XDG_CONFIG_HOME, PATH: which browsers are here"),
    ("crates/companion/src/certificates.rs", 1, "SSL_CERT_*: taken out before anything reads them"),
    ("crates/companion/src/window.rs", 3, "DISPLAY: whether there is a screen; the window's own from a list"),
    ("crates/companion/src/words.rs", 1, "LC_*, LANG: which language the tray speaks"),
    (
        "crates/protocol/src/paths.rs",
        1,
        "HOME, XDG_*: where files are; whose they are is checked where they are used",
    ),
    ("src-tauri/src/window/mod.rs", 1, "names alone: remote control of the web engine is refused"),
];

/// What reads the environment of a running program.
const READERS: &[&str] =
    &["env::var(", "env::var_os(", "env::vars(", "env::vars_os(", "env::home_dir(", "env::temp_dir("];

/// What is shipped.
const SHIPPED: &[&str] = &[
    "crates/audit",
    "crates/broker",
    "crates/catalog",
    "crates/channel",
    "crates/cli",
    "crates/companion",
    "crates/identity",
    "crates/import",
    "crates/native-host",
    "crates/policy",
    "crates/protocol",
    "crates/vault",
    "src-tauri",
];

#[test]
fn each_place_that_reads_the_environment_is_known() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    for shipped in SHIPPED {
        sources_below(&root.join(shipped).join("src"), &mut |path, text| {
            let reads: usize = READERS.iter().map(|reader| text.matches(reader).count()).sum();
            if reads > 0 {
                let path = path.strip_prefix(&root).unwrap().display().to_string();
                found.push((path, reads));
            }
        });
    }
    found.sort();
    let known: Vec<_> = READS.iter().map(|(path, reads, _)| ((*path).to_owned(), *reads)).collect();
    assert_eq!(found, known);
}

/// Hands on each source without its tests.
fn sources_below(folder: &Path, with: &mut impl FnMut(&Path, &str)) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
        .expect("sources are there");
    entries.sort();
    for path in entries {
        if path.is_dir() && !path.ends_with("tests") {
            sources_below(&path, with);
        } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
            let text = fs::read_to_string(&path).expect("a source is text");
            with(&path, text.split("#[cfg(test)]").next().unwrap_or_default());
        }
    }
}
