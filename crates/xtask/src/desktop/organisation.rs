//! An organisation's files for programs of a desktop, where an administrator has them: below `/etc`, and root's.
//!
//! Lanyard takes its word only from that path and only from root, and browsers theirs. So the programs get an `/etc` of their
//! own, in a mount namespace that ends with them: what it says is seen by nobody else, and the machine's own stays as it is.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use super::{Desktop, is_root};
use crate::failure::{OrFail, Result};
use crate::run;
use crate::scratch::make_folder;

/// Which organisation it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Organisation {
    /// It says something of the legacy apps.
    OfApps,
    /// It has browsers connected without a code.
    Codeless,
    /// It names a domain for security keys.
    Keys,
}

/// Run as root. Files of `/etc` may be mounts themselves, which a copy reads and an overlay would not show.
const ENTER: &str = r#"
set -e
umask 022
etc=$1; files=$2; shift 2
mount -t tmpfs tmpfs "$etc"
cp --archive /etc/. "$etc"
rm --recursive --force "$etc/lanyard"
cp --recursive --no-preserve=mode,ownership "$files/." "$etc"
mount --bind "$etc" /etc
exec "$@"
"#;

impl Desktop {
    /// A program inside for which an organisation wrote its files; none where nobody here can be root.
    pub(crate) fn command_in_organisation(
        &self,
        organisation: Organisation,
        program: impl AsRef<OsStr>,
    ) -> Result<Option<Command>> {
        if !run::succeeds(as_root().arg("true")) {
            return Ok(None);
        }
        // Apart from another's: a file that only one of them has would stay.
        let folder = self.home().join(organisation.name());
        let mut writer = self.command("node");
        writer.arg(organisation.writer()).arg(&folder).current_dir(self.stage());
        run::run(&mut writer)?;
        let ids = self.user.ids().or_fail("find out who runs this")?;
        let mut command = with_files(&folder, self.dir(), ids)?;
        // As arguments: sudo lets nobody's environment through.
        command.args(["env", "--ignore-environment"]).args(self.env.iter().map(|(k, v)| format!("{k}={v}")));
        command.arg(program).current_dir(self.home());
        Ok(Some(command))
    }
}

impl Organisation {
    const fn name(self) -> &'static str {
        match self {
            Self::OfApps => "organisation-of-apps",
            Self::Codeless => "codeless-organisation",
            Self::Keys => "organisation-of-keys",
        }
    }

    /// What writes its files into a folder that stands for `/etc`.
    const fn writer(self) -> &'static str {
        match self {
            Self::OfApps => "tests/apps/organisation.ts",
            Self::Codeless => "tests/e2e/codeless-organisation.ts",
            Self::Keys => "tests/e2e/keys-organisation.ts",
        }
    }
}

/// A command, still to be given, as this user and group, who see the files where an administrator has them.
fn with_files(files: &Path, scratch: &Path, (uid, gid): (u32, u32)) -> Result<Command> {
    let etc = scratch.join("etc");
    // What is mounted there ends with the program; the folder stays for the next one.
    if !etc.exists() {
        make_folder(&etc, 0o755)?;
    }
    let mut command = as_root();
    command.args(["sh", "-c", ENTER, "enter"]).args([&etc, files]);
    command.args(["setpriv", &format!("--reuid={uid}"), &format!("--regid={gid}"), "--init-groups"]);
    Ok(command)
}

/// A command, still to be given, as root and with mounts of its own.
fn as_root() -> Command {
    let mut command = Command::new(if is_root() { "unshare" } else { "sudo" });
    if !is_root() {
        command.args(["--non-interactive", "unshare"]);
    }
    command.arg("--mount");
    command
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const NOBODY: (u32, u32) = (65534, 65534);

    #[test]
    #[ignore = "mounts"]
    fn root_only_the_file_is_roots_and_seen_by_one_program_after_another() {
        let scratch = std::env::temp_dir().join(format!("lanyard-organisation-{}", std::process::id()));
        make_folder(&scratch, 0o755).unwrap();
        let files = scratch.join("files");
        fs::create_dir_all(files.join("lanyard")).unwrap();
        fs::write(files.join("lanyard/organisation.json"), "{}").unwrap();
        let before = fs::metadata("/etc/lanyard").is_ok();
        let script = "id -u; cd /etc/lanyard; stat -c '%u %a' . *; cat *; getent passwd 0 | cut -c1-4";
        for _ in 0..2 {
            let mut command = with_files(&files, &scratch, NOBODY).unwrap();
            let said = run::output(command.args(["sh", "-c", script])).unwrap();
            assert_eq!(said, "65534\n0 755\n0 644\n{}root\n");
            assert_eq!(fs::metadata("/etc/lanyard").is_ok(), before);
            assert_eq!(fs::read_dir(scratch.join("etc")).unwrap().count(), 0);
        }
        fs::remove_dir_all(scratch).unwrap();
    }
}
