//! The browsers of this person, and the file that tells each where the native messaging host is.
//!
//! A file is written only where its browser is, never over one that is not ours, and never through a link: what stands
//! behind a link was put there by somebody else. One that the person had removed is written again only when they ask.

mod known;
mod manifest;

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Serialize;

pub use known::{Family, Places};
use known::{KNOWN, Known};
use manifest::Manifest;

/// A browser that was found here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Its name.
    pub name: &'static str,
    /// What kind of extension it takes.
    pub family: Family,
    /// Its host manifest.
    pub manifest: PathBuf,
    /// What stands there.
    pub state: ManifestState,
    /// A file that is there when the person had the manifest removed.
    #[serde(skip)]
    left_alone: PathBuf,
}

/// What stands where a host manifest belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ManifestState {
    /// Nothing.
    Missing,
    /// Ours, and right.
    Installed,
    /// The package's, for everybody on this laptop, and right.
    InstalledForAll,
    /// Ours, and out of date.
    Outdated,
    /// Somebody else's; it is left alone.
    Foreign,
    /// The browser runs in a sandbox (snap, flatpak) and cannot start programs outside it.
    Sandboxed,
}

/// A host manifest could not be written or removed.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    /// A file of another program is in its place.
    #[error("`{0}` belongs to another program")]
    Foreign(PathBuf),
    /// The host is not where it should be.
    #[error("Lanyard's native host is missing at `{0}`")]
    NoHost(PathBuf),
    /// The browser could not use it.
    #[error("{0} runs in a sandbox and cannot reach Lanyard")]
    Sandboxed(&'static str),
    /// The package's file is not this person's to remove.
    #[error("{0} is told about Lanyard by the package, for everybody on this laptop")]
    ForAll(&'static str),
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
            Self::ForAll(_) => "disconnect the browser in Lanyard's window, or have the package removed",
            Self::Sandboxed(_) => "install the browser from a deb or rpm package instead of snap or flatpak",
            Self::Io { .. } => {
                "check that your disk is not full, and that the folder is yours and can be written to"
            }
        }
    }
}

/// The native host that was installed beside this program.
pub fn native_host() -> io::Result<PathBuf> {
    Ok(fs::canonicalize(env::current_exe()?)?.with_file_name("lanyard-native-host"))
}

/// The browsers that are here: their directory or their program exists.
pub fn find(host: &Path) -> Vec<Found> {
    Places::of_this_person().map_or_else(Vec::new, |places| find_in(&places, host))
}

/// The browsers of these places.
pub fn find_in(places: &Places, host: &Path) -> Vec<Found> {
    KNOWN.iter().filter(|known| known.is_here(places)).map(|known| look_at(known, places, host)).collect()
}

/// Writes the manifest of one browser because the person wants it, unless another program's is there.
pub fn install(found: &Found, host: &Path) -> Result<(), InstallError> {
    write(found, host)?;
    let _ = fs::remove_file(&found.left_alone);
    Ok(())
}

/// Writes the manifest where it is missing or out of date, unless the person had it removed.
pub fn put_right(found: &Found, host: &Path) -> Result<(), InstallError> {
    if found.left_alone.exists() || found.state == ManifestState::Sandboxed {
        return Ok(());
    }
    write(found, host)
}

/// Removes the manifest of one browser, if it is ours, and remembers that the person wanted that.
pub fn uninstall(found: &Found) -> Result<(), InstallError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| InstallError::Io { path, source }
    };
    match found.state {
        ManifestState::Sandboxed => return Ok(()),
        ManifestState::InstalledForAll => return Err(InstallError::ForAll(found.name)),
        ManifestState::Foreign => return Err(InstallError::Foreign(found.manifest.clone())),
        ManifestState::Missing => {}
        ManifestState::Installed | ManifestState::Outdated => {
            fs::remove_file(&found.manifest).map_err(failed(&found.manifest))?;
        }
    }
    let folder = found.left_alone.parent().unwrap_or(Path::new("/"));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&found.left_alone, b""))
        .map_err(failed(&found.left_alone))
}

fn write(found: &Found, host: &Path) -> Result<(), InstallError> {
    if !host.is_file() {
        return Err(InstallError::NoHost(host.into()));
    }
    match found.state {
        ManifestState::Installed | ManifestState::InstalledForAll => Ok(()),
        ManifestState::Foreign => Err(InstallError::Foreign(found.manifest.clone())),
        ManifestState::Sandboxed => Err(InstallError::Sandboxed(found.name)),
        ManifestState::Missing | ManifestState::Outdated => {
            manifest::write(&found.manifest, &Manifest::of(found.family, host))
                .map_err(|source| InstallError::Io { path: found.manifest.clone(), source })
        }
    }
}

fn look_at(known: &Known, places: &Places, host: &Path) -> Found {
    let manifest = known.manifest(places);
    let right = Manifest::of(known.family, host);
    let own = if known.sandboxed { ManifestState::Sandboxed } else { manifest::state(&manifest, &right) };
    let for_all =
        || known.manifests_for_all().any(|path| manifest::state(&path, &right) == ManifestState::Installed);
    let state = if own == ManifestState::Missing && for_all() { ManifestState::InstalledForAll } else { own };
    Found { name: known.name, family: known.family, manifest, state, left_alone: known.mark(places) }
}

#[cfg(test)]
mod tests;
