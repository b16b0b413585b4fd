//! `cargo xtask bench`: the budgets, measured on a release build.

use crate::desktop::{Desktop, Screen};
use crate::failure::Result;
use crate::product::{self, Profile};
use crate::say::Steps;
use crate::{node, run, setup};

/// What measures the extension alone, with a companion that only answers; it prints one line of JSON.
const EXTENSION: &str = "extension/test/measure.ts";

/// What measures; it prints the table, then one line of JSON.
const DRIVER: &str = "tests/bench/bench.ts";

pub(crate) fn bench() -> Result {
    let mut steps = Steps::of(setup::STEPS + 4);
    setup::setup(&mut steps, setup::For::Bench)?;
    steps.next("build (minutes, first time)");
    product::build(Profile::Release)?;
    steps.next("measure the extension");
    let extension = run::output(node::command().arg(EXTENSION))?;
    steps.next("start");
    let desktop = Desktop::start(Screen::Memory)?;
    product::stage(Profile::Release, &desktop.stage())?;
    steps.next("measure");
    let result =
        run::run(desktop.command("node").arg(DRIVER).arg(extension.trim()).current_dir(desktop.stage()));
    desktop.keep("bench")?;
    result
}
