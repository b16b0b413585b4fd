//! Whether Lanyard starts with the desktop (freedesktop.org, "Desktop Application Autostart Specification").
//!
//! The package puts an entry into the system's folder. A person's own entry of the same name comes before it; one that is
//! hidden turns it off.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const NAME: &str = "lanyard.desktop";
const HIDDEN: &str = "[Desktop Entry]\nType=Application\nName=Lanyard\nHidden=true\n";

/// The entries of the system and of the person.
pub(crate) struct Autostart {
    system: Vec<PathBuf>,
    own: PathBuf,
    program: PathBuf,
}

impl Autostart {
    /// As the environment has it.
    pub(crate) fn of_this_person() -> Option<Self> {
        let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let config =
            absolute("XDG_CONFIG_HOME").or_else(|| absolute("HOME").map(|home| home.join(".config")))?;
        let folders = env::var_os("XDG_CONFIG_DIRS").unwrap_or_else(|| "/etc/xdg".into());
        let system = env::split_paths(&folders).map(|folder| folder.join("autostart").join(NAME)).collect();
        let program = env::current_exe().and_then(fs::canonicalize).ok()?.with_file_name("lanyard-companion");
        Some(Self { system, own: config.join("autostart").join(NAME), program })
    }

    /// Whether Lanyard starts with the desktop.
    pub(crate) fn is_on(&self) -> bool {
        let in_effect = fs::read_to_string(&self.own).ok();
        let in_effect =
            in_effect.or_else(|| self.system.iter().find_map(|path| fs::read_to_string(path).ok()));
        in_effect.is_some_and(|entry| !entry.lines().any(|line| line.trim() == "Hidden=true"))
    }

    /// Turns it on or off.
    pub(crate) fn turn(&self, on: bool) -> io::Result<()> {
        if self.is_on() == on {
            return Ok(());
        }
        let in_the_system = self.system.iter().any(|path| path.is_file());
        match (on, in_the_system) {
            (true, true) | (false, false) => remove(&self.own),
            (true, false) => self.write(&format!(
                "[Desktop Entry]\nType=Application\nName=Lanyard\nExec=\"{}\" --background\n",
                self.program.display()
            )),
            (false, true) => self.write(HIDDEN),
        }
    }

    fn write(&self, entry: &str) -> io::Result<()> {
        fs::create_dir_all(self.own.parent().unwrap_or(Path::new("/")))?;
        let new = self.own.with_extension("desktop.new");
        fs::write(&new, entry)?;
        fs::rename(&new, &self.own)
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_folder(folder: &Path) -> Autostart {
        Autostart {
            system: vec![folder.join("system.desktop")],
            own: folder.join("autostart").join(NAME),
            program: "/usr/lib/lanyard/lanyard-companion".into(),
        }
    }

    #[test]
    fn an_installed_entry_is_hidden_and_shown_again() {
        let folder = tempfile::tempdir().unwrap();
        let autostart = in_folder(folder.path());
        fs::write(&autostart.system[0], "[Desktop Entry]\nExec=lanyard-companion\n").unwrap();
        assert!(autostart.is_on());
        autostart.turn(false).unwrap();
        assert!(!autostart.is_on());
        autostart.turn(true).unwrap();
        assert!(autostart.is_on() && !autostart.own.exists());
    }

    #[test]
    fn without_an_installed_entry_the_person_has_one_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let autostart = in_folder(folder.path());
        assert!(!autostart.is_on());
        autostart.turn(true).unwrap();
        assert!(autostart.is_on());
        assert!(fs::read_to_string(&autostart.own).unwrap().contains("--background"));
        autostart.turn(false).unwrap();
        assert!(!autostart.is_on() && !autostart.own.exists());
    }
}
