//! Where Lanyard keeps its files: the XDG base directories, and on Windows the person's local folder, so that two people, or
//! two tests, with different homes never meet.

use std::env;
#[cfg(unix)]
use std::fs;
use std::path::{Path, PathBuf};

/// The directories of one person.
#[derive(Debug, Clone)]
pub struct Paths {
    /// Vault and activity log.
    pub data: PathBuf,
    /// Settings, e.g. which provider to sign in to.
    pub config: PathBuf,
    /// The companion's log.
    pub state: PathBuf,
    /// Socket and lock of the running companion.
    pub runtime: PathBuf,
}

/// There is no home directory to keep files in.
#[derive(Debug, thiserror::Error)]
#[error("the environment names no home directory")]
pub struct NoHome;

impl Paths {
    /// The directories of the person who runs this program.
    pub fn of_this_person() -> Result<Self, NoHome> {
        let variable = |name: &str| env::var_os(name).map(PathBuf::from);
        #[cfg(unix)]
        return Self::from_environment(variable, is_own);
        #[cfg(windows)]
        return Self::from_environment(variable);
    }

    #[cfg(unix)]
    fn from_environment(
        variable: impl Fn(&str) -> Option<PathBuf>,
        is_own: impl Fn(&Path) -> bool,
    ) -> Result<Self, NoHome> {
        // The XDG specification: a relative path is to be ignored.
        let absolute = |name: &str| variable(name).filter(|path| path.is_absolute());
        let home = absolute("HOME").ok_or(NoHome)?;
        let under = |name: &str, fallback: &str| {
            absolute(name).unwrap_or_else(|| home.join(fallback)).join("lanyard")
        };
        let data = under("XDG_DATA_HOME", ".local/share");
        // The same specification: it has to be owned by the user. Elsewhere others could be there first.
        let runtime = match absolute("XDG_RUNTIME_DIR").filter(|directory| is_own(directory)) {
            // One runtime directory can serve several homes: the name tells them apart.
            Some(directory) => directory.join(format!("lanyard-{:016x}", fingerprint(&data))),
            None => data.join("run"),
        };
        Ok(Self {
            config: under("XDG_CONFIG_HOME", ".config"),
            state: under("XDG_STATE_HOME", ".local/state"),
            data,
            runtime,
        })
    }

    /// Nothing of it may roam to another computer, whose keychain does not have the key.
    #[cfg(windows)]
    fn from_environment(variable: impl Fn(&str) -> Option<PathBuf>) -> Result<Self, NoHome> {
        let local = variable("LOCALAPPDATA").filter(|path| path.is_absolute()).ok_or(NoHome)?;
        let data = local.join("Lanyard");
        Ok(Self { config: data.join("config"), state: data.join("state"), runtime: data.join("run"), data })
    }

    /// The companion's socket.
    pub fn socket(&self) -> PathBuf {
        self.runtime.join("companion.sock")
    }

    /// The file whose lock the running companion holds.
    pub fn lock(&self) -> PathBuf {
        self.runtime.join("companion.lock")
    }

    /// A mark that the person quit Lanyard: browsers leave it alone until the person opens it again, or logs in again.
    pub fn quit_mark(&self) -> PathBuf {
        self.runtime.join("quit")
    }

    /// Whether the person quit Lanyard.
    pub fn was_quit(&self) -> bool {
        self.quit_mark().exists()
    }
}

#[cfg(unix)]
fn is_own(directory: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    fs::symlink_metadata(directory)
        .is_ok_and(|found| found.is_dir() && found.uid() == rustix::process::geteuid().as_raw())
}

/// FNV-1a: short, stable and good enough to tell paths apart. No trust hangs on it.
pub(crate) fn fingerprint(path: &Path) -> u64 {
    path.as_os_str().as_encoded_bytes().iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn paths(variables: &[(&str, &str)]) -> Result<Paths, NoHome> {
        let variable =
            |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into());
        Paths::from_environment(variable, |directory| directory != Path::new("/run/user/2"))
    }

    #[test]
    fn without_xdg_variables_everything_is_under_home() {
        let paths = paths(&[("HOME", "/home/alice")]).unwrap();
        assert_eq!(paths.data, Path::new("/home/alice/.local/share/lanyard"));
        assert_eq!(paths.config, Path::new("/home/alice/.config/lanyard"));
        assert_eq!(paths.socket(), Path::new("/home/alice/.local/share/lanyard/run/companion.sock"));
    }

    #[test]
    fn two_homes_that_share_a_runtime_directory_have_two_sockets() {
        let alice = paths(&[("HOME", "/home/alice"), ("XDG_RUNTIME_DIR", "/run/user/1")]).unwrap();
        let bob = paths(&[("HOME", "/home/bob"), ("XDG_RUNTIME_DIR", "/run/user/1")]).unwrap();
        assert_ne!(alice.socket(), bob.socket());
    }

    #[test]
    fn a_runtime_directory_of_somebody_else_counts_as_unset() {
        let paths = paths(&[("HOME", "/home/alice"), ("XDG_RUNTIME_DIR", "/run/user/2")]).unwrap();
        assert_eq!(paths.runtime, Path::new("/home/alice/.local/share/lanyard/run"));
    }

    #[test]
    fn only_a_directory_of_one_s_own_is_own() {
        let own = tempfile::tempdir().unwrap();
        let link = own.path().join("link");
        std::os::unix::fs::symlink(own.path(), &link).unwrap();
        assert!(is_own(own.path()));
        assert!(!is_own(&link) && !is_own(&own.path().join("none")));
        assert_eq!(is_own(Path::new("/proc")), rustix::process::geteuid().is_root());
    }

    #[test]
    fn a_relative_variable_counts_as_unset() {
        let paths = paths(&[("HOME", "/home/alice"), ("XDG_DATA_HOME", "data")]).unwrap();
        assert_eq!(paths.data, Path::new("/home/alice/.local/share/lanyard"));
    }

    #[test]
    fn no_home_is_an_error() {
        assert!(paths(&[("XDG_RUNTIME_DIR", "/run/user/1")]).is_err());
    }
}
