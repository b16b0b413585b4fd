//! `cargo xtask train DIR [--dry]`: trains the finder's model on labelled pages and writes its weights.

use crate::corpus::pages;
use crate::failure::Result;
use crate::say::Steps;
use crate::{node, run, setup};

const DRIVER: &str = "tests/corpus/train.ts";

/// `dry` leaves the weights as they are, and only prints the scores.
pub(crate) fn train(folder: &str, dry: bool) -> Result {
    let mut steps = Steps::of(setup::STEPS + 1);
    setup::setup(&mut steps, setup::For::Tests)?;
    steps.next("read pages (two minutes) and learn");
    let mut command = node::command();
    command.arg(DRIVER).arg(pages(folder)?);
    if dry {
        command.arg("--dry");
    }
    run::run(&mut command)
}
