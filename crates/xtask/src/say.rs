//! The lines that xtask itself prints.

use std::io::{self, Write};

/// One line on standard output. A closed pipe (`… | head`) is no reason to stop working.
pub(crate) fn say(line: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Where in the whole a command is: `[2/6] tools: …`.
pub(crate) struct Steps {
    total: usize,
    at: usize,
}

impl Steps {
    pub(crate) fn of(total: usize) -> Self {
        Self { total, at: 0 }
    }

    pub(crate) fn next(&mut self, what: &str) {
        say(&self.heading(what));
    }

    fn heading(&mut self, what: &str) -> String {
        self.at += 1;
        format!("[{}/{}] {what}", self.at, self.total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_count_up() {
        let mut steps = Steps::of(6);
        assert_eq!(
            steps.heading("system packages: 9 missing → a b"),
            "[1/6] system packages: 9 missing → a b"
        );
        assert_eq!(steps.heading("tools"), "[2/6] tools");
    }
}
