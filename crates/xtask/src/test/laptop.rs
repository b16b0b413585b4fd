//! A clean Debian with a browser and a desktop, to install packages in.
//!
//! Its root file system is made once and kept. What a test does to it is written to a layer above, which is gone
//! afterwards; its mounts and processes are in namespaces of their own and end with it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::desktop::{Desktop, Screen};
use crate::failure::{Failure, OrFail, Result};
use crate::package::{PROGRAMS, PROGRAMS_FOLDER};
use crate::scratch::Scratch;
use crate::setup::system;
use crate::{paths, run};

/// What the laptop is handed out with beside what a desktop needs: a browser, and sudo, with which people install packages.
const PACKAGES: &[&str] = &["chromium", "sudo"];

/// Runs a command in a desktop on the laptop; not for people.
pub(crate) const COMMAND: &str = "inside-laptop";

/// Where the laptop has what the test brings along.
pub(super) const BROUGHT: &str = "/opt/brought";

/// Mounts a root, goes there, and runs a command as root. The mounts end with the namespace.
const ENTER: &str = r#"
set -e
root=$1; layers=$2; shift 2
if [ -n "$layers" ]; then
    mount -t overlay overlay -o "lowerdir=$root,upperdir=$layers/upper,workdir=$layers/work" "$layers/root"
    root=$layers/root
fi
mount --bind "$root" "$root"
mount --rbind /dev "$root/dev"
mount --rbind /sys "$root/sys"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
cp --dereference --remove-destination /etc/resolv.conf /etc/hosts "$root/etc/"
cd "$root"
mkdir -p .before
pivot_root . .before
umount --lazy /.before
rmdir /.before
exec "$@"
"#;

/// A laptop that nobody has used yet.
pub(super) struct Laptop {
    base: PathBuf,
    scratch: Scratch,
}

impl Laptop {
    /// Unpacks it; the first time it is put together, which takes minutes.
    pub(super) fn unpack() -> Result<Self> {
        let laptop = Self { base: base()?, scratch: Scratch::make()? };
        for folder in ["upper", "work", "root"] {
            fs::create_dir_all(laptop.layers().join(folder)).or_fail("make the layers of a laptop")?;
        }
        // Whoever uses the laptop may install packages.
        laptop.write("/etc/sudoers.d/everybody", "ALL ALL=(ALL) NOPASSWD: ALL\n")?;
        laptop.bring(&std::env::current_exe().or_fail("find this program")?, "xtask")?;
        Ok(laptop)
    }

    /// Copies a file or folder to [`BROUGHT`].
    pub(super) fn bring(&self, from: &Path, name: &str) -> Result {
        let folder = self.at(BROUGHT);
        fs::create_dir_all(&folder).or_fail("make a folder on the laptop")?;
        run::run(Command::new("cp").arg("--recursive").args([from, &folder.join(name)]))
    }

    /// Writes a file before the laptop is started.
    pub(super) fn write(&self, path: &str, text: &str) -> Result {
        let path = self.at(path);
        let folder = path.parent().expect("files are in folders");
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, text))
            .or_fail(&format!("write {}", path.display()))
    }

    /// A command that an ordinary person runs in a desktop on the laptop.
    pub(super) fn command(&self, words: &[&str]) -> Command {
        let mut command = enter(&self.base, Some(&self.layers()));
        command.arg(format!("{BROUGHT}/xtask")).args([COMMAND, BROUGHT, "--"]).args(words);
        command.env("CARGO_TARGET_DIR", format!("{BROUGHT}/target"));
        command
    }

    /// Copies what programs left there to `target/NAME`.
    pub(super) fn keep(&self, name: &str) -> Result<PathBuf> {
        let kept = paths::target().join(name);
        let _ = fs::remove_dir_all(&kept);
        let left = self.at(BROUGHT).join("target").join(KEPT);
        run::run(Command::new("cp").arg("--recursive").args([&left, &kept]))?;
        Ok(kept)
    }

    fn layers(&self) -> PathBuf {
        self.scratch.dir().join("layers")
    }

    fn at(&self, path: &str) -> PathBuf {
        self.layers().join("upper").join(path.trim_start_matches('/'))
    }
}

const KEPT: &str = "left";

