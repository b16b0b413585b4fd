//! The native messaging host: what a browser starts to reach the companion.
//!
//! It finds the companion's socket (and starts the companion when it is not there), checks that directory and user id are
//! the person's own, says which extension it speaks for, and copies frames. It holds no secrets, reads no configuration,
//! and never looks inside a message.

mod companion;
mod relay;

use std::env;
use std::process::ExitCode;

use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::extension::Extension;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.is_empty() {
        return by_hand();
    }
    let extension = match Extension::of_arguments(arguments.iter().map(String::as_str)) {
        Ok(extension) => extension,
        Err(error) => {
            let hint = "remove the extension and install the one that came with Lanyard";
            return fail(&Problem::new(Code::Refused, error.to_string(), hint));
        }
    };
    match companion::reach(extension).and_then(relay::run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => fail(&problem),
    }
}

/// Browsers name the extension in the arguments.
#[expect(clippy::print_stderr, reason = "started from a terminal")]
fn by_hand() -> ExitCode {
    eprintln!("error: lanyard-native-host is started by a browser, not by hand");
    eprintln!("hint: open the browser and click Lanyard's icon there");
    ExitCode::from(2)
}

/// Tells the extension why there will be no answers, then ends.
#[expect(clippy::print_stderr, reason = "a browser keeps it in its own log")]
fn fail(problem: &Problem) -> ExitCode {
    eprintln!("error: {}\nhint: {}", problem.message, problem.hint);
    relay::tell(problem);
    ExitCode::FAILURE
}
