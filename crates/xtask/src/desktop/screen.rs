//! The display of a desktop: in memory, or a window on the person's own display.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{ChildStdout, Command, Stdio};

use super::{Desktop, user};
use crate::failure::{Failure, OrFail, Result};

const SIZE: &str = "1280x800";

/// Where the desktop is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Screen {
    /// Nowhere: Xvfb keeps the picture in memory.
    Memory,
    /// In a window on the display of the person who started us.
    Window,
}

impl Screen {
    /// In front of the person where there is a display, else in memory.
    pub(crate) fn in_front() -> Self {
        if std::env::var_os("DISPLAY").is_some_and(|d| !d.is_empty()) { Self::Window } else { Self::Memory }
    }
}

/// Starts the display server and waits for the display number that it chose.
pub(super) fn start(desktop: &mut Desktop, screen: Screen) -> Result {
    make_socket_folder()?;
    let mut server = match screen {
        Screen::Memory => {
            let mut xvfb = desktop.command("Xvfb");
            xvfb.args(["-screen", "0", &format!("{SIZE}x24"), "-noreset"]);
            xvfb
        }
        Screen::Window => {
            // As the person: a temporary user may not open windows on their display.
            let mut xephyr = Command::new("Xephyr");
            xephyr.args(["-screen", SIZE, "-title", "Lanyard demo", "-no-host-grab"]);
            xephyr.env("LANYARD_E2E_OUT", desktop.out());
            xephyr
        }
    };
    server.args(["-displayfd", "1", "-nolisten", "tcp"]).stdin(Stdio::null()).stdout(Stdio::piped());
    let child = desktop.spawn("screen", &mut server)?;
    let number = first_line(child.stdout.take()).ok_or_else(|| {
        Failure::new("the display server did not start", "its messages are in target/desktop/log/screen.log")
    })?;
    desktop.set("DISPLAY", format!(":{number}"));
    Ok(())
}

/// The first line of a child's output, without its end; none where the child ended before it.
pub(super) fn first_line(output: Option<ChildStdout>) -> Option<String> {
    let mut line = String::new();
    BufReader::new(output?).read_line(&mut line).ok()?;
    let line = line.trim_end();
    (!line.is_empty()).then(|| line.to_owned())
}

/// X servers of ordinary users expect this folder to be there and to be root's.
fn make_socket_folder() -> Result {
    let folder = Path::new("/tmp/.X11-unix");
    if folder.exists() || !user::is_root() {
        return Ok(());
    }
    fs::create_dir(folder).or_fail("make /tmp/.X11-unix")?;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o1777)).or_fail("open /tmp/.X11-unix to all")
}