/// Starts a desktop on the laptop, lays out the drivers and the programs that a package installs, and runs a command.
pub(crate) fn inside(brought: &Path, command: &[String]) -> Result<ExitCode> {
    let (program, arguments) =
        command.split_first().ok_or_else(|| Failure::new("no command given", "give one after --"))?;
    let desktop = Desktop::start(Screen::Memory)?;
    let stage = brought.join("stage/.");
    run::run(Command::new("cp").args(["--recursive", "--no-dereference"]).args([&stage, &desktop.stage()]))?;
    for name in PROGRAMS {
        let link = desktop.stage().join("bin").join(name);
        let _ = fs::remove_file(&link);
        std::os::unix::fs::symlink(Path::new("/").join(PROGRAMS_FOLDER).join(name), &link)
            .or_fail(&format!("make {}", link.display()))?;
    }
    let status = run::status(desktop.command(program).args(arguments).current_dir(desktop.stage()))?;
    desktop.keep(KEPT)?;
    Ok(ExitCode::from(status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1)))
}

/// The root file system of the laptop, complete.
fn base() -> Result<PathBuf> {
    let (base, stamp) = (paths::tools().join("laptop"), paths::tools().join("laptop.packages"));
    let packages = [PACKAGES, system::DESKTOP].concat();
    let wanted = packages.join("\n");
    if base.is_dir() && fs::read_to_string(&stamp).is_ok_and(|there| there == wanted) {
        return Ok(base);
    }
    let (_, _) = (fs::remove_file(&stamp), fs::remove_dir_all(&base));
    fs::create_dir_all(&base).or_fail(&format!("make {}", base.display()))?;
    let mut bootstrap = Command::new("/usr/sbin/debootstrap");
    run::logged("debootstrap", bootstrap.args(["--variant=minbase", "bookworm"]).arg(&base).arg(mirror()?))?;
    // Its packages come from where this system's come from, and none of them starts a service.
    let etc = base.join("etc");
    let _ = fs::remove_file(etc.join("apt/sources.list"));
    for list in SOURCES.iter().filter(|list| Path::new(list).exists()) {
        let to = base.join(list.trim_start_matches('/'));
        fs::copy(list, &to).or_fail(&format!("write {}", to.display()))?;
    }
    let refuse = base.join("usr/sbin/policy-rc.d");
    fs::write(&refuse, "#!/bin/sh\nexit 101\n").or_fail(&format!("write {}", refuse.display()))?;
    run::run(Command::new("chmod").arg("755").arg(&refuse))?;
    run::logged("laptop-update", enter(&base, None).args(["apt-get", "update"]))?;
    let mut install = enter(&base, None);
    install.args(["apt-get", "install", "--yes", "--no-install-recommends"]).args(packages);
    run::logged("laptop-install", &mut install)?;
    fs::write(&stamp, wanted).or_fail("note what the laptop has")?;
    Ok(base)
}

/// Lists of package sources of Debian's own installations, the newer form first.
const SOURCES: [&str; 2] = ["/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list"];

/// The address that this system has its packages from.
fn mirror() -> Result<String> {
    let found = SOURCES.iter().find_map(|list| mirror_in(&fs::read_to_string(list).unwrap_or_default()));
    found.ok_or_else(|| {
        Failure::new(
            "no Debian mirror is named in /etc/apt/sources.list or sources.list.d/debian.sources",
            "name one there",
        )
    })
}

fn mirror_in(list: &str) -> Option<String> {
    list.lines().find_map(|line| {
        let mut words = line.split_whitespace();
        match words.next()? {
            "URIs:" => words.next().map(str::to_owned),
            "deb" => words.find(|word| word.contains("://")).map(str::to_owned),
            _ => None,
        }
    })
}

/// A command, still to be given, as root in a root file system.
fn enter(root: &Path, layers: Option<&Path>) -> Command {
    let mut command = Command::new("unshare");
    command.args(["--mount", "--pid", "--fork", "--kill-child", "sh", "-c", ENTER, "enter"]);
    command.arg(root).arg(layers.unwrap_or(Path::new("")));
    command.env_clear().env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin").env("LANG", "C.UTF-8");
    command.env("DEBIAN_FRONTEND", "noninteractive").current_dir("/");
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirror_is_found_in_either_form() {
        let newer = "Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm\n";
        assert_eq!(mirror_in(newer).as_deref(), Some("http://mirror.example/debian"));
        let older = "# deb http://no.example\ndeb [arch=amd64] http://mirror.example/debian bookworm main\n";
        assert_eq!(mirror_in(older).as_deref(), Some("http://mirror.example/debian"));
        assert_eq!(mirror_in(""), None);
    }
}
