//! The folders of a desktop and the environment that points at them.

use std::path::Path;

use super::user::User;
use crate::failure::Result;
use crate::scratch::make_folder;

/// Makes the folders and returns the whole environment of programs inside: an allow-list, so that
/// no bus, display, keyring or setting of the person gets in.
pub(super) fn lay(dir: &Path, user: &User) -> Result<Vec<(String, String)>> {
    make_folder(&dir.join("stage"), 0o755)?;
    for private in [
        "home",
        "home/.config",
        "home/.local",
        "home/.local/share",
        "home/.local/state",
        "home/.cache",
        "run",
    ] {
        make_folder(&dir.join(private), 0o700)?;
        user.own(&dir.join(private))?;
    }
    for kept in ["out", "out/log"] {
        make_folder(&dir.join(kept), 0o755)?;
        user.own(&dir.join(kept))?;
    }
    Ok(environment(dir, user.name()))
}

fn environment(dir: &Path, user: &str) -> Vec<(String, String)> {
    let at = |path: &str| dir.join(path).display().to_string();
    let path = format!("{}:/usr/local/bin:/usr/bin:/bin", at("stage/bin"));
    [
        ("HOME", at("home")),
        ("USER", user.to_owned()),
        ("LOGNAME", user.to_owned()),
        ("SHELL", "/bin/bash".to_owned()),
        ("PATH", path),
        ("LANG", "C.UTF-8".to_owned()),
        ("XDG_CONFIG_HOME", at("home/.config")),
        ("XDG_DATA_HOME", at("home/.local/share")),
        ("XDG_STATE_HOME", at("home/.local/state")),
        ("XDG_CACHE_HOME", at("home/.cache")),
        ("XDG_RUNTIME_DIR", at("run")),
        ("XDG_SESSION_TYPE", "x11".to_owned()),
        ("GDK_BACKEND", "x11".to_owned()),
        ("LANYARD_STAGE", at("stage")),
        ("LANYARD_E2E_OUT", at("out")),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}
