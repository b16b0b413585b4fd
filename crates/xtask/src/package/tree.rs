//! The files as they are installed, laid out in a folder.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::extension::{self, Extension};
use super::licences::Licences;
use super::parts::Part;
use super::sbom::sbom;
use super::{About, options};
use crate::failure::{Failure, OrFail, Result};
use crate::{paths, run};

/// Where the programs are: beside each other, where each finds the others.
pub(crate) const PROGRAMS_FOLDER: &str = "usr/lib/lanyard";

pub(crate) const PROGRAMS: &[&str] =
    &["lanyard-companion", "lanyard-window", "lanyard-native-host", "lanyard"];

const DOCUMENTS: &str = "usr/share/doc/lanyard";

const MANIFEST: &str = "lanyard.native_host.json";

/// Where browsers look for host manifests of everybody on the laptop.
const CHROMIUM_HOSTS: &[&str] = &[
    "etc/chromium/native-messaging-hosts",
    "etc/opt/chrome/native-messaging-hosts",
    "etc/opt/edge/native-messaging-hosts",
];

/// Whose habits the tree follows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum System {
    Debian,
    Fedora,
}

impl System {
    const fn name(self) -> &'static str {
        match self {
            Self::Debian => "debian",
            Self::Fedora => "fedora",
        }
    }

    const fn firefox_hosts(self) -> &'static [&'static str] {
        match self {
            Self::Debian => &["usr/lib/mozilla/native-messaging-hosts"],
            Self::Fedora => {
                &["usr/lib/mozilla/native-messaging-hosts", "usr/lib64/mozilla/native-messaging-hosts"]
            }
        }
    }

    const fn zsh_completions(self) -> &'static str {
        match self {
            Self::Debian => "usr/share/zsh/vendor-completions",
            Self::Fedora => "usr/share/zsh/site-functions",
        }
    }
}

/// A tree that is complete.
pub(super) struct Tree {
    pub(super) root: PathBuf,
}

impl Tree {
    /// Lays out everything.
    pub(super) fn lay(about: &About, extension: &Extension, parts: &[Part], system: System) -> Result<Self> {
        let tree = Self { root: about.work.join(system.name()) };
        tree.put_programs()?;
        tree.put_desktop_files()?;
        tree.put_extension(extension)?;
        tree.put_host_manifests(about, extension, system)?;
        tree.put_completions(system)?;
        tree.put_manual(about)?;
        tree.put_documents(about, parts)?;
        settle(about, &tree.root)?;
        Ok(tree)
    }

    /// Its files, each from the root of the system, in order.
    pub(super) fn files(&self) -> Result<Vec<PathBuf>> {
        files(&self.root)
    }

    pub(super) fn programs(&self) -> impl Iterator<Item = PathBuf> {
        PROGRAMS.iter().map(|program| self.root.join(PROGRAMS_FOLDER).join(program))
    }

    fn put_programs(&self) -> Result {
        for program in PROGRAMS {
            self.copy(
                &paths::target().join("release").join(program),
                &format!("{PROGRAMS_FOLDER}/{program}"),
            )?;
        }
        let link = self.root.join("usr/bin/lanyard");
        make_folder_of(&link)?;
        std::os::unix::fs::symlink("../lib/lanyard/lanyard", &link)
            .or_fail(&format!("make {}", link.display()))
    }

    fn put_desktop_files(&self) -> Result {
        self.write("usr/share/applications/lanyard.desktop", include_str!("files/lanyard.desktop"))?;
        self.write("etc/xdg/autostart/lanyard.desktop", include_str!("files/autostart.desktop"))?;
        let icons = paths::root().join("src-tauri/icons");
        for size in ["32x32", "128x128", "256x256"] {
            let icon = format!("usr/share/icons/hicolor/{size}/apps/lanyard.png");
            self.copy(&icons.join(format!("{size}.png")), &icon)?;
        }
        self.copy(&icons.join("icon.svg"), "usr/share/icons/hicolor/scalable/apps/lanyard.svg")
    }

    fn put_extension(&self, extension: &Extension) -> Result {
        for file in extension::FILES {
            self.copy(&extension.folder.join(file), &format!("{}/{file}", &options::INSTALLED[1..]))?;
        }
        Ok(())
    }

    /// What `lanyard browsers install` writes for a person, for everybody: the program itself writes them, for a home
    /// that has both families of browsers.
    fn put_host_manifests(&self, about: &About, extension: &Extension, system: System) -> Result {
        let home = about.work.join("home");
        let (chromium, firefox) = (home.join(".config/chromium"), home.join(".mozilla"));
        for folder in [&chromium, &firefox] {
            fs::create_dir_all(folder).or_fail(&format!("make {}", folder.display()))?;
        }
        run::output(self.lanyard(about).args(["browsers", "install"]))?;
        let manifest = |path: PathBuf| -> Result<String> {
            let written = fs::read_to_string(&path).or_fail(&format!("read {}", path.display()))?;
            Ok(written.replace(&format!("{}/usr/", self.root.display()), "/usr/"))
        };
        let chromium = manifest(chromium.join("NativeMessagingHosts").join(MANIFEST))?;
        let firefox = manifest(firefox.join("native-messaging-hosts").join(MANIFEST))?;
        if !chromium.contains(&format!("chrome-extension://{}/", extension.id)) {
            return Err(Failure::new(
                format!("the programs were built for another extension than {}", extension.id),
                "see CHROMIUM_EXTENSION_ID in crates/protocol/src/extension.rs",
            ));
        }
        CHROMIUM_HOSTS
            .iter()
            .try_for_each(|folder| self.write(&format!("{folder}/{MANIFEST}"), &chromium))?;
        let folders = system.firefox_hosts();
        folders.iter().try_for_each(|folder| self.write(&format!("{folder}/{MANIFEST}"), &firefox))?;
        fs::remove_dir_all(&home).or_fail(&format!("remove {}", home.display()))
    }

