//! `cargo xtask package`: what is installed and what is handed out, in `target/package`.
//!
//! A deb and an rpm of the programs, and the extension for each browser family: a signed CRX with its update manifest,
//! and an XPI, which are in both packages too; and a bill of materials. The same commit, key and options give the same bytes on the same system.

mod crx;
mod deb;
mod extension;
mod key;
mod licences;
mod options;
mod parts;
mod rpm;
mod sbom;
mod tree;

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, OrFail, Result};
use crate::product::{self, Profile};
use crate::say::{Steps, say};
use crate::scratch::Scratch;
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
    /// What they are made of.
    pub(crate) sbom: PathBuf,
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
    for made in [&packages.deb, &packages.rpm, &packages.sbom, &packages.extension] {
        say(&format!("  {}", made.strip_prefix(paths::root()).unwrap_or(made).display()));
    }
    Ok(())
}

/// Builds and packs.
pub(crate) fn make(options: &Options, steps: &mut Steps) -> Result<Packages> {
    let out = paths::target().join("package");
    fs::create_dir_all(&out).or_fail(&format!("make {}", out.display()))?;
    let epoch = epoch()?;
    // Two that are made at once have nothing in common until they are done.
    let scratch = Scratch::make()?;
    let about = About { version: &options.version, epoch: &epoch, work: scratch.dir() };

    let key = Key::read(&options.key)?;
    steps.next(&format!("build for the extension {} (minutes, first time)", key.id));
    if options.has_public_key() {
        say("  signed with the development key, which everybody has: a release needs its own, `--key FILE`");
    }
    // The programs that the end-to-end tests drive are the ones that are packed.
    product::build_for(Profile::Release, options.foreign_id(&key))?;

    steps.next("extension");
    let extension = Extension::pack(&about, &key, &options.update_url, &about.work.join("extension"))?;
    let parts = parts::shipped()?;
    steps.next("deb");
    let deb = deb::build(&about, &Tree::lay(&about, &extension, &parts, tree::System::Debian)?, about.work)?;
    steps.next("rpm");
    let rpm = rpm::build(&about, &Tree::lay(&about, &extension, &parts, tree::System::Fedora)?, about.work)?;
    let bill = about.work.join(format!("lanyard-{}.cdx.json", about.version));
    fs::write(&bill, sbom::sbom(about.version, &parts)).or_fail(&format!("write {}", bill.display()))?;
    Ok(Packages {
        deb: publish(&deb, &out)?,
        rpm: publish(&rpm, &out)?,
        sbom: publish(&bill, &out)?,
        extension: publish(&extension.folder, &out)?,
    })
}

/// Puts a file or folder that is done among what is handed out, in the place of the one before.
fn publish(made: &Path, out: &Path) -> Result<PathBuf> {
    let place = out.join(made.file_name().expect("what is made has a name"));
    let what = format!("write {}", place.display());
    if made.is_dir() {
        let _ = fs::remove_dir_all(&place);
        tree::copy_folder(made, &place)?;
    } else {
        fs::copy(made, &place).or_fail(&what)?;
    }
    Ok(place)
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
