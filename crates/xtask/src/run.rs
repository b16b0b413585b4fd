//! Running programs: to the end, for their output, or only to see whether they succeed.

use std::fs::{self, File};
use std::process::{Command, ExitStatus, Stdio};

use crate::failure::{Failure, OrFail, Result};
use crate::paths;

/// Runs to the end with our own input and output; anything but success is a failure.
pub(crate) fn run(command: &mut Command) -> Result {
    let status = status(command)?;
    if status.success() { Ok(()) } else { Err(failed(command, status)) }
}

/// Runs to the end with everything it prints in `target/log/NAME.log`; on a failure the end of that is shown.
pub(crate) fn logged(name: &str, command: &mut Command) -> Result {
    let folder = paths::target().join("log");
    let path = folder.join(format!("{name}.log"));
    let what = format!("write {}", path.display());
    fs::create_dir_all(&folder).or_fail(&what)?;
    let log = File::create(&path).or_fail(&what)?;
    command.stdin(Stdio::null()).stderr(log.try_clone().or_fail(&what)?).stdout(log);
    let status = status(command)?;
    if status.success() {
        return Ok(());
    }
    let log = fs::read_to_string(&path).unwrap_or_default();
    eprintln!("{}", last_lines(&log, 30));
    Err(Failure::new(
        format!("`{}` ended with {status}", line(command)),
        format!("all it said is in {}", path.display()),
    ))
}

/// How a program ended, with our own input and output.
pub(crate) fn status(command: &mut Command) -> Result<ExitStatus> {
    command.status().map_err(|e| not_started(command, &e))
}

/// Standard output of a program that succeeded.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let out = command.stderr(Stdio::inherit()).output().map_err(|e| not_started(command, &e))?;
    if !out.status.success() {
        return Err(failed(command, out.status));
    }
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}

/// Whether a program can be started and succeeds; it prints nothing.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|s| s.success())
}

/// The command line as a person would type it.
pub(crate) fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

pub(crate) fn not_started(command: &Command, error: &std::io::Error) -> Failure {
    Failure::new(
        format!("cannot start `{}`: {error}", command.get_program().to_string_lossy()),
        "`cargo xtask setup` installs what is missing",
    )
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

fn failed(command: &Command, status: ExitStatus) -> Failure {
    Failure::new(format!("`{}` ended with {status}", line(command)), "its own messages are above")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn success_is_no_failure() {
        assert!(run(&mut Command::new("true")).is_ok());
        assert_eq!(output(Command::new("echo").arg("here")).unwrap(), "here\n");
    }

    #[test]
    fn failure_names_the_command() {
        let failure = run(Command::new("sh").args(["-c", "exit 3"])).unwrap_err().to_string();
        assert!(failure.contains("`sh -c exit 3` ended with exit status: 3"), "{failure}");
    }

    #[test]
    fn the_end_of_a_long_log_is_shown() {
        assert_eq!(last_lines("a\nb\nc\n", 2), "b\nc");
        assert_eq!(last_lines("a\n", 2), "a");
    }

    #[test]
    fn missing_program_names_the_setup() {
        let failure = run(&mut Command::new("/nowhere/at-all")).unwrap_err().to_string();
        assert!(failure.contains("cannot start `/nowhere/at-all`"), "{failure}");
        assert!(failure.contains("cargo xtask setup"), "{failure}");
    }
}
