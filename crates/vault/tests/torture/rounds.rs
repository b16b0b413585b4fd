//! The rounds: what goes wrong in each, and what is asked of the vault afterwards.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use lanyard_vault::{Keychain, ReadOnlyReason, Vault};
use tempfile::TempDir;

use crate::disk::{Disk, make_private_dir};
use crate::keychain::{FileKeychain, is_generation};
use crate::random::Random;
use crate::saver;
use crate::script::{Possible, State, Step, steps};
use crate::trace::{self, Call};

/// What goes wrong.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    /// The power fails, at every write of a process in turn.
    PowerCut,
    /// Syncing fails now and then, so that the system forgets what was not synced; then the power fails.
    PowerCutAfterFailedSync,
    /// A process is killed at some system call, and the next one as well.
    Kill,
    /// The disk has no room, from some write on.
    DiskFull,
    /// A file may not grow beyond some size, so that writes succeed in part.
    FileTooLarge,
    /// A call fails, once or for a while.
    IoError,
    /// The disk can be read and not written, from some write on.
    ReadOnlyDisk,
    /// Two processes make the vault and save at once.
    TwoProcesses,
    /// The keychain misses what it was told, or knows more than the file.
    Keychain,
}

/// What came of a round.
#[derive(Default)]
pub(crate) struct Outcome {
    pub(crate) acknowledged: usize,
    /// How often the vault was opened after something went wrong.
    pub(crate) starts: usize,
    pub(crate) lost: Vec<String>,
}

impl Kind {
    pub(crate) const ALL: [Self; 9] = [
        Self::PowerCut,
        Self::PowerCutAfterFailedSync,
        Self::Kill,
        Self::DiskFull,
        Self::FileTooLarge,
        Self::IoError,
        Self::ReadOnlyDisk,
        Self::TwoProcesses,
        Self::Keychain,
    ];
}

/// Runs one round in a folder of its own.
pub(crate) fn run(kind: Kind, seed: u64) -> Outcome {
    let mut round = Round::new(seed);
    match kind {
        Kind::PowerCut => round.cut_power(false),
        Kind::PowerCutAfterFailedSync => round.cut_power(true),
        Kind::Kill => {
            for _ in 0..4 {
                let when = round.when();
                let inject = format!("inject={CHANGES},openat,pread64,close:signal=KILL:when={when}");
                round.save_under(&inject, &inject);
            }
        }
        Kind::DiskFull => round.fail("pwrite64,write,ftruncate,mkdir,linkat", "ENOSPC"),
        Kind::FileTooLarge => round.limit_size(),
        Kind::IoError => {
            let calls: &str = IO[round.random.below(IO.len())];
            round.fail(calls, "EIO");
        }
        Kind::ReadOnlyDisk => round.fail("pwrite64,ftruncate,unlink,rename,linkat,mkdir", "EROFS"),
        Kind::TwoProcesses => round.save_twice_at_once(),
        Kind::Keychain => round.forget_generations(),
    }
    round.outcome
}

/// Calls that change files, and `write`, with which the process says what was acknowledged.
const CHANGES: &str = "pwrite64,write,fsync,fdatasync,ftruncate,linkat,rename,unlink,mkdir";

/// What fails together in [`Kind::IoError`].
const IO: [&str; 4] =
    ["fsync,fdatasync", "pwrite64,ftruncate", "pread64", "openat,unlink,linkat,fstat,newfstatat"];

const STEPS: usize = 14;

struct Round {
    place: TempDir,
    random: Random,
    possible: Possible,
    outcome: Outcome,
}

/// Where one vault, its keychain and what its process writes down are.
#[derive(Clone)]
struct Place {
    home: PathBuf,
}

impl Place {
    fn at(home: &Path) -> Self {
        make_private_dir(&home.join("disk"));
        Self { home: home.into() }
    }

    /// What the power is cut from.
    fn disk(&self) -> PathBuf {
        self.home.join("disk")
    }

    /// Two levels that the vault makes.
    fn dir(&self) -> PathBuf {
        self.disk().join("share/lanyard")
    }

    /// What the process says that it did.
    fn said(&self) -> PathBuf {
        self.home.join("said")
    }

    fn said_by(&self, who: &str) -> PathBuf {
        self.home.join(format!("said-{who}"))
    }

    fn keychain_file(&self) -> PathBuf {
        self.home.join("keychain")
    }

    fn keychain(&self) -> Arc<dyn Keychain> {
        Arc::new(FileKeychain::at(&self.keychain_file()))
    }

