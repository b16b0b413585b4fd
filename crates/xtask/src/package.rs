//! `cargo xtask package`: what is installed and what is handed out, in `target/package`.
//!
//! A deb and an rpm of the programs, and the extension for each browser family: a signed CRX with its update manifest,
//! and an XPI, which are in both packages too. The same commit, key and options give the same bytes on the same system.

mod crx;
mod deb;
mod extension;
mod key;
mod licences;
mod options;
mod rpm;
mod tree;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, OrFail, Result};
use crate::product::{self, Profile};
use crate::say::{Steps, say};
use crate::{paths, run, setup};

pub(crate) use options::Options;
pub(crate) use tree::{PROGRAMS, PROGRAMS_FOLDER};

use extension::Extension;
use key::Key;
use tree::Tree;

/// How many headings [`make`] prints.
pub(crate) const STEPS: usize = 4;

/// What was made.
pub(crate) struct Packages {
    pub(crate) deb: PathBuf,
    pub(crate) rpm: PathBuf,
    /// The folder that a web server can hand out.
    pub(crate) extension: PathBuf,
}

/// What every part of a package needs to know.
struct About<'a> {
    version: &'a str,
    /// Seconds since 1970: the time of every file in the package.
    epoch: &'a str,
    /// Where unfinished things are put.
    work: &'a Path,
}

impl About<'_> {
    /// A command whose output does not depend on when and where it runs.
    fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env("SOURCE_DATE_EPOCH", self.epoch).env("TZ", "UTC").env("LC_ALL", "C");
        command
    }
}

/// Sets up, builds and packs.
pub(crate) fn package(words: &[&str]) -> Result {
    let options = Options::parse(words)?;
    let mut steps = Steps::of(setup::STEPS + STEPS);
    setup::setup(&mut steps, setup::For::Demo)?;
    let packages = make(&options, &mut steps)?;
    for made in [&packages.deb, &packages.rpm, &packages.extension] {
        say(&format!("  {}", made.strip_prefix(paths::root()).unwrap_or(made).display()));
    }
    Ok(())
}

/// Builds and packs.
pub(crate) fn make(options: &Options, steps: &mut Steps) -> Result<Packages> {
    let out = paths::target().join("package");
    let work = out.join("work");
    let _ = fs::remove_dir_all(&work);
    fs::create_dir_all(&work).or_fail(&format!("make {}", work.display()))?;
    let epoch = epoch()?;
    let about = About { version: &options.version, epoch: &epoch, work: &work };

    let key = Key::read(&options.key)?;
    steps.next(&format!("build for the extension {} (minutes, first time)", key.id));
    if options.has_public_key() {
        say("  signed with the development key, which everybody has: a release needs its own, `--key FILE`");
    }
    // The programs that the end-to-end tests drive are the ones that are packed.
    product::build_for(Profile::Release, options.foreign_id(&key))?;

    steps.next("extension");
    let extension = Extension::pack(&about, &key, &options.update_url, &out.join("extension"))?;
    steps.next("deb");
    let deb = deb::build(&about, &Tree::lay(&about, &extension, tree::System::Debian)?, &out)?;
    steps.next("rpm");
    let rpm = rpm::build(&about, &Tree::lay(&about, &extension, tree::System::Fedora)?, &out)?;
    fs::remove_dir_all(&work).or_fail(&format!("remove {}", work.display()))?;
    Ok(Packages { deb, rpm, extension: extension.folder })
}

/// The time of the last commit, unless the environment names another.
fn epoch() -> Result<String> {
    if let Ok(epoch) = std::env::var("SOURCE_DATE_EPOCH") {
        let is_number = !epoch.is_empty() && epoch.bytes().all(|byte| byte.is_ascii_digit());
        return if is_number {
            Ok(epoch)
        } else {
            Err(Failure::new(
                format!("SOURCE_DATE_EPOCH is no number of seconds: {epoch}"),
                "unset it; the time of the last commit is taken then",
            ))
        };
    }
    let mut git = Command::new("git");
    let log = run::output(git.args(["log", "-1", "--format=%ct"]).current_dir(paths::root()))?;
    Ok(log.trim().to_owned())
}
