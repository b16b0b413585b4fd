//! `cargo xtask`: set-up, demo, tests and benchmarks of Lanyard, without any dependency.
//!
//! Exit codes: 0 it worked, 1 something failed, 2 the person has to do something first.

mod bench;
mod cargo;
mod check;
mod corpus;
mod demo;
mod desktop;
mod failure;
mod fix;
mod fuzz;
mod generated;
mod node;
mod package;
mod paths;
mod product;
mod run;
mod say;
mod scratch;
mod session;
mod setup;
mod test;
mod torture;
mod train;
mod web;

use std::path::Path;
use std::process::ExitCode;

use failure::{Failure, Result};
use say::{Steps, say};

const HELP: &str = "\
cargo xtask COMMAND

  demo [--stay]   set up what is missing, build, and run the main job in front of you
  test            set up what is missing, check, and run every test; `test package` runs only the package's
  check           formatting, lints, types, generated files, licences and dependency directions
  bench           measure, and print the table
  torture [--rounds N] [--seed S]
                  save into a vault while power, disk and processes fail, and see that nothing is lost
  corpus DIR [--out FILE]
                  run the finder on labelled pages, and print its score
  train DIR [--dry]
                  train the finder's model on labelled pages, and print its score, cross-validated too
  package [--key FILE] [--update-url URL]
                  build the deb, the rpm and the packed extension into target/package
  fuzz [--seconds N] [--target NAME] [--input FILE]
                  feed each parser of outside data with hostile input, N seconds each; or one with the input of a crash
  fix             format, and generate again what is generated
  setup           only set up what is missing";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    dispatch(&arguments).unwrap_or_else(|failure| {
        eprintln!("{failure}");
        failure.exit_code()
    })
}

fn dispatch(arguments: &[String]) -> Result<ExitCode> {
    let (ours, theirs) = match arguments.iter().position(|a| a == "--") {
        Some(at) => (&arguments[..at], &arguments[at + 1..]),
        None => (arguments, &[][..]),
    };
    let words: Vec<&str> = ours.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] | ["help" | "--help" | "-h"] => {
            say(HELP);
            Ok(ExitCode::SUCCESS)
        }
        ["setup"] => done(setup::setup(&mut Steps::of(setup::STEPS), setup::For::Tests)),
        ["check"] => done(check_alone()),
        ["test"] => done(test::test()),
        ["test", "package"] => done(test::test_package()),
        ["demo"] => done(demo::demo(false)),
        ["demo", "--stay"] => done(demo::demo(true)),
        ["bench"] => done(bench::bench()),
        ["torture", options @ ..] => done(torture::torture(options)),
        ["corpus", folder] => done(corpus::corpus(folder, None)),
        ["corpus", folder, "--out", file] => done(corpus::corpus(folder, Some(file))),
        ["train", folder] => done(train::train(folder, false)),
        ["train", folder, "--dry"] => done(train::train(folder, true)),
        ["package", options @ ..] => done(package::package(options)),
        ["fuzz", options @ ..] => done(fuzz::fuzz(options)),
        ["fix"] => done(fix::fix()),
        ["session", options @ ..] => session::session(options, theirs),
        [test::laptop::COMMAND, folder] => test::laptop::inside(Path::new(folder), theirs),
        [scratch::sweep::COMMAND, dir, user] => done(scratch::sweep::sweep(Path::new(dir), user)),
        _ => Err(Failure::new(
            format!("unknown: {}", words.join(" ")),
            "`cargo xtask help` lists the commands",
        )),
    }
}

fn check_alone() -> Result {
    let mut steps = Steps::of(setup::STEPS + 1);
    setup::setup(&mut steps, setup::For::Tests)?;
    steps.next("check");
    check::check()
}

fn done(result: Result) -> Result<ExitCode> {
    result.map(|()| ExitCode::SUCCESS)
}
