//! `cargo xtask fuzz`: hostile input for whatever parses outside data, with libFuzzer.
//!
//! The targets are in `fuzz/`, a workspace of its own, with a kept corpus of small seeds. What a run finds beside them is kept
//! in `target/fuzz/corpus` for the next one. Instrumentation belongs to the nightly compiler; the stable one does it where it
//! is told to be its own bootstrap, which is so for this build alone.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::{fs, iter, thread};

use crate::failure::{Failure, OrFail, Result};
use crate::say::{Steps, say};
use crate::scratch::Scratch;
use crate::{cargo, paths, run, setup};

/// How long each target runs where nothing else is said.
const USUAL_SECONDS: u32 = 60;

/// A target that thinks about one input for longer hangs.
const TIMEOUT: &str = "-timeout=10";

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
struct Options<'a> {
    seconds: u32,
    target: Option<&'a str>,
    input: Option<&'a str>,
}

pub(crate) fn fuzz(options: &[&str]) -> Result {
    let options = Options::parse(options)?;
    let targets = options.targets(&targets()?)?;
    let mut steps = Steps::of(setup::STEPS + 2);
    setup::setup(&mut steps, setup::For::Fuzz)?;
    let fuzzer = Fuzzer { sanitizer: sanitizer()?, scratch: Scratch::make()? };
    steps.next(&format!("build with sanitizer {} (minutes, first time)", fuzzer.sanitizer));
    run::logged("fuzz-build", &mut fuzzer.command("build", options.target)?)?;
    if let (Some(target), Some(input)) = (options.target, options.input) {
        steps.next(&format!("run {target} with {input}"));
        let input = std::path::absolute(input).or_fail(&format!("read {input}"))?;
        return run::run(fuzzer.command("run", Some(target))?.arg(input).args(["--", TIMEOUT]));
    }
    steps.next(&format!(
        "fuzz, {} s each: name, runs, executions per second, new corpus entries",
        options.seconds
    ));
    let (mut executions, mut crashed) = (0, Vec::new());
    for outcome in fuzzer.fuzz_all(&targets, options.seconds) {
        let outcome = outcome?;
        executions += outcome.count.runs;
        crashed.extend(outcome.crash);
    }
    say(&format!("fuzz: {} targets, {executions} executions, {} crashes", targets.len(), crashed.len()));
    if crashed.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("crashed: {}", crashed.join(", ")), "what each of them said is above"))
}

impl<'a> Options<'a> {
    fn parse(words: &[&'a str]) -> Result<Self> {
        let mut options = Self { seconds: USUAL_SECONDS, target: None, input: None };
        for pair in words.chunks(2) {
            match *pair {
                ["--seconds", seconds] => {
                    let seconds = seconds.parse().ok().filter(|seconds| *seconds > 0);
                    options.seconds = seconds.ok_or_else(|| misused("--seconds takes a number above 0"))?;
                }
                ["--target", target] => options.target = Some(target),
                ["--input", input] => options.input = Some(input),
                _ => return Err(misused(&format!("unknown: {}", pair.join(" ")))),
            }
        }
        if options.input.is_some() && options.target.is_none() {
            return Err(misused("--input wants --target too"));
        }
        Ok(options)
    }

    /// Which of those that there are.
    fn targets(&self, all: &[String]) -> Result<Vec<String>> {
        match self.target {
            None => Ok(all.to_vec()),
            Some(target) if all.iter().any(|name| name == target) => Ok(vec![target.to_owned()]),
            Some(target) => {
                Err(Failure::new(format!("no target {target}"), format!("there are: {}", all.join(", "))))
            }
        }
    }
}

fn misused(what: &str) -> Failure {
    Failure::new(what, "cargo xtask fuzz [--seconds N] [--target NAME] [--input FILE]")
}

/// What a run is made with.
struct Fuzzer {
    sanitizer: &'static str,
    /// Where targets have their temporary files.
    scratch: Scratch,
}

/// What came of one target.
struct Outcome {
    count: Count,
    crash: Option<String>,
}

/// What libFuzzer counted.
#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    runs: u64,
    per_second: u64,
    new: u64,
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, {}, {}", self.runs, self.per_second, self.new)
    }
}

impl Fuzzer {
    fn command(&self, subcommand: &str, target: Option<&str>) -> Result<Command> {
        let mut command = cargo::tool_command("cargo-fuzz")?;
        command.env("RUSTC_BOOTSTRAP", "1").env("TMPDIR", self.scratch.dir());
        command.args([subcommand, "--sanitizer", self.sanitizer, "--fuzz-dir"]).arg(folder());
        command.arg("--target-dir").arg(paths::target().join("fuzz")).args(target);
        Ok(command)
    }

    /// As many at once as there are processors: each of them uses one.
    fn fuzz_all(&self, targets: &[String], seconds: u32) -> Vec<Result<Outcome>> {
        let waiting = Mutex::new(targets.iter());
        let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
        let work = || iter::from_fn(next).map(|target| self.fuzz(target, seconds)).collect::<Vec<_>>();
        let processors = thread::available_parallelism().map_or(1, NonZero::get);
        thread::scope(|scope| {
            let workers: Vec<_> = (0..processors).map(|_| scope.spawn(work)).collect();
            workers.into_iter().flat_map(|worker| worker.join().expect("a worker does not panic")).collect()
        })
    }

