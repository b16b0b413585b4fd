//! Tests of what the environment decides run once more, in a process with that environment.

use std::process::Command;

const MARK: &str = "LANYARD_TEST_OWN_PROCESS";

/// The variable, when this is the process that was started for it.
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var_os(MARK)?;
    std::env::var(name).ok()
}

/// Runs the test of this name with these variables, and fails as it fails.
pub(crate) fn run(test: &str, variables: &[(&str, &str)]) {
    let child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .envs(variables.iter().copied())
        .env(MARK, "1")
        .output()
        .unwrap();
    let output = String::from_utf8_lossy(&child.stdout) + String::from_utf8_lossy(&child.stderr);
    assert!(child.status.success() && output.contains("1 passed"), "{output}");
}
