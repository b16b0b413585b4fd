//! A desktop of one's own for a demo or a test: display, session bus, keyring, accessibility, window
//! manager, panel, home. Nothing in it reads or writes what belongs to the person who started it.
//!
//! Started as root, everything in it runs as a temporary unprivileged user. However it ends (return,
//! failure, Ctrl-C, kill), its programs are stopped and its user and files removed: see [`Scratch`].
//!
//! It does not keep other users of the same machine away from its display.

mod bus;
mod files;
mod organisation;
mod panel;
mod root;
mod screen;
mod user;

use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::failure::{OrFail, Result};
use crate::paths;
use crate::run;
use crate::say::say;
use crate::scratch::Scratch;

pub(crate) use organisation::Organisation;
pub(crate) use screen::Screen;
use user::User;
pub(crate) use user::is_root;

/// A running desktop.
pub(crate) struct Desktop {
    scratch: Scratch,
    user: User,
    env: Vec<(String, String)>,
    children: Vec<Child>,
}

impl Desktop {
    /// Starts all of it and returns when every part is ready.
    pub(crate) fn start(screen: Screen) -> Result<Self> {
        let scratch = Scratch::make()?;
        let user = User::make(&scratch)?;
        let env = files::lay(scratch.dir(), &user)?;
        let mut desktop = Self { scratch, user, env, children: Vec::new() };
        if let Err(failure) = desktop.start_parts(screen) {
            let _ = desktop.keep("desktop");
            return Err(failure);
        }
        Ok(desktop)
    }

    fn start_parts(&mut self, screen: Screen) -> Result {
        screen::start(self, screen)?;
        bus::start(self)?;
        panel::start(self)?;
        root::start(self)?;
        if !run::succeeds(self.command("unshare").args(["--user", "true"])) {
            say("  this kernel gives ordinary users no namespaces: Chromium runs without its sandbox");
            self.set("LANYARD_E2E_NO_SANDBOX", "1");
        }
        Ok(())
    }

    /// A program inside: its user, its environment and nothing of ours.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().envs(self.env.iter().map(|(k, v)| (k, v))).current_dir(self.home());
        self.user.run_as(&mut command);
        command
    }

    /// A variable for programs started from here on.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>) {
        self.env.push((name.to_owned(), value.into()));
    }

    /// Files that its programs only read.
    pub(crate) fn stage(&self) -> PathBuf {
        self.dir().join("stage")
    }

    /// Where its programs leave what is to be kept.
    pub(crate) fn out(&self) -> PathBuf {
        self.dir().join("out")
    }

    /// Copies what its programs left to `target/NAME`, in place of what an earlier run left there.
    pub(crate) fn keep(&self, name: &str) -> Result<PathBuf> {
        let kept = paths::target().join(name);
        let _ = fs::remove_dir_all(&kept);
        let folder = kept.parent().expect("kept below the target folder");
        fs::create_dir_all(folder).or_fail(&format!("make {}", folder.display()))?;
        run::run(Command::new("cp").args(["--recursive", "--no-dereference"]).args([&self.out(), &kept]))?;
        Ok(kept)
    }

    /// Another for each desktop.
    pub(crate) fn name(&self) -> &str {
        self.scratch.name()
    }

    fn dir(&self) -> &Path {
        self.scratch.dir()
    }

    fn home(&self) -> PathBuf {
        self.dir().join("home")
    }

    /// The display server, for waiting until somebody closes its window.
    pub(crate) fn take_screen(&mut self) -> Child {
        self.children.remove(0)
    }

    /// A program that lives as long as the desktop; its messages go to a file among the kept ones.
    fn spawn(&mut self, name: &str, command: &mut Command) -> Result<&mut Child> {
        command.process_group(0).stderr(self.log(name)?);
        let child = command.spawn().map_err(|e| run::not_started(command, &e))?;
        self.children.push(child);
        Ok(self.children.last_mut().expect("one was just pushed"))
    }

    fn log(&self, name: &str) -> Result<Stdio> {
        let path = self.out().join("log").join(format!("{name}.log"));
        Ok(File::options()
            .append(true)
            .create(true)
            .open(&path)
            .or_fail(&format!("write {}", path.display()))?
            .into())
    }

    fn runtime_dir(&self) -> &Path {
        Path::new(self.get("XDG_RUNTIME_DIR"))
    }

    fn get(&self, name: &str) -> &str {
        self.env.iter().rev().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        self.scratch.finish();
        for child in &mut self.children {
            let _ = child.wait();
        }
    }
}
