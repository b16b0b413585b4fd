//! The window manager, a backdrop, and a panel with a place for tray icons.

use std::fs;
use std::process::Stdio;

use super::Desktop;
use super::bus::wait_for;
use super::screen::first_line;
use crate::failure::{Failure, OrFail, Result};
use crate::run;

const PANEL: &str = "\
[General]
__userfile__=true
panels=panel1

[panel1]
plugins=taskbar, statusnotifier
position=Bottom
panelSize=32
background-color=#2b2f36
opacity=100

[taskbar]
type=taskbar

[statusnotifier]
type=statusnotifier
";

/// Behind the windows, so that pictures show where they end.
const BACKDROP: &str = "xc:#5b6b7a";

/// Starts them; returns when windows are managed and tray icons have a host.
pub(super) fn start(desktop: &mut Desktop) -> Result {
    let mut manager = desktop.command("openbox");
    manager.args(["--sm-disable", "--startup", "echo ready"]).stdin(Stdio::null()).stdout(Stdio::piped());
    let ready = first_line(desktop.spawn("openbox", &mut manager)?.stdout.take());
    ready.ok_or_else(|| {
        Failure::new("the window manager did not start", "its messages are in target/desktop/log/openbox.log")
    })?;

    // Says that it failed where it did not; nothing depends on it.
    run::succeeds(desktop.command("display").args(["-size", "1280x800", "-window", "root", BACKDROP]));

    let config = desktop.home().join(".config/lxqt");
    fs::create_dir(&config).or_fail("make the panel's folder")?;
    fs::write(config.join("panel.conf"), PANEL).or_fail("write the panel's settings")?;
    desktop.user.own(&config)?;
    desktop.user.own(&config.join("panel.conf"))?;
    let mut panel = desktop.command("lxqt-panel");
    panel.stdin(Stdio::null()).stdout(Stdio::null());
    desktop.spawn("panel", &mut panel)?;
    wait_for(desktop, "org.kde.StatusNotifierWatcher")
}
