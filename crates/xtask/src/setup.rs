//! Installing what is missing, and nothing else: a second run changes nothing.

mod disk;
mod npm;
pub(crate) mod system;
mod tools;

use crate::failure::Result;
use crate::say::Steps;

/// What a command needs beyond what every command needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum For {
    Demo,
    Bench,
    Fuzz,
    Tests,
}

/// How many headings [`setup`] prints.
pub(crate) const STEPS: usize = 3;

/// System packages, pinned tools, npm packages.
pub(crate) fn setup(steps: &mut Steps, purpose: For) -> Result {
    system::check_release()?;
    disk::check()?;
    let missing = system::missing()?;
    steps.next(&system::summary(&missing));
    system::install(&missing)?;
    steps.next(&format!("tools: {}", tools::summary(purpose)));
    tools::install(purpose)?;
    steps.next(&format!("npm: {}", npm::summary()));
    npm::install()
}
