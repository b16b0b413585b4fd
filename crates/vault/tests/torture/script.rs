//! What is saved: steps that a seed decides, and the states that the vault may be in after them.

use std::collections::{BTreeMap, BTreeSet};

use crate::random::Random;

/// What is in a vault: records by their title and service entries by their name, each with a sign of its value.
pub(crate) type State = BTreeMap<String, String>;

/// One save, or a pause between saves.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Adds the record, or changes it where it is there.
    Set { title: String, value: Value },
    /// Adds those of many records that are not there, in one save.
    AddMany { titles: Vec<String>, value: Value },
    /// Removes the record where it is there.
    Remove { title: String },
    /// Stores a service entry.
    Service { name: String, value: Value },
    /// Removes a service entry.
    RemoveService { name: String },
    /// Makes a backup.
    BackUp,
    /// Gives the vault other keys.
    Rekey,
    /// Sets a recovery code, in place of one that there is.
    RecoveryCode,
    /// Closes the vault and opens it again.
    Reopen,
}

/// A password or bytes that tell the step they come from, and how much comes with them.
#[derive(Debug, Clone)]
pub(crate) struct Value {
    pub(crate) text: String,
    pub(crate) weight: usize,
    /// The time of the change by a clock that jumps.
    pub(crate) at: u64,
}

impl Value {
    pub(crate) fn notes(&self) -> String {
        "n".repeat(self.weight)
    }

    pub(crate) fn sign(&self) -> String {
        format!("{} {}", self.text, self.weight)
    }
}

/// Steps of one process; `who` keeps the titles of two processes apart.
pub(crate) fn steps(seed: u64, who: &str, count: usize) -> Vec<Step> {
    let mut random = Random::from_seed(seed);
    (0..count).map(|number| step(&mut random, who, &format!("{seed:x}-{number}"))).collect()
}

fn step(random: &mut Random, who: &str, text: &str) -> Step {
    let weight = *random.one_of(&[0, 10, 700, 3000, 9000]);
    let at = *random.one_of(&[0, 1, 1_700_000_000_000, 4_000_000_000_000, u64::MAX]);
    let value = Value { text: text.into(), weight, at };
    let title = format!("{who}{}", random.below(8));
    match random.below(15) {
        0..=4 => Step::Set { title, value },
        5 | 6 => {
            let first = random.below(40);
            let titles = (first..first + 2 + random.below(12)).map(|number| format!("{who}many{number}"));
            Step::AddMany { titles: titles.collect(), value: Value { weight: weight / 4, ..value } }
        }
        7 => Step::Remove { title },
        8 | 9 => Step::Service { name: format!("service {who}{}", random.below(3)), value },
        10 => Step::RemoveService { name: format!("service {who}{}", random.below(3)) },
        11 => Step::BackUp,
        12 => Step::Rekey,
        13 => Step::RecoveryCode,
        _ => Step::Reopen,
    }
}

impl Step {
    fn apply(&self, mut state: State) -> State {
        match self {
            Self::Set { title: name, value } | Self::Service { name, value } => {
                state.insert(name.clone(), value.sign());
            }
            Self::AddMany { titles, value } => {
                for title in titles {
                    state.entry(title.clone()).or_insert_with(|| value.sign());
                }
            }
            Self::Remove { title: name } | Self::RemoveService { name } => _ = state.remove(name),
            Self::BackUp | Self::Rekey | Self::RecoveryCode | Self::Reopen => {}
        }
        state
    }
}

/// The states that a vault may be in, after what its process said so far.
///
/// A save that failed has changed nothing, or all that it should, and the process goes on as if it had changed nothing.
/// So it is settled by the next save that succeeds, unless the file was opened anew in between.
#[derive(Debug, Clone)]
pub(crate) struct Possible {
    settled: BTreeSet<State>,
    /// What the save under way would make of them.
    next: BTreeSet<State>,
    /// What that save, and those that failed before it, would have made of them.
    open: BTreeSet<State>,
}

impl Possible {
    pub(crate) fn from_state(state: State) -> Self {
        Self { settled: BTreeSet::from([state]), next: BTreeSet::new(), open: BTreeSet::new() }
    }

    /// Follows what a process wrote down: `open`, `try N`, and `ok N`, `unchanged N` or `failed N`. Whether that acknowledged a save.
    pub(crate) fn follow(&mut self, steps: &[Step], line: &str) -> bool {
        let (word, number) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "open" => self.settled.append(&mut self.open),
            "try" => {
                self.next = self.after(&steps[number.parse::<usize>().expect("a number")]);
                self.open.extend(self.next.iter().cloned());
            }
            "ok" => {
                self.settled = std::mem::take(&mut self.next);
                self.open.clear();
                let step = &steps[number.parse::<usize>().expect("a number")];
                return !matches!(step, Step::Rekey | Step::RecoveryCode);
            }
            "unchanged" | "failed" => {}
            _ => panic!("the process wrote {line:?}"),
        }
        false
    }

    /// What a vault that was opened was found to be.
    pub(crate) fn settle(&mut self, state: State) {
        *self = Self::from_state(state);
    }

    pub(crate) fn contains(&self, state: &State) -> bool {
        self.settled.contains(state) || self.open.contains(state)
    }

    /// One of them, to show how a state differs.
    pub(crate) fn example(&self) -> &State {
        self.settled.first().expect("there is always a settled state")
    }

    fn after(&self, step: &Step) -> BTreeSet<State> {
        self.settled.iter().map(|state| step.apply(state.clone())).collect()
    }
}
