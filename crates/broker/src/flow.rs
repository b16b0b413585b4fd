//! Fills that go on: user name on one page, password on the next, a code on the third. Each part is released once; where the
//! page took its form away while it was filled, once more.

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

    fn remove(&mut self, other: Self) {
        self.0 &= !other.0;
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
    /// Something was released once more already.
    gave_back: bool,
    ends: Duration,
}

struct Step {
    fill: String,
    parts: Parts,
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
        let (step, ends) = (Step { fill, parts, failed: false }, now + STEP);
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
        self.flows.push(Flow { spot, launch, steps: vec![step], used: parts, gave_back: false, ends });
        forgotten
    }

    /// Marks a fill as one that came to nothing, the first time it is said. Returns which app it was. `give_back` lets its
    /// parts be asked for again, once in a flow: pages exist that draw their form anew at the very moment.
    pub(crate) fn fail(&mut self, fill: &str, profile: &str, give_back: bool) -> Option<RecordId> {
        let mut of_profile = self.flows.iter_mut().filter(|flow| flow.spot.profile == profile);
        let flow = of_profile.find(|flow| flow.is_of(Thread::Fill(fill)))?;
        let step = flow.steps.iter_mut().find(|step| step.fill == fill && !step.failed)?;
        step.failed = true;
        if give_back && !flow.gave_back {
            flow.gave_back = true;
            flow.used.remove(step.parts);
        }
        Some(flow.spot.record)
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

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(1000);
    const NAME: &[Part] = &[Part::UserName];

    fn spot(tab: i64) -> Spot {
        Spot { profile: "p".into(), tab, record: "0".repeat(32).parse().expect("an id") }
    }

    fn add(flows: &mut Flows, thread: Thread<'_>, tab: i64, fill: &str) -> Vec<String> {
        flows.add(thread, spot(tab), fill.into(), Parts::of(NAME), NOW)
    }

    #[test]
    fn the_oldest_of_too_many_is_forgotten_and_its_launch_with_it() {
        let mut flows = Flows::default();
        add(&mut flows, Thread::Launch("l"), 0, "first");
        for tab in 1..64 {
            assert!(add(&mut flows, Thread::New, tab, &tab.to_string()).is_empty());
        }
        assert_eq!(add(&mut flows, Thread::New, 64, "last"), ["l"]);
        let password = Parts::of(&[Part::Password]);
        assert_eq!(flows.look_up(Thread::Fill("first"), &spot(0), password, NOW), None);
        assert_eq!(flows.look_up(Thread::Fill("last"), &spot(64), password, NOW), Some(Right::Good));
    }

    #[test]
    fn where_nobody_could_keep_count_every_tab_counts_as_filled() {
        let mut flows = Flows::default();
        for tab in 0..1023 {
            add(&mut flows, Thread::New, tab, "f");
        }
        assert!(!flows.was_filled(&spot(-1), NOW));
        add(&mut flows, Thread::New, 1023, "f");
        assert!(flows.was_filled(&spot(-1), NOW));
        add(&mut flows, Thread::New, 1023, "f");
        flows.forget("p");
        assert!(!flows.was_filled(&spot(1), NOW));
    }
}
