//! What the desktop adds to the companion: a tray, a clipboard, and where its window is.

pub(crate) mod clipboard;
mod icon;
pub(crate) mod tray;

use std::path::PathBuf;

/// The window that was installed beside this program.
pub(crate) fn window_program() -> Option<PathBuf> {
    let own = std::env::current_exe().and_then(std::fs::canonicalize).ok()?;
    let window = own.with_file_name("lanyard-window");
    window.is_file().then_some(window)
}
