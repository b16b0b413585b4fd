//! Where things are in this checkout.

use std::path::{Path, PathBuf};

/// The root of the checkout: two folders above this package.
pub(crate) fn root() -> &'static Path {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.ancestors().nth(2).expect("crates/xtask is two folders below the root")
}

/// Build output, and everything else that can be made again.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// Pinned tools, kept between runs.
pub(crate) fn tools() -> PathBuf {
    target().join("tools")
}
