//! The window: shows and asks, decides nothing. The companion starts it and speaks to it over a socket that it inherits.

#[path = "../window/mod.rs"]
mod window;

use std::process::ExitCode;

fn main() -> ExitCode {
    window::main()
}
