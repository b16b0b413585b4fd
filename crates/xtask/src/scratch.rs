//! A folder, and maybe a user, that are gone after use however that ended.

pub(crate) mod sweep;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::failure::{OrFail, Result};

/// A new folder for temporary files, removed with every program that still uses it.
pub(crate) struct Scratch {
    name: String,
    dir: PathBuf,
    sweeper: sweep::Sweeper,
}

impl Scratch {
    pub(crate) fn make() -> Result<Self> {
        let uuid = fs::read_to_string("/proc/sys/kernel/random/uuid").or_fail("read a random number")?;
        let name = format!("lanyard-{}", uuid.chars().take(8).collect::<String>());
        let dir = std::env::temp_dir().join(&name);
        let sweeper = sweep::Sweeper::start(&dir, &name)?;
        let scratch = Self { name, dir, sweeper };
        make_folder(&scratch.dir, 0o755)?;
        Ok(scratch)
    }

    /// Also the name of a user that is removed with the folder, where one of that name is made.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Stops its programs and removes it. Dropping does the same.
    pub(crate) fn finish(&mut self) {
        self.sweeper.finish();
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        self.finish();
    }
}

/// Makes a folder with exactly this mode.
pub(crate) fn make_folder(dir: &Path, mode: u32) -> Result {
    let what = format!("make {}", dir.display());
    fs::create_dir(dir).or_fail(&what)?;
    fs::set_permissions(dir, fs::Permissions::from_mode(mode)).or_fail(&what)
}