    /// New entries go to the first folder of the corpus.
    fn fuzz(&self, target: &str, seconds: u32) -> Result<Outcome> {
        let found = paths::target().join("fuzz/corpus").join(target);
        fs::create_dir_all(&found).or_fail(&format!("make {}", found.display()))?;
        let mut command = self.command("run", Some(target))?;
        command.arg(found).arg(folder().join("corpus").join(target));
        command.args(["--", "-print_final_stats=1", TIMEOUT, &format!("-max_total_time={seconds}")]);
        let out =
            command.stdin(Stdio::null()).output().map_err(|error| run::not_started(&command, &error))?;
        let said = String::from_utf8_lossy(&out.stderr);
        let crash = (!out.status.success()).then(|| {
            without_progress(&said).for_each(say);
            tell_crash(target, &said);
            target.to_owned()
        });
        let count = count(&said);
        if crash.is_none() && count.runs == 0 {
            return Err(Failure::new(
                format!("{target} ran nothing"),
                format!("see why: {}", run::line(&command)),
            ));
        }
        say(&format!("  {target}, {count}"));
        Ok(Outcome { count, crash })
    }
}

/// What is said of a crash, without the thousands of lines of the way to it.
fn without_progress(said: &str) -> impl Iterator<Item = &str> {
    said.lines().filter(|line| !line.starts_with(['#', '\t']) && !line.starts_with("INFO:"))
}

/// Where the input is, and how to run it again.
fn tell_crash(target: &str, said: &str) {
    match artifact(said) {
        Some(input) => {
            say(&format!("  {target} crashed with {input}"));
            say(&format!("  again: cargo xtask fuzz --target {target} --input {input}"));
        }
        None => say(&format!("  {target} ended without leaving an input")),
    }
}

/// The file with the input of a crash.
fn artifact(said: &str) -> Option<&str> {
    said.lines().find_map(|line| line.split_once("Test unit written to ")).map(|(_, path)| path.trim())
}

fn count(said: &str) -> Count {
    let stat = |name: &str| {
        let of_this = |line: &str| {
            line.strip_prefix("stat::")?.strip_prefix(name)?.strip_prefix(':')?.trim().parse().ok()
        };
        said.lines().find_map(of_this).unwrap_or_default()
    };
    Count {
        runs: stat("number_of_executed_units"),
        per_second: stat("average_exec_per_sec"),
        new: stat("new_units_added"),
    }
}

/// Finds what reads or writes beside its memory; not every toolchain has it.
fn sanitizer() -> Result<&'static str> {
    let sysroot = run::output(Command::new("rustc").args(["--print", "target-libdir"]))?;
    let files = fs::read_dir(sysroot.trim()).or_fail("read the folder of the standard library")?;
    let has_it = files.flatten().any(|file| file.file_name().to_string_lossy().ends_with("_rt.asan.a"));
    Ok(if has_it { "address" } else { "none" })
}

fn folder() -> PathBuf {
    paths::root().join("fuzz")
}

fn targets() -> Result<Vec<String>> {
    names(&folder().join("fuzz_targets"))
}

/// Names of files without what follows the dot.
fn names(folder: &Path) -> Result<Vec<String>> {
    let files = fs::read_dir(folder).or_fail(&format!("read {}", folder.display()))?;
    let mut names: Vec<_> = files
        .flatten()
        .filter_map(|file| Some(file.path().file_stem()?.to_string_lossy().into_owned()))
        .collect();
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read() {
        let usual = Options { seconds: 60, target: None, input: None };
        assert_eq!(Options::parse(&[]).unwrap(), usual);
        let all = Options::parse(&["--seconds", "5", "--target", "frames", "--input", "x"]).unwrap();
        assert_eq!(all, Options { seconds: 5, target: Some("frames"), input: Some("x") });
        for words in [&["--seconds"][..], &["--seconds", "0"], &["--input", "x"], &["frames"]] {
            assert!(Options::parse(words).is_err(), "{words:?}");
        }
    }

    #[test]
    fn an_unknown_target_is_named() {
        let options = Options { seconds: 1, target: Some("farmes"), input: None };
        let failure = options.targets(&["frames".to_owned()]).unwrap_err().to_string();
        assert!(failure.contains("no target farmes") && failure.contains("there are: frames"), "{failure}");
    }

    #[test]
    fn what_libfuzzer_says_is_counted() {
        let said = "Done 7 runs\nstat::number_of_executed_units: 4711\nstat::average_exec_per_sec:     12\nstat::new_units_added:          3\n";
        assert_eq!(count(said), Count { runs: 4711, per_second: 12, new: 3 });
        assert_eq!(count(said).to_string(), "4711, 12, 3");
    }

    #[test]
    fn the_input_of_a_crash_is_found() {
        let said = "panicked\nartifact_prefix='/a/'; Test unit written to /a/crash-0\nBase64: AA==\n";
        assert_eq!(artifact(said), Some("/a/crash-0"));
        assert_eq!(artifact("stat::"), None);
        let with_progress = format!("INFO: Seed: 1\n#7\tNEW    cov: 3\n\tNEW_FUNC[1/2]: 0x1\n{said}");
        assert!(without_progress(&with_progress).eq(said.lines()));
    }

    #[test]
    fn each_target_has_seeds_and_is_built() {
        let manifest = fs::read_to_string(folder().join("Cargo.toml")).unwrap();
        assert_eq!(targets().unwrap(), names(&folder().join("corpus")).unwrap());
        for target in targets().unwrap() {
            assert!(manifest.contains(&format!("name = \"{target}\"")), "{target}");
            assert!(!names(&folder().join("corpus").join(&target)).unwrap().is_empty(), "{target}");
        }
    }
}
