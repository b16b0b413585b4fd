//! `cargo xtask bench`: the budgets, measured on a release build.

use crate::desktop::{Desktop, Screen};
use crate::failure::Result;
use crate::product::{self, Profile};
use crate::say::Steps;
use crate::{run, setup};

/// What measures; it prints the table, then one line of JSON.
const DRIVER: &str = "tests/bench/bench.ts";

pub(crate) fn bench() -> Result {
    let mut steps = Steps::of(setup::STEPS + 3);
    setup::setup(&mut steps, setup::For::Bench)?;
    steps.next("build (minutes, first time)");
    product::build(Profile::Release)?;
    steps.next("start");
    let desktop = Desktop::start(Screen::Memory)?;
    product::stage(Profile::Release, &desktop.stage())?;
    steps.next("measure");
    let result = run::run(desktop.command("node").arg(DRIVER).current_dir(desktop.stage()));
    desktop.keep("bench")?;
    result
}
