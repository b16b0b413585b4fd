//! Debian packages: which are missing, and installing them.

use std::fs;
use std::io::IsTerminal;
use std::process::Command;

use crate::desktop::is_root;
use crate::failure::{Failure, Result};
use crate::run;

/// What a [`Desktop`](crate::desktop::Desktop), and driving what is on it, needs on Debian 12.
pub(crate) const DESKTOP: &[&str] = &[
    "at-spi2-core",      // the accessibility bus, over which the window is driven
    "dbus-daemon",       // a private session bus
    "fonts-dejavu-core", // letters in window and browser
    "gnome-keyring",     // the Secret Service
    "imagemagick",       // pictures of the whole desktop
    "libglib2.0-bin",    // gdbus
    "lxqt-panel",        // a place for the tray icon
    "openbox",           // the window manager
    "xclip",             // reads the clipboard
    "xdotool",           // keys and clicks
    "xvfb",              // a display without a screen
];

/// What everything else here needs, beyond Rust and build-essential.
const OTHERS: &[&str] = &[
    "age",                   // opens what was exported
    "chromium",              // a browser
    "debootstrap",           // a bare Debian, in which the package is tested
    "dpkg-dev",              // which libraries the package depends on
    "firefox-esr",           // the other browser
    "libwebkit2gtk-4.1-dev", // what the window is built with
    "openssl",               // signs the extension
    "pkg-config",            // finds the libraries of the window
    "python3-pip",           // fetches node, which Debian 12 has too old
    "rpm",                   // the package for Fedora and its kin
    "strace",                // fails and kills what saves into a vault
    "xserver-xephyr",        // the demo's desktop in a window
    "zip",                   // the extension
];

/// All of them, by name.
fn packages() -> Vec<&'static str> {
    let mut packages = [DESKTOP, OTHERS].concat();
    packages.sort_unstable();
    packages
}

/// Fails on systems where the packages have other names.
pub(crate) fn check_release() -> Result {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    if is_supported(&release) {
        return Ok(());
    }
    let name = field(&release, "PRETTY_NAME").unwrap_or("this system");
    let needed = packages().join(" ");
    Err(Failure::needs_person(
        format!("the set-up knows Debian 12, and this is {name}"),
        format!("use Debian 12 (a container will do); elsewhere it would need what Debian calls: {needed}"),
    ))
}

/// The packages that are not installed.
pub(super) fn missing() -> Result<Vec<&'static str>> {
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat", "${Package} ${db:Status-Status}\n"]);
    Ok(missing_from(&run::output(&mut query)?))
}

/// What the heading says about them.
pub(super) fn summary(missing: &[&str]) -> String {
    match missing {
        [] => "system packages: nothing missing".to_owned(),
        some => format!("system packages: {} missing → {}", some.len(), some.join(" ")),
    }
}

/// Installs them: as root, by sudo where it needs no password or can ask for one, else not.
pub(super) fn install(missing: &[&str]) -> Result {
    if missing.is_empty() {
        return Ok(());
    }
    let Some(become_root) = become_root() else {
        return Err(Failure::needs_person(
            "system packages are missing and only root can install them",
            format!(
                "run: sudo apt-get update && sudo apt-get install --yes --no-install-recommends {}",
                missing.join(" ")
            ),
        ));
    };
    let apt = |words: &[&str]| {
        let line: Vec<&str> =
            [become_root, &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"], words].concat();
        let mut command = Command::new(line[0]);
        command.args(&line[1..]);
        command
    };
    if become_root == ["sudo"] {
        // Asks on the terminal; the two below do not show theirs.
        run::run(Command::new("sudo").arg("--validate"))?;
    }
    run::logged("apt-update", &mut apt(&["update"]))?;
    let mut command = apt(&["install", "--yes", "--no-install-recommends"]);
    run::logged("apt-install", command.args(missing))
}

/// What to put before a command so that it runs as root.
fn become_root() -> Option<&'static [&'static str]> {
    if is_root() {
        return Some(&[]);
    }
    if run::succeeds(Command::new("sudo").args(["-n", "true"])) {
        return Some(&["sudo", "-n"]);
    }
    let can_ask = std::io::stdin().is_terminal() && run::succeeds(Command::new("sudo").arg("--version"));
    can_ask.then_some(&["sudo"])
}

fn missing_from(listing: &str) -> Vec<&'static str> {
    let installed = |package: &str| listing.lines().any(|line| line == format!("{package} installed"));
    packages().into_iter().filter(|package| !installed(package)).collect()
}

fn is_supported(release: &str) -> bool {
    field(release, "ID") == Some("debian") && field(release, "VERSION_ID") == Some("12")
}

/// A value of os-release(5).
fn field<'a>(release: &'a str, name: &str) -> Option<&'a str> {
    let value = release.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='))?;
    Some(value.trim_matches(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_debian_12_is_supported() {
        assert!(is_supported(
            "PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID=\"12\"\nID=debian\n"
        ));
        assert!(!is_supported("VERSION_ID=\"13\"\nID=debian\n"));
        assert!(!is_supported("VERSION_ID=\"12\"\nID=fedora\nID_LIKE=debian\n"));
        assert!(!is_supported(""));
    }

    #[test]
    fn packages_are_missing_unless_installed() {
        let all = packages().join(" installed\n") + " installed\n";
        assert_eq!(missing_from(&all), Vec::<&str>::new());
        let removed = all.replace("xvfb installed", "xvfb config-files").replace("chromium installed\n", "");
        assert_eq!(missing_from(&removed), ["chromium", "xvfb"]);
        assert_eq!(missing_from("").len(), packages().len());
    }

    #[test]
    fn headings_name_what_is_missing() {
        assert_eq!(summary(&[]), "system packages: nothing missing");
        assert_eq!(summary(&["openbox", "xvfb"]), "system packages: 2 missing → openbox xvfb");
    }
}
