//! How many tests passed, failed and were skipped, as each runner says it.

use std::fmt;
use std::ops::AddAssign;

#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(super) struct Count {
    pub(super) passed: u32,
    pub(super) failed: u32,
    pub(super) skipped: u32,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

/// cargo-nextest: `Summary [ 1.2s] 5 tests run: 3 passed (1 slow), 2 failed, 4 skipped`.
pub(super) fn nextest(line: &str) -> Option<Count> {
    let (_, said) = line.trim_start().strip_prefix("Summary [")?.split_once(" run: ")?;
    Some(said.split(", ").fold(Count::default(), add))
}

/// libtest: `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out`.
pub(super) fn libtest(line: &str) -> Option<Count> {
    let (_, said) = line.strip_prefix("test result: ")?.split_once(". ")?;
    Some(said.split("; ").fold(Count::default(), add))
}

/// node: one line each, `ℹ pass 3` or `# pass 3`.
pub(super) fn node(line: &str) -> Option<Count> {
    let said = line.strip_prefix("ℹ ").or_else(|| line.strip_prefix("# "))?;
    let (word, number) = said.split_once(' ')?;
    let number = number.parse().ok()?;
    match word {
        "pass" => Some(Count { passed: number, ..Count::default() }),
        "fail" | "cancelled" => Some(Count { failed: number, ..Count::default() }),
        "skipped" | "todo" => Some(Count { skipped: number, ..Count::default() }),
        _ => None,
    }
}

/// Adds `3 passed (1 slow)` and the like.
fn add(mut count: Count, part: &str) -> Count {
    let mut words = part.split_whitespace();
    let Some(number) = words.next().and_then(|word| word.parse::<u32>().ok()) else { return count };
    match words.next().map(|word| word.trim_end_matches(';')) {
        Some("passed") => count.passed += number,
        Some("failed" | "timed" | "exec") => count.failed += number,
        Some("skipped" | "ignored") => count.skipped += number,
        _ => {}
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(passed: u32, failed: u32, skipped: u32) -> Count {
        Count { passed, failed, skipped }
    }

    #[test]
    fn nextest_counts_every_way_to_fail() {
        let line = "     Summary [   9.1s] 9/10 tests run: 3 passed (1 slow, 1 flaky), 2 failed, 3 timed out, 1 exec failed, 4 skipped";
        assert_eq!(nextest(line), Some(count(3, 6, 4)));
        assert_eq!(nextest("     Summary [   0.1s] 1 test run: 1 passed, 0 skipped"), Some(count(1, 0, 0)));
        assert_eq!(nextest("        PASS [   0.1s] xtask test::tests::summary"), None);
    }

    #[test]
    fn libtest_counts_ignored_as_skipped() {
        let line = "test result: FAILED. 3 passed; 1 failed; 2 ignored; 0 measured; 7 filtered out; finished in 0.1s";
        assert_eq!(libtest(line), Some(count(3, 1, 2)));
        assert_eq!(libtest("running 3 tests"), None);
    }

    #[test]
    fn node_counts_line_by_line() {
        assert_eq!(node("ℹ pass 12"), Some(count(12, 0, 0)));
        assert_eq!(node("# fail 2"), Some(count(0, 2, 0)));
        assert_eq!(node("ℹ cancelled 1"), Some(count(0, 1, 0)));
        assert_eq!(node("ℹ skipped 3"), Some(count(0, 0, 3)));
        assert_eq!(node("ℹ tests 99"), None);
        assert_eq!(node("pass 12"), None);
    }

    #[test]
    fn the_sum_reads_as_ci_expects() {
        let mut sum = count(1, 0, 2);
        sum += count(10, 1, 0);
        assert_eq!(sum.to_string(), "11 passed, 1 failed, 2 skipped");
    }
}
