//! What only root can do or see, for a driver that is an ordinary user.
//!
//! Who holds keys is not dumpable: even its own user cannot read its memory, nor how much of it is its own
//! (`/proc/PID/smaps_rollup`). And another user is needed to show that other users are kept out. A driver writes a line to the
//! socket named by `LANYARD_E2E_ROOT` and reads a line: the answer, or `none` where nobody here may do it.
//!
//! | question | answer |
//! |---|---|
//! | `pss PID` | proportional set size in kB |
//! | `search PID HEX…` | how often each of these bytes is in the memory of a program of the desktop's user |
//! | `knock PATH HEX` | root connects to a socket and sends these bytes: how many bytes came back |
//! | `nobody PROGRAM<TAB>ARGUMENT…` | the exit code of a program that runs as nobody, then what it printed |

mod search;

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::{Desktop, is_root};
use crate::failure::{OrFail, Result};

/// User and group of nobody on every Linux.
const NOBODY: u32 = 65534;

/// Whoever is let in answers much sooner.
const KNOCK_TIMEOUT: Duration = Duration::from_secs(3);

/// Answers as long as the desktop lives.
pub(super) fn start(desktop: &mut Desktop) -> Result {
    let path = desktop.dir().join("root");
    let listener = UnixListener::bind(&path).or_fail("listen for what only root can do")?;
    desktop.user.own(&path)?;
    desktop.set("LANYARD_E2E_ROOT", path.display().to_string());
    let (user, _) = desktop.user.ids().or_fail("find out who runs this")?;
    std::thread::spawn(move || {
        for driver in listener.incoming().flatten() {
            let _ = answer(driver, user);
        }
    });
    Ok(())
}

fn answer(mut driver: UnixStream, user: u32) -> io::Result<()> {
    let mut question = String::new();
    BufReader::new(driver.try_clone()?).read_line(&mut question)?;
    let (verb, rest) = question.trim_end().split_once(' ').unwrap_or_default();
    let said = match verb {
        "pss" => rest.parse().ok().and_then(pss).map(|kb| kb.to_string()),
        "search" => search::search(rest, user),
        "knock" if is_root() => knock(rest),
        "nobody" if is_root() => as_nobody(rest).ok(),
        _ => None,
    };
    writeln!(driver, "{}", said.unwrap_or_else(|| "none".into()))
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

fn knock(rest: &str) -> Option<String> {
    let (path, bytes) = rest.split_once(' ')?;
    let mut stream = UnixStream::connect(path).ok()?;
    stream.set_read_timeout(Some(KNOCK_TIMEOUT)).ok()?;
    // Whoever closes at once may do so before this is written.
    let _ = stream.write_all(&search::parse_hex(bytes)?);
    let mut came = [0; 4096];
    let count = match stream.read(&mut came) {
        Ok(count) => count,
        Err(error) if error.kind() == io::ErrorKind::ConnectionReset => 0,
        Err(_) => return None,
    };
    Some(count.to_string())
}

fn as_nobody(line: &str) -> io::Result<String> {
    let mut words = line.split('\t');
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words).env_clear().env("PATH", "/usr/bin:/bin").current_dir("/");
    let out = command.uid(NOBODY).gid(NOBODY).stdin(Stdio::null()).output()?;
    let said = String::from_utf8_lossy(&out.stdout) + String::from_utf8_lossy(&out.stderr);
    Ok(format!("{} {}", out.status.code().unwrap_or(-1), said.replace('\n', " ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(question: &str) -> String {
        let (mut driver, ours) = UnixStream::pair().unwrap();
        writeln!(driver, "{question}").unwrap();
        answer(ours, own_user()).unwrap();
        let mut said = String::new();
        driver.read_to_string(&mut said).unwrap();
        said.trim_end().to_owned()
    }

    fn own_user() -> u32 {
        use std::os::unix::fs::MetadataExt;
        fs::metadata("/proc/self").unwrap().uid()
    }

    #[test]
    fn pss_is_read_and_not_its_kinds() {
        let rollup = "5581-7ffd ---p 00000000 00:00 0 [rollup]\nRss: 900 kB\nPss_Dirty: 1 kB\nPss:  412 kB\n";
        assert_eq!(parse_pss(rollup), Some(412));
        assert_eq!(parse_pss("Rss: 900 kB\n"), None);
    }

    #[test]
    fn own_memory_is_told() {
        let said = ask(&format!("pss {}", std::process::id()));
        assert!(said.parse::<u64>().unwrap() > 0, "{said}");
    }

    #[test]
    fn what_is_not_understood_is_none() {
        for question in ["", "pss", "pss x", "search 1", "search x 00", "dance 1"] {
            assert_eq!(ask(question), "none", "{question}");
        }
    }

    #[test]
    #[ignore = "becomes another user"]
    fn root_only_nobody_is_nobody() {
        assert_eq!(ask("nobody sh\t-c\tid -u; exit 3"), "3 65534");
    }
}
