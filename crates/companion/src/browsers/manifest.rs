//! The file that tells a browser where the native messaging host is.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use lanyard_protocol::NATIVE_HOST_NAME;
use lanyard_protocol::extension::{CHROMIUM_EXTENSION_ID, FIREFOX_EXTENSION_ID};
use serde::{Deserialize, Serialize};

use super::{Family, ManifestState};

/// The host manifest (Chrome for Developers, "Native messaging"; MDN, "Native manifests").
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    name: String,
    description: String,
    path: PathBuf,
    #[serde(rename = "type")]
    kind: String,
    /// Chromium's kin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    allowed_origins: Option<Vec<String>>,
    /// Firefox's kin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    allowed_extensions: Option<Vec<String>>,
}

impl Manifest {
    pub(super) fn of(family: Family, host: &Path) -> Self {
        let (allowed_origins, allowed_extensions) = match family {
            Family::Chromium => (Some(vec![format!("chrome-extension://{CHROMIUM_EXTENSION_ID}/")]), None),
            Family::Firefox => (None, Some(vec![FIREFOX_EXTENSION_ID.to_owned()])),
        };
        Self {
            name: NATIVE_HOST_NAME.into(),
            description: "Lanyard".into(),
            path: host.into(),
            kind: "stdio".into(),
            allowed_origins,
            allowed_extensions,
        }
    }
}

/// What stands at a path. A manifest is ours when it names our host program; a link, and anything else, is somebody
/// else's.
pub(super) fn state(path: &Path, right: &Manifest) -> ManifestState {
    if path.parent().is_some_and(is_link) {
        return ManifestState::Foreign;
    }
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return ManifestState::Missing,
        Ok(metadata) if metadata.is_file() => {}
        Ok(_) | Err(_) => return ManifestState::Foreign,
    }
    let Ok(bytes) = fs::read(path) else { return ManifestState::Foreign };
    match serde_json::from_slice::<Manifest>(&bytes) {
        Ok(manifest) if manifest == *right => ManifestState::Installed,
        Ok(manifest) if manifest.path.file_name() == right.path.file_name() => ManifestState::Outdated,
        Ok(_) | Err(_) => ManifestState::Foreign,
    }
}

/// Writes a manifest, all or nothing.
pub(super) fn write(path: &Path, manifest: &Manifest) -> io::Result<()> {
    let bytes = serde_json::to_vec_pretty(manifest).expect("a manifest is plain data");
    let new = path.with_extension("json.new");
    fs::create_dir_all(path.parent().unwrap_or(Path::new("/")))?;
    fs::write(&new, bytes)?;
    fs::rename(&new, path)
}

fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink())
}