    /// The lines of the keychain's journal, but the last few that tell the generation.
    fn keychain_without_last(&self, upto: usize, missing: usize) -> String {
        let journal = fs::read_to_string(self.keychain_file()).unwrap_or_default();
        let lines: Vec<&str> = journal.split_inclusive('\n').take(upto).collect();
        let generations = lines.iter().filter(|line| is_generation(line)).count();
        let mut number = 0;
        let kept = lines.into_iter().filter(|line| {
            number += usize::from(is_generation(line));
            !is_generation(line) || number + missing <= generations
        });
        kept.collect()
    }
}

impl Round {
    fn new(seed: u64) -> Self {
        // In memory, where there is room: that files survive is shown by what was synced, not by this disk.
        let memory = Path::new("/dev/shm");
        let place = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }.unwrap();
        let possible = Possible::from_state(State::new());
        Self { place, random: Random::from_seed(seed), possible, outcome: Outcome::default() }
    }

    fn home(&self) -> Place {
        Place::at(&self.place.path().join("home"))
    }

    /// Records a process and cuts at every call of it, then does the same to another that begins with what one of those
    /// cuts left.
    fn cut_power(&mut self, syncing_fails: bool) {
        let mut home = self.home();
        for session in 0..2 {
            let seed = self.random.next();
            let told = lines_of(&home.keychain_file()).len();
            let when = 1 + self.random.below(if session == 0 { 60 } else { 30 });
            let inject =
                format!("inject=fsync,fdatasync:error=EIO:when={when}..{}", when + self.random.below(3));
            let log = self.record(&home, seed, syncing_fails.then_some(inject));
            home = self.cut_at_every_call(&home, &log, &steps(seed, "a", STEPS), told, session);
        }
    }

    /// The system calls of a process that nothing else happens to. The disk is as it was before, for them to be done
    /// again.
    fn record(&mut self, home: &Place, seed: u64, inject: Option<String>) -> String {
        let before = self.place.path().join("before");
        copy_dir(&home.disk(), &before);
        let log = home.home.join("strace");
        let mut strace = strace();
        strace.args(["-xx", "-s", "10000000", "-o"]).arg(&log);
        strace.args(["-e", &format!("trace={}", trace::CALLS)]);
        if let Some(inject) = inject {
            strace.args(["-e", &inject]);
        }
        assert!(wait(start(strace, home, "a", seed, false)), "the process goes to its end");
        fs::remove_dir_all(home.disk()).unwrap();
        fs::rename(before, home.disk()).unwrap();
        fs::read_to_string(log).unwrap()
    }

    /// Opens what a cut leaves after each call; returns one of those places as the cut left it.
    fn cut_at_every_call(
        &mut self,
        home: &Place,
        log: &str,
        steps: &[Step],
        mut told: usize,
        session: usize,
    ) -> Place {
        let mut disk = Disk::read(&home.disk());
        let calls = trace::parse(log, &home.home);
        let (mut said, mut keychain, mut above) = (Vec::new(), Vec::new(), Vec::new());
        let chosen = self.random.below(calls.len());
        let mut going_on = None;
        for (number, call) in calls.into_iter().enumerate() {
            match call {
                Call::Open { file, path, .. } if path == home.said() => said.push(file),
                Call::Open { file, path, .. } if path == home.keychain_file() => keychain.push(file),
                Call::Open { file, path, .. } if path == home.home => above.push(file),
                Call::Sync { file } | Call::FailedSync { file } if above.contains(&file) => {}
                Call::Write { file, bytes, .. } if said.contains(&file) => {
                    self.follow(steps, &String::from_utf8_lossy(&bytes));
                }
                Call::Write { file, .. } if keychain.contains(&file) => told += 1,
                other @ (Call::Open { .. }
                | Call::Write { .. }
                | Call::Truncate { .. }
                | Call::Seek { .. }
                | Call::Sync { .. }
                | Call::FailedSync { .. }
                | Call::Link { .. }
                | Call::Rename { .. }
                | Call::Unlink { .. }
                | Call::MakeDir { .. }) => disk.follow(other, &mut self.random),
            }
            let after = Place::at(&self.place.path().join(format!("cut-{session}-{number}")));
            disk.cut(&mut self.random, &after.disk());
            let missing = *self.random.one_of(&[0, 0, 1, 3]);
            fs::write(after.keychain_file(), home.keychain_without_last(told, missing)).unwrap();
            if number == chosen {
                let kept = Place::at(&self.place.path().join(format!("going-on-{session}")));
                fs::remove_dir_all(&kept.home).unwrap();
                copy_dir(&after.home, &kept.home);
                going_on = Some((kept, self.possible.clone()));
            }
            self.check(&after, &format!("power cut after call {number} of session {session}"));
            fs::remove_dir_all(after.home).unwrap();
        }
        let (kept, possible) = going_on.expect("one of the calls was chosen");
        self.possible = possible;
        kept
    }

    /// Saves while calls fail: one of them, some in a row, or all from there on.
    fn fail(&mut self, calls: &str, error: &str) {
        for _ in 0..3 {
            let when = self.when();
            let until = match self.random.below(3) {
                0 => String::new(),
                1 => format!("..{}", when + 5),
                _ => "+".into(),
            };
            self.save_under(&format!("inject={calls}:error={error}:when={when}{until}"), error);
        }
    }

    /// The number of a call. Making a vault takes a few hundred of them, saving a few each time.
    fn when(&mut self) -> usize {
        let made = self.home().dir().join("vault.db").exists();
        1 + self.random.below(if made { 120 } else { 400 })
    }

    /// Saves while something is done to a process's system calls, then looks.
    fn save_under(&mut self, inject: &str, what: &str) {
        let mut strace = strace();
        strace.args(["-o", "/dev/null", "-e", &format!("trace={}", trace::CALLS), "-e", inject]);
        self.save_in(strace, what);
    }

    fn limit_size(&mut self) {
        for _ in 0..3 {
            let blocks = 1 + self.random.below(400);
            let mut shell = Command::new("sh");
            // Ignored, so that writing fails and does not kill.
            shell.args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""), "sh"]);
            self.save_in(shell, &format!("no file beyond {blocks} blocks"));
        }
    }

    fn save_in(&mut self, around: Command, what: &str) {
        let (home, seed) = (self.home(), self.random.next());
        wait(start(around, &home, "a", seed, false));
        let steps = steps(seed, "a", STEPS);
        for line in lines_of(&home.said()) {
            self.follow(&steps, &line);
        }
        fs::remove_file(home.said()).ok();
        if let Some(state) = self.check(&home, what) {
            self.possible.settle(state);
        }
    }

    /// Two processes that nothing happens to, or of which one is killed; each has titles of its own.
    fn save_twice_at_once(&mut self) {
        let home = self.home();
        let mut killed = strace();
        let when = self.when();
        killed.args(["-o", "/dev/null", "-e", &format!("trace={CHANGES}")]);
        killed.args(["-e", &format!("inject={CHANGES}:signal=KILL:when={when}")]);
        let around = if self.random.once_in(2) { killed } else { Command::new("env") };
        let seeds = [self.random.next(), self.random.next()];
        let first = start(around, &home, "a", seeds[0], true);
        let second = start(Command::new("env"), &home, "b", seeds[1], true);
        let ended = [wait(first), wait(second)];
        let found = self.open_in(&home, "two processes at once");
        for (number, who) in ["a", "b"].into_iter().enumerate() {
            let steps = steps(seeds[number], who, STEPS);
            let mut possible = Possible::from_state(State::new());
            for line in lines_of(&home.said_by(who)) {
                self.outcome.acknowledged += usize::from(possible.follow(&steps, &line));
                if line.starts_with("failed") && ended[number] {
                    self.outcome.lost.push(format!("two processes at once: {who} could not save: {line}"));
                }
            }
            let Some(found) = &found else { continue };
            let own = |title: &str| title.trim_start_matches("service ").starts_with(who);
            let mine = found.iter().filter(|(title, _)| own(title));
            let mine = mine.map(|(title, sign)| (title.clone(), sign.clone())).collect();
            self.compare(&possible, &mine, "two processes at once");
        }
    }

    /// The file is newer than the keychain knows, then older, then is put right.
    fn forget_generations(&mut self) {
        self.save_in(Command::new("env"), "nothing went wrong");
        let (home, older) = (self.home(), self.possible.clone());
        copy_dir(&home.disk(), &home.home.join("older"));
        self.save_in(Command::new("env"), "nothing went wrong");

        let missing = 1 + self.random.below(30);
        let journal = home.keychain_without_last(usize::MAX, missing);
        let full = fs::read(home.keychain_file()).unwrap();
        fs::write(home.keychain_file(), journal).unwrap();
        self.save_refused_by_keychain(&home);
        if let Some(state) = self.check(&home, "the file is newer than the keychain") {
            self.possible.settle(state);
        }

        fs::write(home.keychain_file(), full).unwrap();
        copy_dir(&home.disk(), &home.home.join("newer"));
        put_back(&home, "older");
        self.check_older(&home, &older);
        put_back(&home, "newer");
        self.check(&home, "the newer file is back");
    }

    /// A keychain that keeps nothing fails no save.
    fn save_refused_by_keychain(&mut self, home: &Place) {
        let keychain: Arc<dyn Keychain> = Arc::new(FileKeychain::refusing_writes(&home.keychain_file()));
        let seed = self.random.next();
        let steps = steps(seed, "a", STEPS);
        let mut said = fs::File::options().append(true).create(true).open(home.said()).unwrap();
        saver::save(&home.dir(), &keychain, &steps, &mut said, false);
        for line in lines_of(&home.said()) {
            if line.starts_with("failed") {
                self.outcome.lost.push(format!("the keychain refuses: {line}"));
            }
            self.follow(&steps, &line);
        }
    }

    /// An older file is read, says so, and takes nothing until the person said that it may.
    fn check_older(&mut self, home: &Place, possible: &Possible) {
        self.outcome.starts += 1;
        let mut opened = match saver::open(&home.dir(), &home.keychain()) {
            Ok(opened) => opened,
            Err(error) => return self.outcome.lost.push(format!("an older file: {error}")),
        };
        match saver::state_of(&opened, &service_names()) {
            Ok(state) => self.compare(possible, &state, "an older file"),
            Err(error) => self.outcome.lost.push(format!("an older file: {error}")),
        }
        if opened.read_only() != Some(ReadOnlyReason::OlderThanKeychain) {
            self.outcome.lost.push("an older file passes for the last one".into());
        }
        if saver::save_one(&mut opened, "older").is_ok() {
            self.outcome.lost.push("an older file was written to".into());
        }
    }

    fn follow(&mut self, steps: &[Step], line: &str) {
        self.outcome.acknowledged += usize::from(self.possible.follow(steps, line.trim_end()));
    }

    /// Opens the vault, compares it with what it may be, and saves once more; returns what is in it then.
    fn check(&mut self, place: &Place, what: &str) -> Option<State> {
        let state = self.open_in(place, what)?;
        self.compare(&self.possible.clone(), &state, what);
        // What was found is there the next time, too, and saving goes on.
        let mut more = state.clone();
        more.insert("after".into(), "saved 5".into());
        let found = self.open_and(place, what, |vault| saver::save_one(vault, "after"))?;
        self.compare(&Possible::from_state(more), &found, what);
        let found = self.open_and(place, what, |vault| saver::remove_one(vault, "after"))?;
        self.compare(&Possible::from_state(state), &found, what);
        self.check_backups(place, what);
        Some(found)
    }

    /// Each backup that has its name is whole.
    fn check_backups(&mut self, place: &Place, what: &str) {
        for entry in fs::read_dir(place.dir().join("backups")).into_iter().flatten().flatten() {
            if !entry.file_name().to_string_lossy().starts_with("vault-") {
                continue;
            }
            let dir = self.place.path().join("backup");
            make_private_dir(&dir);
            fs::copy(entry.path(), dir.join("vault.db")).unwrap();
            let keychain: Arc<dyn Keychain> = Arc::new(FileKeychain::refusing_writes(&place.keychain_file()));
            self.outcome.starts += 1;
            let damage = saver::open(&dir, &keychain)
                .and_then(|vault| vault.verify().map_err(|error| format!("{error:?}")))
                .map(|report| report.damage);
            if !matches!(&damage, Ok(damage) if damage.is_empty()) {
                self.outcome
                    .lost
                    .push(format!("{what}: the backup {}: {damage:?}", entry.file_name().display()));
            }
            fs::remove_dir_all(dir).unwrap();
        }
    }

    fn open_in(&mut self, place: &Place, what: &str) -> Option<State> {
        self.open_and(place, what, |_| Ok(()))
    }

    fn open_and(
        &mut self,
        place: &Place,
        what: &str,
        act: impl FnOnce(&mut Vault) -> Result<(), String>,
    ) -> Option<State> {
        self.outcome.starts += 1;
        let read = saver::open(&place.dir(), &place.keychain()).and_then(|mut vault| {
            if let Some(reason) = vault.read_only() {
                return Err(format!("it cannot be changed: {reason}"));
            }
            act(&mut vault)?;
            saver::state_of(&vault, &service_names())
        });
        read.map_err(|error| self.outcome.lost.push(format!("{what}: {error}"))).ok()
    }

    fn compare(&mut self, possible: &Possible, state: &State, what: &str) {
        if possible.contains(state) {
            return;
        }
        let expected = possible.example();
        let missing = expected.iter().filter(|(title, sign)| state.get(*title) != Some(*sign));
        let missing: Vec<_> = missing.map(|(title, sign)| (title, sign, state.get(title))).collect();
        let more: Vec<_> = state.keys().filter(|title| !expected.contains_key(*title)).collect();
        self.outcome.lost.push(format!("{what}: expected and found {missing:?}, not expected {more:?}"));
    }
}

