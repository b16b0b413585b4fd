//! How much memory a program of the desktop uses, for a driver that may not look.
//!
//! Who holds keys is not dumpable, so that even its own user cannot read how much memory is its own
//! (`/proc/PID/smaps_rollup`); root can. A driver writes a process id and a newline to the socket named by
//! `LANYARD_E2E_PSS` and reads the proportional set size in kB, or `none` where nobody here may look.

use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::process::{Command, Stdio};

use super::Desktop;
use crate::failure::{OrFail, Result};

/// Answers as long as the desktop lives.
pub(super) fn start(desktop: &mut Desktop) -> Result {
    let path = desktop.dir().join("pss");
    let listener = UnixListener::bind(&path).or_fail("listen for questions about memory")?;
    desktop.user.own(&path)?;
    desktop.set("LANYARD_E2E_PSS", path.display().to_string());
    std::thread::spawn(move || {
        for driver in listener.incoming().flatten() {
            let _ = answer(driver);
        }
    });
    Ok(())
}

fn answer(driver: UnixStream) -> io::Result<()> {
    let mut question = String::new();
    BufReader::new(driver.try_clone()?).read_line(&mut question)?;
    let pss = question.trim().parse().ok().and_then(pss);
    let mut driver = driver;
    writeln!(driver, "{}", pss.map_or_else(|| "none".to_owned(), |kb| kb.to_string()))
}

/// Proportional set size of a process in kB.
fn pss(pid: u32) -> Option<u64> {
    let path = format!("/proc/{pid}/smaps_rollup");
    let read = fs::read_to_string(&path).ok().or_else(|| read_as_root(&path));
    parse_pss(&read?)
}

fn read_as_root(path: &str) -> Option<String> {
    let mut sudo = Command::new("sudo");
    let out = sudo.args(["-n", "cat", path]).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    out.status.success().then(|| String::from_utf8_lossy(&out.stdout).into_owned())
}

fn parse_pss(rollup: &str) -> Option<u64> {
    rollup.lines().find_map(|line| line.strip_prefix("Pss:"))?.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pss_is_read_and_not_its_kinds() {
        let rollup = "5581-7ffd ---p 00000000 00:00 0 [rollup]\nRss: 900 kB\nPss_Dirty: 1 kB\nPss:  412 kB\n";
        assert_eq!(parse_pss(rollup), Some(412));
        assert_eq!(parse_pss("Rss: 900 kB\n"), None);
    }

    #[test]
    fn own_memory_is_told() {
        let (mut driver, ours) = UnixStream::pair().unwrap();
        writeln!(driver, "{}", std::process::id()).unwrap();
        answer(ours).unwrap();
        let mut said = String::new();
        BufReader::new(driver).read_line(&mut said).unwrap();
        assert!(said.trim().parse::<u64>().unwrap() > 0, "{said}");
    }
}
