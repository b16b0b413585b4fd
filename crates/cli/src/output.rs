//! What is printed: sentences for people, JSON for programs, and an exit code for both.

use std::io::IsTerminal as _;
use std::process::ExitCode;

use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::terminal::Event;
use serde::Serialize;

/// How to print.
#[derive(Clone, Copy)]
pub(crate) struct Output {
    pub(crate) json: bool,
}

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "the one place that prints")]
impl Output {
    /// Prints a sentence, or its value as JSON.
    pub(crate) fn say(self, sentence: &str, value: &impl Serialize) {
        if self.json {
            Self::value(value);
        } else {
            println!("{sentence}");
        }
    }

    /// Prints a value as one line of JSON.
    fn value(value: &impl Serialize) {
        println!("{}", serde_json::to_string(value).expect("what is printed is plain data"));
    }

    /// Tells the person where the question is.
    pub(crate) fn asking(self, event: &Event) {
        if matches!(event, Event::Asking {}) && !self.json {
            eprintln!("Lanyard asks you in its window.");
        }
    }

    /// Tells the person something beside the result.
    pub(crate) fn note(self, sentence: &str) {
        if !self.json {
            eprintln!("{sentence}");
        }
    }

    /// Prints how far something long has come, where somebody watches; the next one takes its place.
    pub(crate) fn progress(self, text: &str) {
        if !self.json && std::io::stderr().is_terminal() {
            eprint!("\r\x1b[K{text}");
        }
    }

    /// Prints a secret and nothing else.
    pub(crate) fn secret(secret: &str) {
        println!("{secret}");
    }

    /// Prints what went wrong and what to do.
    pub(crate) fn problem(self, problem: &Problem) -> ExitCode {
        if self.json {
            Self::value(&serde_json::json!({ "problem": problem }));
        } else {
            eprintln!("error: {}\nhint: {}", problem.message, problem.hint);
        }
        ExitCode::from(exit_code(problem.code))
    }
}

/// Exit codes are stable: scripts depend on them. 2 is clap's, for wrong arguments.
fn exit_code(code: Code) -> u8 {
    match code {
        Code::Invalid | Code::Internal => 1,
        Code::Unavailable => 3,
        Code::Locked => 4,
        Code::SignedOut => 5,
        Code::Declined => 6,
        Code::NotFound => 7,
        Code::Provider => 8,
        Code::Keychain | Code::Vault => 9,
        Code::Refused | Code::NotPaired | Code::NotVerified => 10,
        Code::Busy | Code::Expired => 11,
    }
}
