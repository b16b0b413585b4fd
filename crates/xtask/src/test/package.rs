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
use crate::paths;
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
    for made_up in [&next.deb, &next.rpm, &next.sbom] {
        fs::remove_file(made_up).or_fail(&format!("remove {}", made_up.display()))?;
    }
    let this = package::make(&Options::default(), steps)?;
    laptop.bring(&this.deb, "this.deb")?;
    has_the_same_files(&this)?;
    programs_name_no_folder_of_this_machine()?;
    only_the_window_links_a_web_engine()?;

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

/// What is handed out does not say where it was built.
fn programs_name_no_folder_of_this_machine() -> Result {
    for program in package::PROGRAMS {
        let path = paths::target().join("release").join(program);
        let bytes = fs::read(&path).or_fail(&format!("read {}", path.display()))?;
        for (folder, _) in product::folders() {
            let name = folder.display().to_string();
            if bytes.windows(name.len()).any(|part| part == name.as_bytes()) {
                return Err(Failure::new(
                    format!("{program} names {name}"),
                    format!("see `strings {} | grep {name}`", path.display()),
                ));
            }
        }
    }
    Ok(())
}

/// A web engine in the process with the keys would be attack surface beside them.
fn only_the_window_links_a_web_engine() -> Result {
    for program in package::PROGRAMS {
        let path = paths::target().join("release").join(program);
        let headers = run::output(Command::new("objdump").arg("--private-headers").arg(&path))?;
        let has_one = web_libraries(&headers).next().is_some();
        if has_one != (*program == "lanyard-window") {
            let has = if has_one { "links" } else { "does not link" };
            return Err(Failure::new(format!("{program} {has} a web engine"), "see deny.toml"));
        }
    }
    Ok(())
}

/// Libraries of GTK and its web engine in what objdump says that a program needs.
fn web_libraries(headers: &str) -> impl Iterator<Item = &str> {
    let needed = headers.lines().filter_map(|line| line.trim().strip_prefix("NEEDED"));
    needed.map(str::trim).filter(|name| {
        ["libgtk", "libgdk", "libwebkit", "libjavascript"].iter().any(|begin| name.starts_with(begin))
    })
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
    fn a_web_engine_is_found_among_what_a_program_needs() {
        let said = "Dynamic Section:\n  NEEDED               libgtk-3.so.0\n  NEEDED               libc.so.6\n  SONAME  libgtk-3.so.0\n";
        assert_eq!(web_libraries(said).collect::<Vec<_>>(), ["libgtk-3.so.0"]);
        assert_eq!(web_libraries("  NEEDED               libc.so.6\n").count(), 0);
    }

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