    fn put_completions(&self, system: System) -> Result {
        let zsh = format!("{}/_lanyard", system.zsh_completions());
        for (shell, path) in [
            ("bash", "usr/share/bash-completion/completions/lanyard"),
            ("zsh", &zsh),
            ("fish", "usr/share/fish/vendor_completions.d/lanyard.fish"),
        ] {
            let mut lanyard = Command::new(self.root.join(PROGRAMS_FOLDER).join("lanyard"));
            self.write(path, &run::output(lanyard.args(["completions", shell]))?)?;
        }
        Ok(())
    }

    fn put_manual(&self, about: &About) -> Result {
        let folder = self.root.join("usr/share/man/man1");
        run::output(self.lanyard(about).args(["man", "--out"]).arg(&folder))?;
        let pages = files(&folder)?;
        run::run(Command::new("gzip").args(["-9", "--no-name"]).args(pages).current_dir(&folder))
    }

    fn put_documents(&self, about: &About, parts: &[Part]) -> Result {
        let licences = Licences::of(parts)?;
        self.write(&format!("{DOCUMENTS}/copyright"), &licences.copyright)?;
        let texts = format!("{DOCUMENTS}/third-party-licences.txt");
        self.write(&texts, &licences.texts)?;
        let bill = format!("{DOCUMENTS}/sbom.cdx.json");
        self.write(&bill, &sbom(about.version, parts))?;
        let files = [texts, bill].map(|file| self.root.join(file));
        run::run(Command::new("gzip").args(["-9", "--no-name"]).args(files))
    }

    /// The packed command, for a home of its own.
    fn lanyard(&self, about: &About) -> Command {
        let mut command = Command::new(self.root.join(PROGRAMS_FOLDER).join("lanyard"));
        command.env_clear().env("HOME", about.work.join("home")).env("XDG_RUNTIME_DIR", about.work);
        command
    }

    fn copy(&self, from: &Path, to: &str) -> Result {
        let to = self.root.join(to);
        make_folder_of(&to)?;
        fs::copy(from, &to).map(|_| ()).or_fail(&format!("copy {}", from.display()))
    }

    fn write(&self, path: &str, text: &str) -> Result {
        let path = self.root.join(path);
        make_folder_of(&path)?;
        fs::write(&path, text).or_fail(&format!("write {}", path.display()))
    }
}

/// Gives every file and folder the mode and the time that it has in a package.
pub(super) fn settle(about: &About, folder: &Path) -> Result {
    for path in walk(folder)? {
        let path = folder.join(path);
        if !path.is_symlink() {
            let mode = if path.is_dir() || is_program(&path) { 0o755 } else { 0o644 };
            fs::set_permissions(&path, fs::Permissions::from_mode(mode))
                .or_fail(&format!("set the mode of {}", path.display()))?;
        }
    }
    let mut touch = about.command("find");
    touch.arg(folder).args(["-exec", "touch", "--no-dereference", "--date", &format!("@{}", about.epoch)]);
    run::run(touch.args(["{}", "+"]))
}

/// Every file and link below a folder, by its path from there, in order.
pub(super) fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = walk(folder)?;
    files.retain(|path| {
        let path = folder.join(path);
        path.is_symlink() || path.is_file()
    });
    Ok(files)
}

pub(super) fn copy_folder(from: &Path, to: &Path) -> Result {
    if !from.is_dir() {
        return Err(Failure::new(
            format!("{} is not there", from.display()),
            "see what extension/build.ts says",
        ));
    }
    run::run(Command::new("cp").args(["--recursive", "--no-dereference"]).args([from, to]))
}

fn is_program(path: &Path) -> bool {
    path.parent().is_some_and(|folder| folder.ends_with(PROGRAMS_FOLDER))
}

fn walk(folder: &Path) -> Result<Vec<PathBuf>> {
    fn collect(folder: &Path, top: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() && !path.is_symlink() {
                collect(&path, top, found)?;
            }
            found.push(path.strip_prefix(top).unwrap_or(&path).to_owned());
        }
        Ok(())
    }
    let mut found = Vec::new();
    collect(folder, folder, &mut found).or_fail(&format!("read {}", folder.display()))?;
    found.sort();
    Ok(found)
}

fn make_folder_of(path: &Path) -> Result {
    let folder = path.parent().expect("every file is in a folder");
    fs::create_dir_all(folder).or_fail(&format!("make {}", folder.display()))
}
