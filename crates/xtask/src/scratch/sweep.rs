//! Cleaning up after a scratch folder, whatever ended its use.
//!
//! A second process of xtask, in a process group of its own, holds the reading end of a pipe from the
//! first. When the pipe closes (the work ended, or the first process was interrupted or killed) it
//! stops every program that belongs to the folder and removes the folder's user and the folder. Such a
//! program is one that runs as that user, or whose arguments or environment name the folder.

use std::fs;
use std::io::Read;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::failure::{Failure, OrFail, Result};
use crate::run;

/// The word that makes xtask a sweeper: `xtask sweep DIR USER`.
pub(crate) const COMMAND: &str = "sweep";

/// How long programs may take to end by themselves.
const PATIENCE: Duration = Duration::from_secs(3);

/// The process that waits for the end.
pub(super) struct Sweeper(Child);

impl Sweeper {
    /// To be started before there is anything to clean up.
    pub(super) fn start(dir: &Path, user: &str) -> Result<Self> {
        let own = std::env::current_exe().or_fail("find xtask's own program")?;
        let mut command = Command::new(own);
        command.arg(COMMAND).args([dir.as_os_str(), user.as_ref()]);
        command.stdin(Stdio::piped()).process_group(0);
        command.spawn().map(Self).map_err(|e| run::not_started(&command, &e))
    }

    /// Lets it clean up and waits for it.
    pub(super) fn finish(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// The sweeper's own life: waits until its input ends, then cleans up.
pub(crate) fn sweep(dir: &Path, user: &str) -> Result {
    let name = dir.file_name().and_then(|n| n.to_str()).unwrap_or_default();
    if name.len() < "lanyard-".len() + 8 || name != user {
        return Err(Failure::new("sweep is not for people", "it ends with the command that started it"));
    }
    let mut nothing = Vec::new();
    std::io::stdin().read_to_end(&mut nothing).or_fail("wait for the end")?;
    let made = fs::read_to_string("/etc/passwd")
        .is_ok_and(|p| p.lines().any(|l| l.starts_with(&format!("{user}:"))));
    let uid =
        if made { run::output(Command::new("id").args(["-u", user]))?.trim().parse().ok() } else { None };
    stop_all(|| programs(dir, uid));
    if made {
        let _ = run::succeeds(Command::new("/usr/sbin/userdel").args(["--force", user]));
    }
    if dir.exists() {
        fs::remove_dir_all(dir).or_fail(&format!("remove {}", dir.display()))?;
    }
    Ok(())
}

/// Asks all to end, then ends those that did not.
fn stop_all(programs: impl Fn() -> Vec<u32>) {
    let deadline = Instant::now() + PATIENCE;
    signal("TERM", &programs());
    // No event tells of the end of a process that is not ours.
    while !programs().is_empty() && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(10));
    }
    signal("KILL", &programs());
}

fn signal(signal: &str, pids: &[u32]) {
    if !pids.is_empty() {
        let pids: Vec<String> = pids.iter().map(u32::to_string).collect();
        // The shell's own `kill`: a bare Debian has no other.
        let script = format!("kill -{signal} \"$@\"");
        run::succeeds(Command::new("sh").args(["-c", &script, "kill"]).args(pids));
    }
}

fn programs(dir: &Path, uid: Option<u32>) -> Vec<u32> {
    let own = std::process::id();
    let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
    let pids = entries.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(|&pid| pid != own && belongs(pid, dir, uid)).collect()
}

fn belongs(pid: u32, dir: &Path, uid: Option<u32>) -> bool {
    let proc = Path::new("/proc").join(pid.to_string());
    let named = |file: &str| fs::read(proc.join(file)).is_ok_and(|bytes| names(&bytes, dir));
    // The folder in /proc belongs to root where a process is not dumpable; `status` tells its user.
    let runs_as = |uid| fs::read_to_string(proc.join("status")).is_ok_and(|status| is_alive_as(&status, uid));
    uid.is_some_and(runs_as) || named("cmdline") || named("environ")
}

fn names(bytes: &[u8], dir: &Path) -> bool {
    let dir = dir.as_os_str().as_encoded_bytes();
    bytes.windows(dir.len()).any(|window| window == dir)
}

fn is_alive_as(status: &str, uid: u32) -> bool {
    let field =
        |name: &str| status.lines().find_map(|line| line.strip_prefix(name)?.split_whitespace().next());
    field("Uid:") == Some(uid.to_string().as_str()) && field("State:") != Some("Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_known_by_environment_and_stopped() {
        let dir = std::env::temp_dir().join(format!("lanyard-test-{}", std::process::id()));
        let mut ours = Command::new("sleep").arg("600").env("HOME", dir.join("home")).spawn().unwrap();
        let mut other = Command::new("sleep").arg("600").spawn().unwrap();
        let mut seen = Vec::new();
        // Between fork and exec a child still shows its parent's environment.
        while seen.is_empty() {
            seen = programs(&dir, None);
        }
        assert_eq!(seen, [ours.id()]);
        signal("TERM", &seen);
        assert!(!ours.wait().unwrap().success());
        assert!(other.try_wait().unwrap().is_none(), "a program of somebody else was stopped");
        other.kill().unwrap();
        other.wait().unwrap();
        assert!(programs(&dir, None).is_empty());
    }

    #[test]
    fn users_are_compared_and_zombies_left_out() {
        assert!(is_alive_as("Name:\tx\nState:\tS (sleeping)\nUid:\t1007\t0\t0\t0\n", 1007));
        assert!(!is_alive_as("Name:\tx\nState:\tS (sleeping)\nUid:\t1007\t0\t0\t0\n", 100));
        assert!(!is_alive_as("Name:\tx\nState:\tZ (zombie)\nUid:\t1007\t0\t0\t0\n", 1007));
    }

    #[test]
    fn a_folder_that_is_no_desktops_is_refused() {
        assert!(sweep(Path::new("/home"), "home").is_err());
        assert!(sweep(Path::new("/tmp/lanyard-12345678"), "alice").is_err());
    }
}
