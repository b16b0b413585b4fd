//! A door to what reads the organisation's file, for `fuzz/` and nobody else.

use std::path::Path;

use crate::organisation;

/// What the engine would know of the organisation, and what of the file is not used; none where none of it is.
pub fn organisation(bytes: &[u8]) -> Option<(lanyard_broker::Organisation, Vec<String>)> {
    let (organisation, findings) = organisation::parse(bytes, Path::new("organisation.json")).ok()?;
    Some((organisation.rules, findings))
}
