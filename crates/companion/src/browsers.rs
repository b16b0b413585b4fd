//! The browsers of this person, and the file that tells each where the native messaging host is.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use lanyard_protocol::{CHROMIUM_EXTENSION_ID, NATIVE_HOST_NAME};
use serde::{Deserialize, Serialize};

/// A browser that Lanyard knows how to reach.
struct Known {
    name: &'static str,
    /// Its directory below the configuration directory.
    directory: &'static str,
    programs: &'static [&'static str],
}

const KNOWN: &[Known] =
    &[Known { name: "Chromium", directory: "chromium", programs: &["chromium", "chromium-browser"] }];

/// A browser that was found here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Its name.
    pub name: &'static str,
    /// Its host manifest.
    pub manifest: PathBuf,
    /// What stands there.
    pub state: ManifestState,
}

/// What stands where a host manifest belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ManifestState {
    /// Nothing.
    Missing,
    /// Ours, and right.
    Installed,
    /// Ours, and out of date.
    Outdated,
    /// Somebody else's; it is left alone.
    Foreign,
}

/// A host manifest could not be written.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    /// A file of another program is in its place.
    #[error("`{0}` belongs to another program")]
    Foreign(PathBuf),
    /// The host is not where it should be.
    #[error("Lanyard's native host is missing at `{0}`")]
    NoHost(PathBuf),
    /// The file system refused.
    #[error("cannot write `{path}`")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl InstallError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Foreign(_) => "look at the file; if you do not need it, remove it and try again",
            Self::NoHost(_) => "install Lanyard again",
            Self::Io { .. } => "check that your disk is not full and that the folder is yours",
        }
    }
}

/// The host manifest (Chrome for Developers, "Native messaging").
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    name: String,
    description: String,
    path: PathBuf,
    #[serde(rename = "type")]
    kind: String,
    allowed_origins: Vec<String>,
}

impl Manifest {
    fn of(host: &Path) -> Self {
        Self {
            name: NATIVE_HOST_NAME.into(),
            description: "Lanyard".into(),
            path: host.into(),
            kind: "stdio".into(),
            allowed_origins: vec![format!("chrome-extension://{CHROMIUM_EXTENSION_ID}/")],
        }
    }
}

/// The native host that was installed beside this program.
pub fn native_host() -> io::Result<PathBuf> {
    Ok(fs::canonicalize(env::current_exe()?)?.with_file_name("lanyard-native-host"))
}

/// The browsers that are here: their directory or their program exists.
pub fn find(host: &Path) -> Vec<Found> {
    let Some(config) = config_directory() else { return Vec::new() };
    let here =
        KNOWN.iter().filter(|known| config.join(known.directory).is_dir() || is_on_path(known.programs));
    here.map(|known| look_at(known, &config, host)).collect()
}

/// Writes the manifest of one browser, unless another program's is there.
pub fn install(found: &Found, host: &Path) -> Result<(), InstallError> {
    if !host.is_file() {
        return Err(InstallError::NoHost(host.into()));
    }
    match found.state {
        ManifestState::Installed => Ok(()),
        ManifestState::Foreign => Err(InstallError::Foreign(found.manifest.clone())),
        ManifestState::Missing | ManifestState::Outdated => {
            write(found, host).map_err(|source| InstallError::Io { path: found.manifest.clone(), source })
        }
    }
}

fn look_at(known: &Known, config: &Path, host: &Path) -> Found {
    let directory = config.join(known.directory).join("NativeMessagingHosts");
    let manifest = directory.join(format!("{NATIVE_HOST_NAME}.json"));
    let state = match fs::read(&manifest) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => ManifestState::Missing,
        Err(_) => ManifestState::Foreign,
        Ok(bytes) => state_of(&bytes, host),
    };
    Found { name: known.name, manifest, state }
}

/// A manifest is ours when it names our host program; anything else is somebody else's.
fn state_of(bytes: &[u8], host: &Path) -> ManifestState {
    match serde_json::from_slice::<Manifest>(bytes) {
        Ok(manifest) if manifest == Manifest::of(host) => ManifestState::Installed,
        Ok(manifest) if manifest.path.file_name() == host.file_name() => ManifestState::Outdated,
        Ok(_) | Err(_) => ManifestState::Foreign,
    }
}

fn write(found: &Found, host: &Path) -> io::Result<()> {
    let bytes = serde_json::to_vec_pretty(&Manifest::of(host)).expect("a manifest is plain data");
    let new = found.manifest.with_extension("json.new");
    fs::create_dir_all(found.manifest.parent().unwrap_or(Path::new("/")))?;
    fs::write(&new, bytes)?;
    fs::rename(&new, &found.manifest)
}

fn config_directory() -> Option<PathBuf> {
    let absolute = |name| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_CONFIG_HOME").or_else(|| absolute("HOME").map(|home| home.join(".config")))
}

fn is_on_path(programs: &[&str]) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|directory| programs.iter().any(|program| directory.join(program).is_file()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here(directory: &Path) -> (Found, PathBuf) {
        let host = directory.join("lanyard-native-host");
        fs::write(&host, "").unwrap();
        (look_at(&KNOWN[0], directory, &host), host)
    }

    #[test]
    fn a_manifest_is_written_and_recognised() {
        let directory = tempfile::tempdir().unwrap();
        let (found, host) = here(directory.path());
        assert_eq!(found.state, ManifestState::Missing);
        install(&found, &host).unwrap();
        assert_eq!(here(directory.path()).0.state, ManifestState::Installed);
    }

    #[test]
    fn one_of_ours_that_is_out_of_date_is_replaced() {
        let directory = tempfile::tempdir().unwrap();
        let (found, host) = here(directory.path());
        write(&found, Path::new("/old/lanyard-native-host")).unwrap();
        let (found, _) = here(directory.path());
        assert_eq!(found.state, ManifestState::Outdated);
        install(&found, &host).unwrap();
        assert_eq!(here(directory.path()).0.state, ManifestState::Installed);
    }

    #[test]
    fn a_strangers_file_is_left_alone() {
        let directory = tempfile::tempdir().unwrap();
        let (found, host) = here(directory.path());
        write(&found, Path::new("/opt/stranger")).unwrap();
        let before = fs::read(&found.manifest).unwrap();
        let (found, _) = here(directory.path());
        assert!(matches!(install(&found, &host), Err(InstallError::Foreign(_))));
        assert_eq!(fs::read(&found.manifest).unwrap(), before);
    }

    #[test]
    fn without_the_host_nothing_is_written() {
        let directory = tempfile::tempdir().unwrap();
        let (found, host) = here(directory.path());
        fs::remove_file(&host).unwrap();
        assert!(matches!(install(&found, &host), Err(InstallError::NoHost(_))));
        assert!(!found.manifest.exists());
    }
}
