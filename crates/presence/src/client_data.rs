//! What the browser says of the page that asked (Web Authentication, section 5.8.1). It is under the key's signature.

use serde::Deserialize;

use crate::{ExtensionOrigin, Refusal};

#[derive(Deserialize)]
struct ClientData {
    origin: String,
    #[serde(rename = "crossOrigin", default)]
    cross_origin: bool,
    #[serde(rename = "topOrigin", default)]
    top_origin: Option<String>,
}

/// Refuses what another page than one of these extensions' own asked for, letter by letter, and what a frame asked for.
pub(crate) fn check_origin(bytes: &[u8], allowed: &[ExtensionOrigin]) -> Result<(), Refusal> {
    let said: ClientData = serde_json::from_slice(bytes).map_err(Refusal::not_understood)?;
    let ours = allowed.iter().any(|origin| origin.as_str() == said.origin);
    if ours && !said.cross_origin && said.top_origin.is_none() { Ok(()) } else { Err(Refusal::ForeignOrigin) }
}
