//! `cargo xtask torture`: many rounds of saving into a vault while something goes wrong.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use crate::failure::{Failure, OrFail as _, Result};
use crate::say::{Steps, say};
use crate::{cargo, run, setup};

/// Rounds where none are given.
const ROUNDS: u32 = 200;

/// The line that sums up begins so.
const SUMMARY: &str = "rounds ";

/// Runs the vault's test of it with more rounds; `options` are `--rounds N` and `--seed S`.
pub(crate) fn torture(options: &[&str]) -> Result {
    let Options { rounds, seed } = parse(options)?;
    let mut steps = Steps::of(setup::STEPS + 1);
    setup::setup(&mut steps, setup::For::Tests)?;
    steps.next("torture (a second for each round)");
    let mut test = cargo::quiet_where_nobody_watches("test");
    // Unoptimized, a round takes twenty times as long.
    test.args(["--release", "--package", "lanyard-vault", "--locked", "--test", "torture", "--"]);
    test.args(["--exact", "nothing_that_was_acknowledged_is_lost", "--nocapture"]);
    test.env("LANYARD_TORTURE_ROUNDS", rounds.to_string()).env_remove("LANYARD_TORTURE_ONLY");
    match seed {
        Some(seed) => test.env("LANYARD_TORTURE_SEED", seed.to_string()),
        None => test.env_remove("LANYARD_TORTURE_SEED"),
    };
    let mut child = test.stdout(Stdio::piped()).spawn().map_err(|error| run::not_started(&test, &error))?;
    let output = child.stdout.take().expect("it was asked for");
    let mut summary = None;
    for line in BufReader::new(output).lines().map_while(std::result::Result::ok) {
        if line.starts_with(SUMMARY) {
            summary = Some(line);
        } else {
            say(&line);
        }
    }
    let status = child.wait().or_fail("wait for the test")?;
    let Some(summary) = summary.filter(|_| status.success()) else {
        let hint = "the seed and what was lost are above; `--seed` does the same again";
        return Err(Failure::new("the vault did not keep everything, or the test did not run", hint));
    };
    say(&summary);
    Ok(())
}

#[derive(Debug, PartialEq, Eq)]
struct Options {
    rounds: u32,
    seed: Option<u64>,
}

fn parse(options: &[&str]) -> Result<Options> {
    let mut parsed = Options { rounds: ROUNDS, seed: None };
    for option in options.chunks(2) {
        match option {
            ["--rounds", number] => parsed.rounds = number.parse().map_err(|_| not_a_number(number))?,
            ["--seed", number] => parsed.seed = Some(number.parse().map_err(|_| not_a_number(number))?),
            _ => {
                return Err(Failure::new(
                    format!("unknown: {}", option.join(" ")),
                    "say --rounds N or --seed S, or nothing",
                ));
            }
        }
    }
    Ok(parsed)
}

fn not_a_number(text: &str) -> Failure {
    Failure::new(format!("{text} is no number"), "say a whole number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_and_seed_are_options() {
        assert_eq!(parse(&[]).unwrap(), Options { rounds: ROUNDS, seed: None });
        assert_eq!(parse(&["--seed", "7", "--rounds", "3"]).unwrap(), Options { rounds: 3, seed: Some(7) });
        assert!(parse(&["--rounds"]).is_err());
        assert!(parse(&["--rounds", "many"]).is_err());
    }
}
