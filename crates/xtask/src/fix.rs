//! `cargo xtask fix`: what a program can put right.

use crate::failure::Result;
use crate::say::Steps;
use crate::{cargo, generated, node, run, setup};

/// Formats, and writes generated files again.
pub(crate) fn fix() -> Result {
    let mut steps = Steps::of(setup::STEPS + 1);
    setup::setup(&mut steps, setup::For::Demo)?;
    steps.next("fix");
    generated::write()?;
    run::run(cargo::command().args(["fmt", "--all"]))?;
    run::run(node::package("@biomejs/biome/bin/biome").args(["check", "--write", "."]))
}
