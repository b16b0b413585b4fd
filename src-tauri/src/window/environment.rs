//! What the window's surroundings may not do to it.

use std::ffi::OsString;

use super::WindowError;

/// Variables with which the web engine lets other programs read and drive its pages, passwords included.
const REMOTE_CONTROL: &[&str] = &[
    "TAURI_WEBVIEW_AUTOMATION",
    "WEBKIT_INSPECTOR_SERVER",
    "WEBKIT_INSPECTOR_HTTP_SERVER",
    "WEBKIT_EXEC_PATH",
    "WEBKIT_INJECTED_BUNDLE_PATH",
];

/// Refuses to run under remote control. A debug build may, for those who work on it.
pub(crate) fn check(names: impl Iterator<Item = OsString>) -> Result<(), WindowError> {
    if cfg!(debug_assertions) {
        return Ok(());
    }
    find_remote_control(names).map_or(Ok(()), |name| Err(WindowError::RemoteControl(name)))
}

fn find_remote_control(mut names: impl Iterator<Item = OsString>) -> Option<&'static str> {
    names.find_map(|name| REMOTE_CONTROL.iter().copied().find(|forbidden| name == *forbidden))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(names: &[&str]) -> Option<&'static str> {
        find_remote_control(names.iter().map(OsString::from))
    }

    #[test]
    fn variables_of_remote_control_are_found_and_named() {
        for name in REMOTE_CONTROL {
            assert_eq!(find(&["HOME", name, "DISPLAY"]), Some(*name));
        }
    }

    #[test]
    fn variables_of_an_ordinary_desktop_are_not_minded() {
        assert_eq!(
            find(&["HOME", "DISPLAY", "GTK_THEME", "GTK_MODULES", "WEBKIT_DISABLE_DMABUF_RENDERER"]),
            None
        );
    }
}
