//! Fills that go on: user name on one page, password on the next, a code on the third. Each part is released once.

use std::time::Duration;

use lanyard_policy::Right;
use lanyard_protocol::browser::Part;
use lanyard_vault::RecordId;

/// How long the next step of a fill is waited for.
pub(crate) const STEP: Duration = Duration::from_mins(2);

/// How long a tab that was filled for an app is not filled for it by itself.
pub(crate) const PAUSE: Duration = Duration::from_mins(5);

/// Most fills that may go on; the oldest is forgotten.
const MOST: usize = 64;

/// Most tabs that are remembered as filled; beyond that nothing is filled by itself.
const MOST_REMEMBERED: usize = 1024;

/// What is asked for, each part once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Parts(u8);

impl Parts {
    pub(crate) fn of(parts: &[Part]) -> Self {
        Self(parts.iter().fold(0, |bits, part| bits | bit(*part)))
    }

    pub(crate) fn has(self, part: Part) -> bool {
        self.0 & bit(part) != 0
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

fn bit(part: Part) -> u8 {
    match part {
        Part::UserName => 1,
        Part::Password => 2,
        Part::OneTimeCode => 4,
        Part::Extras => 8,
    }
}

/// Which tab of which browser, and which app: what a fill may not leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) profile: String,
    pub(crate) tab: i64,
    pub(crate) record: RecordId,
}

/// What makes one fill go on from another.
#[derive(Clone, Copy)]
pub(crate) enum Thread<'a> {
    /// It begins.
    New,
    /// It is one of a launch.
    Launch(&'a str),
    /// It follows upon a fill.
    Fill(&'a str),
}

/// Fills that may go on, and tabs that were filled.
#[derive(Default)]
pub(crate) struct Flows {
    flows: Vec<Flow>,
    filled: Vec<(Spot, Duration)>,
}

struct Flow {
    spot: Spot,
    launch: Option<String>,
    steps: Vec<Step>,
    used: Parts,
    ends: Duration,
}

struct Step {
    fill: String,
    failed: bool,
}

impl Flows {
    /// Forgets what may go on. That a tab was filled is remembered: a lock does not make it arrive anew.
    pub(crate) fn clear(&mut self) {
        self.flows.clear();
    }

    pub(crate) fn forget(&mut self, profile: &str) {
        self.flows.retain(|flow| flow.spot.profile != profile);
        self.filled.retain(|(spot, _)| spot.profile != profile);
    }

    /// What is left for a fill that goes on: nothing of it may have been released before, nor elsewhere.
    pub(crate) fn look_up(
        &self,
        thread: Thread<'_>,
        spot: &Spot,
        wanted: Parts,
        now: Duration,
    ) -> Option<Right> {
        let flow = self.flows.iter().find(|flow| flow.is_of(thread) && flow.ends > now)?;
        Some(match () {
            () if flow.spot != *spot => Right::Other,
            () if flow.used.overlaps(wanted) => Right::Ended,
            () => Right::Good,
        })
    }

    /// Whether this tab was filled for this app a short time ago, or it cannot be known.
    pub(crate) fn was_filled(&self, spot: &Spot, now: Duration) -> bool {
        self.filled.len() >= MOST_REMEMBERED
            || self.filled.iter().any(|(other, at)| other == spot && *at + PAUSE > now)
    }

    /// Keeps count of a fill. Returns the launches that were forgotten about, which end with it.
    pub(crate) fn add(
        &mut self,
        thread: Thread<'_>,
        spot: Spot,
        fill: String,
        parts: Parts,
        now: Duration,
    ) -> Vec<String> {
        self.flows.retain(|flow| flow.ends > now);
        self.filled.retain(|(other, at)| *other != spot && *at + PAUSE > now);
        self.filled.push((spot.clone(), now));
        let (step, ends) = (Step { fill, failed: false }, now + STEP);
        if let Some(flow) = self.flows.iter_mut().find(|flow| flow.is_of(thread)) {
            flow.steps.push(step);
            flow.used.add(parts);
            flow.ends = ends;
            return Vec::new();
        }
        let launch = match thread {
            Thread::Launch(launch) => Some(launch.to_owned()),
            Thread::New | Thread::Fill(_) => None,
        };
        let surplus = (self.flows.len() + 1).saturating_sub(MOST);
        let forgotten = self.flows.drain(..surplus).filter_map(|flow| flow.launch).collect();
        self.flows.push(Flow { spot, launch, steps: vec![step], used: parts, ends });
        forgotten
    }

    /// Marks a fill as one that came to nothing, the first time it is said. Returns which app it was.
    pub(crate) fn fail(&mut self, fill: &str, profile: &str) -> Option<RecordId> {
        let of_profile = self.flows.iter_mut().filter(|flow| flow.spot.profile == profile);
        for flow in of_profile {
            if let Some(step) = flow.steps.iter_mut().find(|step| step.fill == fill) {
                return (!std::mem::replace(&mut step.failed, true)).then_some(flow.spot.record);
            }
        }
        None
    }
}

impl Flow {
    fn is_of(&self, thread: Thread<'_>) -> bool {
        match thread {
            Thread::New => false,
            Thread::Launch(launch) => self.launch.as_deref() == Some(launch),
            Thread::Fill(fill) => self.steps.iter().any(|step| step.fill == fill),
        }
    }
}
