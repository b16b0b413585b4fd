//! The package as people get it: installed on a clean laptop, used, upgraded, removed.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::count::{self, Count};
use super::laptop::{BROUGHT, Laptop};
use super::{NODE_TEST, counted};
use crate::desktop::is_root;
use crate::failure::{Failure, OrFail, Result};
use crate::package::{self, Options, Packages};
use crate::product::{self, Profile};
use crate::run;
use crate::say::{Steps, say};
use crate::scratch::Scratch;

/// The version that the package is upgraded to.
const NEXT: &str = "999.0.0";

const TEST: &str = "tests/package/package.test.ts";

/// How many headings [`test`] prints.
pub(super) const STEPS: usize = 2 * package::STEPS + 2;

/// Only root can make a laptop's root file system and mount it.
pub(super) fn test(steps: &mut Steps) -> Result<Count> {
    if !is_root() {
        say("  skipped: a laptop to install the package on can only be made by root");
        return Ok(Count { skipped: 1, ..Count::default() });
    }
    steps.next("a laptop to install the package on (minutes, first time)");
    let laptop = Laptop::unpack()?;
    let next = package::make(&Options::default().with_version(NEXT)?, steps)?;
    laptop.bring(&next.deb, "next.deb")?;
    // Nobody is to take these for what is handed out.
    for made_up in [&next.deb, &next.rpm] {
        fs::remove_file(made_up).or_fail(&format!("remove {}", made_up.display()))?;
    }
    let this = package::make(&Options::default(), steps)?;
    laptop.bring(&this.deb, "this.deb")?;
    has_the_same_files(&this)?;

    steps.next("the package on the laptop");
    let scratch = Scratch::make()?;
    let stage = scratch.dir().join("stage");
    product::stage(Profile::Release, &stage)?;
    laptop.bring(&stage, "stage")?;
    let words = [&["node"], NODE_TEST, &[TEST]].concat();
    let mut command = laptop.command(&words);
    let count = counted("the package's tests", &mut command, count::node);
    say(&format!("  pictures and logs: {}", laptop.keep("package-test")?.display()));
    count
}

/// No rpm system is at hand to install the rpm on: it has to hold what the deb holds, where such systems have it.
fn has_the_same_files(packages: &Packages) -> Result {
    let deb = run::output(Command::new("dpkg-deb").arg("--contents").arg(&packages.deb))?;
    let rpm = run::output(Command::new("rpm").args(["--query", "--list", "--package"]).arg(&packages.rpm))?;
    let missing: Vec<String> =
        files_of_deb(&deb).filter(|file| !rpm.lines().any(|line| line == file)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Failure::new(
        format!("the rpm lacks {}", missing.join(", ")),
        format!("compare it with {}", Path::new(BROUGHT).join("this.deb").display()),
    ))
}

/// The files in what `dpkg-deb --contents` prints, where rpm systems have them.
fn files_of_deb(listing: &str) -> impl Iterator<Item = String> {
    let paths = listing.lines().filter_map(|line| line.split_whitespace().nth(5));
    paths
        .filter(|path| !path.ends_with('/'))
        .map(|path| path.trim_start_matches('.').replace("/zsh/vendor-completions/", "/zsh/site-functions/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_is_read_without_folders_and_link_targets() {
        let listing = "\
drwxr-xr-x root/root         0 2026-11-24 20:15 ./usr/bin/
lrwxrwxrwx root/root         0 2026-11-24 20:15 ./usr/bin/lanyard -> ../lib/lanyard/lanyard
-rw-r--r-- root/root         5 2026-11-24 20:15 ./usr/share/zsh/vendor-completions/_lanyard
";
        let files: Vec<String> = files_of_deb(listing).collect();
        assert_eq!(files, ["/usr/bin/lanyard", "/usr/share/zsh/site-functions/_lanyard"]);
    }
}