fn service_names() -> Vec<String> {
    ["a", "b"].iter().flat_map(|who| (0..3).map(move |number| format!("service {who}{number}"))).collect()
}

fn strace() -> Command {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-qqq", "-e", "signal=none"]);
    strace
}

/// Starts the process that saves, by another program.
fn start(mut around: Command, place: &Place, who: &str, seed: u64, pauses: bool) -> Child {
    around.arg(std::env::current_exe().unwrap());
    around.args(["--exact", "nothing_that_was_acknowledged_is_lost", "--nocapture", "--test-threads=1"]);
    around.env("SAVER_DIR", place.dir()).env("SAVER_KEYCHAIN", place.keychain_file());
    around.env("SAVER_LOG", if pauses { place.said_by(who) } else { place.said() });
    around.env("SAVER_NAME", who).env("SAVER_SEED", seed.to_string());
    around.env("SAVER_STEPS", STEPS.to_string()).env("SAVER_PAUSES", if pauses { "yes" } else { "no" });
    around.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    around.spawn().unwrap_or_else(|error| panic!("cannot start {}: {error}", around.get_program().display()))
}

/// Whether the process ended well.
fn wait(mut child: Child) -> bool {
    child.wait().unwrap().success()
}

fn lines_of(path: &Path) -> Vec<String> {
    fs::read_to_string(path).unwrap_or_default().lines().map(str::to_owned).collect()
}

