//! Which browsers Lanyard knows, and where each keeps what.

use std::env;
use std::path::{Path, PathBuf};

use lanyard_protocol::NATIVE_HOST_NAME;
use lanyard_protocol::paths::Paths;
use serde::Serialize;

/// What kind of extension a browser takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Chromium and its kin.
    Chromium,
    /// Firefox and its kin.
    Firefox,
}

/// Where browsers keep what is this person's.
#[derive(Debug, Clone)]
pub struct Places {
    /// The home directory.
    pub home: PathBuf,
    /// The configuration directory.
    pub config: PathBuf,
    /// Lanyard's own directory for what it remembers.
    pub state: PathBuf,
    /// Where programs are looked for.
    pub path: Vec<PathBuf>,
}

impl Places {
    /// As the environment has them.
    pub fn of_this_person() -> Option<Self> {
        let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let home = absolute("HOME")?;
        let config = absolute("XDG_CONFIG_HOME").unwrap_or_else(|| home.join(".config"));
        let state = Paths::of_this_person().ok()?.state;
        let path = env::split_paths(&env::var_os("PATH").unwrap_or_default()).collect();
        Some(Self { home, config, state, path })
    }
}

/// A directory of a person.
enum In {
    Config(&'static str),
    Home(&'static str),
}

impl In {
    fn at(&self, places: &Places) -> PathBuf {
        match self {
            Self::Config(directory) => places.config.join(directory),
            Self::Home(directory) => places.home.join(directory),
        }
    }
}

/// A browser that Lanyard knows.
pub(super) struct Known {
    pub(super) name: &'static str,
    pub(super) family: Family,
    directory: In,
    programs: &'static [&'static str],
    /// Folders of manifests for everybody on this laptop.
    for_all: &'static [&'static str],
    /// It cannot start programs outside its sandbox.
    pub(super) sandboxed: bool,
}

const fn chromium(
    name: &'static str,
    directory: &'static str,
    programs: &'static [&'static str],
    for_all: &'static [&'static str],
) -> Known {
    Known {
        name,
        family: Family::Chromium,
        directory: In::Config(directory),
        programs,
        for_all,
        sandboxed: false,
    }
}

const fn firefox(
    name: &'static str,
    directory: &'static str,
    programs: &'static [&'static str],
    for_all: &'static [&'static str],
) -> Known {
    Known {
        name,
        family: Family::Firefox,
        directory: In::Home(directory),
        programs,
        for_all,
        sandboxed: false,
    }
}

const fn sandboxed(name: &'static str, family: Family, directory: &'static str) -> Known {
    Known { name, family, directory: In::Home(directory), programs: &[], for_all: &[], sandboxed: true }
}

const MOZILLA: &[&str] =
    &["/usr/lib/mozilla/native-messaging-hosts", "/usr/lib64/mozilla/native-messaging-hosts"];

/// Chrome for Developers and MDN, "Native messaging", for Chromium, Chrome and Firefox; the others' own documentation for
/// the rest. Brave and Vivaldi read Chromium's folder for everybody too, but not in every version: theirs is written.
pub(super) const KNOWN: &[Known] = &[
    chromium(
        "Chromium",
        "chromium",
        &["chromium", "chromium-browser"],
        &["/etc/chromium/native-messaging-hosts"],
    ),
    chromium(
        "Google Chrome",
        "google-chrome",
        &["google-chrome", "google-chrome-stable"],
        &["/etc/opt/chrome/native-messaging-hosts"],
    ),
    chromium(
        "Microsoft Edge",
        "microsoft-edge",
        &["microsoft-edge", "microsoft-edge-stable"],
        &["/etc/opt/edge/native-messaging-hosts"],
    ),
    chromium("Brave", "BraveSoftware/Brave-Browser", &["brave-browser", "brave"], &[]),
    chromium("Vivaldi", "vivaldi", &["vivaldi", "vivaldi-stable"], &[]),
    firefox("Firefox", ".mozilla", &["firefox", "firefox-esr"], MOZILLA),
    firefox("LibreWolf", ".librewolf", &["librewolf"], &[]),
    // Zen keeps its profiles in a folder of its own and looks for manifests where Firefox does.
    firefox("Zen", ".mozilla", &["zen", "zen-browser"], MOZILLA),
    sandboxed("Chromium (snap)", Family::Chromium, "snap/chromium"),
    sandboxed("Firefox (snap)", Family::Firefox, "snap/firefox"),
    sandboxed("Brave (snap)", Family::Chromium, "snap/brave"),
    sandboxed("Chromium (flatpak)", Family::Chromium, ".var/app/org.chromium.Chromium"),
    sandboxed("Google Chrome (flatpak)", Family::Chromium, ".var/app/com.google.Chrome"),
    sandboxed("Microsoft Edge (flatpak)", Family::Chromium, ".var/app/com.microsoft.Edge"),
    sandboxed("Brave (flatpak)", Family::Chromium, ".var/app/com.brave.Browser"),
    sandboxed("Vivaldi (flatpak)", Family::Chromium, ".var/app/com.vivaldi.Vivaldi"),
    sandboxed("Firefox (flatpak)", Family::Firefox, ".var/app/org.mozilla.firefox"),
    sandboxed("LibreWolf (flatpak)", Family::Firefox, ".var/app/io.gitlab.librewolf-community"),
    sandboxed("Zen (flatpak)", Family::Firefox, ".var/app/app.zen_browser.zen"),
];

impl Known {
    /// Whether the browser is here: it was used, or its program is found.
    pub(super) fn is_here(&self, places: &Places) -> bool {
        let used = match self.name {
            // Its manifests are in Firefox's folder, which says nothing about it.
            "Zen" => places.home.join(".zen").is_dir(),
            _ => self.directory.at(places).is_dir(),
        };
        used || self
            .programs
            .iter()
            .any(|program| places.path.iter().any(|folder| is_program(folder, program)))
    }

    /// The manifest for this person.
    pub(super) fn manifest(&self, places: &Places) -> PathBuf {
        let folder = match self.family {
            Family::Chromium => "NativeMessagingHosts",
            Family::Firefox => "native-messaging-hosts",
        };
        self.directory.at(places).join(folder).join(file_name())
    }

    /// A mark that the person had the manifest removed.
    pub(super) fn mark(&self, places: &Places) -> PathBuf {
        places.state.join("browsers-left-alone").join(self.name)
    }

    /// The manifests for everybody.
    pub(super) fn manifests_for_all(&self) -> impl Iterator<Item = PathBuf> {
        self.for_all.iter().map(|folder| Path::new(folder).join(file_name()))
    }
}

fn file_name() -> String {
    format!("{NATIVE_HOST_NAME}.json")
}

fn is_program(folder: &Path, program: &str) -> bool {
    folder.join(program).is_file()
}
