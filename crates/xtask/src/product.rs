//! Building the product, and laying it out as if it were installed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::failure::{OrFail, Result};
use crate::say::say;
use crate::{cargo, node, paths, run, web};

/// Packages with a program that is shipped, or that the end-to-end tests drive with.
const PACKAGES: &[&str] = &["lanyard-desktop", "lanyard-native-host", "lanyard-cli", "lanyard-tests"];

/// The programs of these packages.
const PROGRAMS: &[&str] = &[
    "lanyard-companion",
    "lanyard-window",
    "lanyard-native-host",
    "lanyard",
    "desktop-driver",
    "bench-vault",
    "device-secret",
];

/// The extension as browsers load it, a folder for each kind.
const EXTENSION: &str = "extension/dist";

/// What the drivers in TypeScript read, from the root of the checkout.
const DRIVERS: &[&str] = &[
    "tests",
    "node_modules",
    "package.json",
    "crates/protocol/bindings",
    // A test that plays a browser speaks through the extension's own channel.
    "extension/src",
    "extension/test/channel-companion.ts",
];

/// How the programs are compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    Debug,
    Release,
}

impl Profile {
    fn folder(self) -> PathBuf {
        paths::target().join(match self {
            Self::Debug => "debug",
            Self::Release => "release",
        })
    }
}

/// Builds everything that is staged; web pages first, since cargo embeds those of the window.
pub(crate) fn build(profile: Profile) -> Result {
    build_for(profile, None)
}

/// The same for the extension with this id in Chromium, where it is not the one in the sources.
pub(crate) fn build_for(profile: Profile, extension_id: Option<&str>) -> Result {
    web::build()?;
    let mut cargo = cargo::quiet_where_nobody_watches("build");
    cargo.args(options(profile));
    if let Some(id) = extension_id {
        cargo.env("LANYARD_CHROMIUM_EXTENSION_ID", id);
    }
    run::run(&mut cargo)
}

/// A build that takes what processors others leave. What it says is said again by [`build`], which has to follow.
pub(crate) struct Beside(Child);

/// Begins to compile while something else is done.
pub(crate) fn build_beside(profile: Profile) -> Result<Beside> {
    web::build()?;
    let cargo = cargo::command();
    let mut nice = Command::new("nice");
    nice.args(["-n", "19"]).arg(cargo.get_program()).arg("build").args(options(profile));
    nice.current_dir(paths::root()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    nice.spawn().map(Beside).map_err(|error| run::not_started(&nice, &error))
}

impl Beside {
    /// Waits until it has ended.
    pub(crate) fn end(mut self) -> Result {
        self.0.wait().or_fail("wait for a build").map(drop)
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn options(profile: Profile) -> Vec<String> {
    let mut options = vec!["--locked".to_owned()];
    if profile == Profile::Release {
        options.extend(["--release".into(), "--config".into(), without_paths()]);
    }
    options.extend(PACKAGES.iter().flat_map(|package| ["--package".to_owned(), (*package).to_owned()]));
    options
}

/// What has the compiler write other names into the programs than those of this machine's folders: where a check fails that
/// cannot fail, they say the file that it is in.
fn without_paths() -> String {
    let flags = folders().map(|(folder, name)| format!("'--remap-path-prefix={}={name}'", folder.display()));
    format!("build.rustflags=[{}]", flags.join(","))
}

/// Folders of this machine that sources are compiled from, and what they are called. The last that fits counts.
pub(crate) fn folders() -> [(PathBuf, &'static str); 4] {
    let home = std::env::home_dir().unwrap_or_default();
    let known =
        |name: &str, usual: &str| std::env::var_os(name).map_or_else(|| home.join(usual), PathBuf::from);
    [
        (known("RUSTUP_HOME", ".rustup"), "/rust"),
        (known("CARGO_HOME", ".cargo"), "/cargo"),
        (paths::root().to_owned(), "/lanyard"),
        (paths::target(), "/target"),
    ]
}

/// Lays out programs, extension, node and drivers in `stage`, for a user who need not be able to read
/// the checkout. What was not built is left out, and said.
pub(crate) fn stage(profile: Profile, stage: &Path) -> Result {
    fs::create_dir_all(stage.join("bin")).or_fail("make the stage")?;
    for program in PROGRAMS {
        put(&profile.folder().join(program), &stage.join("bin").join(program))?;
    }
    put(&paths::root().join(EXTENSION), &stage.join("extension"))?;
    put(&node::program(), &stage.join("bin/node"))?;
    // Not everybody who lays this out drives Firefox.
    if let Some(geckodriver) = cargo::tool("geckodriver") {
        put(&geckodriver, &stage.join("bin/geckodriver"))?;
    }
    DRIVERS.iter().try_for_each(|path| put(&paths::root().join(path), &stage.join(path)))
}

/// A copy that shares its bytes with the original where both are on one file system.
fn put(from: &Path, to: &Path) -> Result {
    if !from.exists() {
        say(&format!("  not there, left out: {}", from.display()));
        return Ok(());
    }
    let folder = to.parent().expect("everything staged is inside the stage");
    fs::create_dir_all(folder).or_fail(&format!("make {}", folder.display()))?;
    let copy = |how: &str| {
        let mut command = Command::new("cp");
        command.args(["--recursive", "--no-dereference", how]).args([from, to]);
        command
    };
    if run::succeeds(&mut copy("--link")) {
        return Ok(());
    }
    let _ = fs::remove_dir_all(to);
    run::run(&mut copy("--preserve=mode"))
}