fn put_back(home: &Place, kept: &str) {
    fs::remove_dir_all(home.disk()).unwrap();
    copy_dir(&home.home.join(kept), &home.disk());
}

fn copy_dir(from: &Path, to: &Path) {
    make_private_dir(to);
    for entry in fs::read_dir(from).unwrap() {
        let (path, target) = entry.map(|entry| (entry.path(), to.join(entry.file_name()))).unwrap();
        if path.is_dir() {
            copy_dir(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// What a process that was killed left in the log may never have reached the disk, though it can be read.
#[test]
fn the_log_of_an_earlier_process_is_written_anew_before_any_of_it_is_copied() {
    let reads_before_it_saves = |seed: &u64| {
        let steps = steps(*seed, "a", STEPS);
        matches!(steps[..3], [Step::Remove { .. }, Step::Reopen, Step::Set { .. }])
    };
    let seed = (0..u64::MAX).find(reads_before_it_saves).unwrap();
    let mut round = Round::new(seed);
    let (open, killed) = (round.home(), Place::at(&round.place.path().join("killed")));
    let mut vault = saver::open(&open.dir(), &open.keychain()).unwrap();
    saver::save_one(&mut vault, "before").unwrap();
    copy_dir(&open.disk(), &killed.disk());
    fs::copy(open.keychain_file(), killed.keychain_file()).unwrap();
    let (vault, log) = (killed.dir().join("vault.db"), killed.dir().join("vault.db-wal"));
    let length = fs::metadata(&log).unwrap().len();
    assert!(length > 0, "a process that was killed leaves a log");

    let mut paths = HashMap::new();
    let (mut written, mut safe) = (0, false);
    for call in trace::parse(&round.record(&killed, seed, None), &killed.home) {
        if let Call::Open { file, path, .. } = call {
            paths.insert(file, path);
        } else if let Call::Write { file, at, bytes } = call {
            if paths[&file] == vault {
                return assert!(safe, "copied before it was safe");
            }
            if paths[&file] == log {
                assert!(safe || at.is_none(), "gone on with before it was safe");
                written += bytes.len() as u64;
            }
        } else if let Call::Sync { file } = call {
            safe |= paths[&file] == log && written == length;
        }
    }
    panic!("nothing was copied");
}

/// The removal of a journal is not synced, so a power cut would take back what was acknowledged.
#[test]
fn a_new_vault_that_is_refused_its_log_is_not_saved_to() {
    for when in 1..=20 {
        let mut round = Round::new(when);
        let home = round.home();
        let log = round.record(&home, when, Some(format!("inject=fsync,fdatasync:error=EIO:when={when}")));
        let journal = home.dir().join("vault.db-journal");
        let (mut said, mut saving) = (None, false);
        for call in trace::parse(&log, &home.home) {
            if let Call::Open { file, path, .. } = call {
                assert!(!saving || path != journal, "sync {when} failed, and a journal is all there is");
                if path == home.said() {
                    said = Some(file);
                }
            } else if let Call::Write { file, bytes, .. } = call
                && said == Some(file)
            {
                saving = bytes.starts_with(b"try");
            }
        }
    }
}
