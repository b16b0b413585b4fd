//! Whether there is room, before anything is downloaded.

use std::path::Path;
use std::process::Command;

use crate::failure::{Failure, Result};
use crate::{paths, run};

const GIB: u64 = 1 << 30;

/// Room for packages, tools and both builds on a fresh checkout.
const FRESH: u64 = 8 * GIB;

/// Room for building again.
const AGAIN: u64 = GIB;

/// Fails where the disk of the checkout is too full.
pub(super) fn check() -> Result {
    let needed = if paths::target().join("release").exists() { AGAIN } else { FRESH };
    let available = available(paths::root())?;
    if available >= needed {
        return Ok(());
    }
    let place = paths::root().display();
    Err(Failure::needs_person(
        format!("{} free at {place}, {} needed", gib(available), gib(needed)),
        "make room, or set CARGO_TARGET_DIR to a folder on a larger disk",
    ))
}

fn available(path: &Path) -> Result<u64> {
    let table = run::output(Command::new("df").args(["--output=avail", "--block-size=1"]).arg(path))?;
    parse_available(&table).ok_or_else(|| {
        Failure::new("cannot read how much disk is free", format!("see what `df {}` prints", path.display()))
    })
}

fn parse_available(table: &str) -> Option<u64> {
    table.lines().nth(1)?.trim().parse().ok()
}

fn gib(bytes: u64) -> String {
    format!("{}.{} GiB", bytes / GIB, bytes % GIB * 10 / GIB)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn available_is_the_second_line() {
        assert_eq!(parse_available("      Avail\n78581997568\n"), Some(78_581_997_568));
        assert_eq!(parse_available("Avail\n-\n"), None);
    }

    #[test]
    fn sizes_read_well() {
        assert_eq!(gib(FRESH), "8.0 GiB");
        assert_eq!(gib(GIB + GIB / 2), "1.5 GiB");
    }
}
