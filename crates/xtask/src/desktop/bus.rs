//! The session bus of a desktop, with the keyring and the accessibility bus on it.
//!
//! The bus starts no services by itself: an activated second keyring would look into another home.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use super::Desktop;
use super::screen::first_line;
use crate::failure::{Failure, OrFail, Result};
use crate::run;

const CONFIG: &str = r#"<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"#;

/// Unlocks a keyring that is born and dies with the desktop.
const KEYRING_PASSWORD: &[u8] = b"demo";

/// Starts the bus, then what lives on it; returns when all have their names.
pub(super) fn start(desktop: &mut Desktop) -> Result {
    start_bus(desktop)?;
    start_keyring(desktop)?;
    start_accessibility(desktop)
}

/// Waits until somebody owns `name`.
pub(super) fn wait_for(desktop: &Desktop, name: &str) -> Result {
    let mut wait = desktop.command("gdbus");
    wait.args(["wait", "--session", "--timeout", "30", name]);
    if run::succeeds(&mut wait) {
        return Ok(());
    }
    Err(Failure::new(
        format!("{name} did not appear on the session bus"),
        "its messages are in target/desktop/log",
    ))
}

fn start_bus(desktop: &mut Desktop) -> Result {
    let config = desktop.dir().join("bus.conf");
    fs::write(&config, CONFIG).or_fail("write the configuration of the session bus")?;
    let address = format!("unix:path={}", desktop.runtime_dir().join("bus").display());
    desktop.set("DBUS_SESSION_BUS_ADDRESS", address.clone());
    let mut daemon = desktop.command("dbus-daemon");
    daemon.arg("--config-file").arg(config).args(["--nofork", "--nopidfile", "--print-address=1"]);
    daemon.args(["--address", &address]);
    daemon.stdin(Stdio::null()).stdout(Stdio::piped());
    let ready = first_line(desktop.spawn("bus", &mut daemon)?.stdout.take());
    ready.map(|_| ()).ok_or_else(|| {
        Failure::new("the session bus did not start", "its messages are in target/desktop/log/bus.log")
    })
}

fn start_keyring(desktop: &mut Desktop) -> Result {
    let mut daemon = desktop.command("gnome-keyring-daemon");
    daemon.args(["--unlock", "--components=secrets", "--foreground"]);
    daemon.stdin(Stdio::piped()).stdout(Stdio::null());
    let mut input = desktop.spawn("keyring", &mut daemon)?.stdin.take().expect("its input is piped");
    input.write_all(KEYRING_PASSWORD).or_fail("hand the keyring its password")?;
    drop(input);
    wait_for(desktop, "org.freedesktop.secrets")
}

fn start_accessibility(desktop: &mut Desktop) -> Result {
    let mut launcher = desktop.command("/usr/libexec/at-spi-bus-launcher");
    launcher.arg("--launch-immediately").stdin(Stdio::null()).stdout(Stdio::null());
    desktop.spawn("accessibility", &mut launcher)?;
    wait_for(desktop, "org.a11y.Bus")?;
    let mut enable = desktop.command("gdbus");
    enable.args(["call", "--session", "--dest", "org.a11y.Bus", "--object-path", "/org/a11y/bus"]);
    enable.args([
        "--method",
        "org.freedesktop.DBus.Properties.Set",
        "org.a11y.Status",
        "IsEnabled",
        "<true>",
    ]);
    run::output(&mut enable).map(|_| ())
}
