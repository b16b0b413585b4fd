//! The browsers of this laptop as the window shows them.

use lanyard_protocol::common::{Code, Problem};
use lanyard_protocol::window::{BrowserFamily, BrowserHere, Reach};

use crate::browsers::{self, Family, Found, ManifestState};
use crate::core::Core;

/// The browsers that are here.
pub(crate) fn list() -> Vec<BrowserHere> {
    let Ok(host) = browsers::native_host() else { return Vec::new() };
    browsers::find(&host).iter().map(view).collect()
}

/// Tells a browser where to find Lanyard.
pub(crate) fn install(core: &Core, name: &str) -> Result<(), Problem> {
    let host = browsers::native_host().map_err(|_| not_here())?;
    let found = find(&host, name)?;
    browsers::install(&found, &host).map_err(|error| {
        core.journal.error("a browser cannot be told where Lanyard is", &error);
        Problem::new(Code::Refused, error.to_string(), error.hint())
    })
}

/// Takes that back.
pub(crate) fn uninstall(core: &Core, name: &str) -> Result<(), Problem> {
    let host = browsers::native_host().map_err(|_| not_here())?;
    let found = find(&host, name)?;
    browsers::uninstall(&found).map_err(|error| {
        core.journal.error("a browser's file is not removed", &error);
        Problem::new(Code::Refused, error.to_string(), error.hint())
    })
}

fn find(host: &std::path::Path, name: &str) -> Result<Found, Problem> {
    browsers::find(host).into_iter().find(|found| found.name == name).ok_or_else(not_here)
}

fn view(found: &Found) -> BrowserHere {
    BrowserHere {
        name: found.name.to_owned(),
        manifest: found.manifest.display().to_string(),
        reach: match found.state {
            ManifestState::Installed | ManifestState::InstalledForAll => Reach::Found,
            ManifestState::Missing | ManifestState::Outdated => Reach::NotTold,
            ManifestState::Foreign => Reach::Foreign,
            ManifestState::Sandboxed => Reach::Sandboxed,
        },
        family: match found.family {
            Family::Chromium => BrowserFamily::Chromium,
            Family::Firefox => BrowserFamily::Firefox,
        },
    }
}

fn not_here() -> Problem {
    Problem::new(
        Code::NotFound,
        "this browser is not on this laptop any longer",
        "open the list of browsers again",
    )
}
