//! Who the programs of a desktop run as: the person, or a temporary user where that person is root.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, OrFail, Result};
use crate::run;
use crate::scratch::Scratch;

/// The user of a desktop.
pub(super) struct User {
    name: String,
    /// User and group to become; none where we already are that user.
    ids: Option<(u32, u32)>,
}

impl User {
    /// The person; as root, a user that is made for, and removed with, the scratch folder.
    pub(super) fn make(scratch: &Scratch) -> Result<Self> {
        if !is_root() {
            let name = run::output(Command::new("id").arg("-un"))?;
            return Ok(Self { name: name.trim().to_owned(), ids: None });
        }
        let name = scratch.name().to_owned();
        run::run(
            Command::new("/usr/sbin/useradd")
                .args(["--no-create-home", "--shell", "/bin/bash", "--home-dir"])
                .args([scratch.dir().join("home").as_os_str(), name.as_ref()]),
        )?;
        let passwd = fs::read_to_string("/etc/passwd").or_fail("read /etc/passwd")?;
        let ids = ids_of(&name, &passwd).ok_or_else(|| {
            Failure::new(format!("the user {name} was made and is not there"), "look at /etc/passwd")
        })?;
        Ok(Self { name, ids: Some(ids) })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// User and group.
    pub(super) fn ids(&self) -> io::Result<(u32, u32)> {
        let own = || fs::metadata("/proc/self").map(|own| (own.uid(), own.gid()));
        self.ids.map_or_else(own, Ok)
    }

    /// Lets a program start as this user.
    pub(super) fn run_as(&self, command: &mut Command) {
        if let Some((uid, gid)) = self.ids {
            command.uid(uid).gid(gid);
        }
    }

    /// Gives a file or folder to this user.
    pub(super) fn own(&self, path: &Path) -> Result {
        let Some((uid, gid)) = self.ids else { return Ok(()) };
        std::os::unix::fs::chown(path, Some(uid), Some(gid))
            .or_fail(&format!("change the owner of {}", path.display()))
    }
}

/// Whether we are root.
pub(crate) fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

fn ids_of(name: &str, passwd: &str) -> Option<(u32, u32)> {
    let fields =
        passwd.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|fields| fields[0] == name)?;
    Some((fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWD: &str = "root:x:0:0:root:/root:/bin/bash\nlanyard-1a:x:1007:1008::/tmp/x:/bin/bash\n";

    #[test]
    fn ids_are_read_by_whole_name() {
        assert_eq!(ids_of("lanyard-1a", PASSWD), Some((1007, 1008)));
        assert_eq!(ids_of("lanyard-1", PASSWD), None);
    }
}
