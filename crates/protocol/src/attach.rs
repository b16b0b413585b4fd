//! The first frame on the companion's socket: who is speaking.

use serde::{Deserialize, Serialize};

use crate::extension::Extension;

/// What kind of peer has connected. Which requests it may send follows from this and from nothing it says later.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Attach {
    /// A native host that relays for an extension.
    Browser {
        /// The extension, as the browser named it to the host.
        extension: Extension,
    },
    /// The command `lanyard`, or a second start of the companion.
    Terminal {
        /// Message versions it speaks, newest first.
        versions: Vec<u16>,
    },
}
