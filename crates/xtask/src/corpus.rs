//! `cargo xtask corpus DIR [--out FILE]`: the finder on labelled pages in Chromium, and its score.

use std::path::Path;

use crate::failure::{Failure, OrFail, Result};
use crate::say::Steps;
use crate::{node, run, setup};

const DRIVER: &str = "tests/corpus/run.ts";

pub(crate) fn corpus(folder: &str, out: Option<&str>) -> Result {
    let mut steps = Steps::of(setup::STEPS + 1);
    setup::setup(&mut steps, setup::For::Tests)?;
    steps.next("look at pages (two minutes)");
    let mut command = node::command();
    command.arg(DRIVER).arg(pages(folder)?);
    if let Some(out) = out {
        command.arg("--out").arg(std::path::absolute(out).or_fail(&format!("write {out}"))?);
    }
    run::run(&mut command)
}

/// The folder, as a program that runs elsewhere finds it.
pub(crate) fn pages(folder: &str) -> Result<std::path::PathBuf> {
    let folder = std::path::absolute(Path::new(folder)).or_fail(&format!("read {folder}"))?;
    if folder.join("labels.jsonl").exists() {
        return Ok(folder);
    }
    Err(Failure::new(
        format!("{} has no labels.jsonl", folder.display()),
        "name a folder with labels.jsonl, score.py and pages",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_labels_is_no_corpus() {
        let failure = pages("/nowhere/at-all").unwrap_err().to_string();
        assert!(failure.contains("labels.jsonl"), "{failure}");
    }
}
