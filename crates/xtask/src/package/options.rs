//! What `cargo xtask package` can be told.

use std::path::{Path, PathBuf};

use super::key::Key;
use crate::failure::{Failure, Result};
use crate::paths;

/// Where the packages put the extension: a browser on the same laptop takes it from there.
pub(super) const INSTALLED: &str = "/usr/share/lanyard/extension";

pub(crate) struct Options {
    /// Private key of the extension for Chromium.
    pub(super) key: PathBuf,
    /// Address of the folder that browsers fetch the extension and its updates from, without a slash at its end.
    pub(super) update_url: String,
    pub(super) version: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            key: development_key(),
            update_url: format!("file://{INSTALLED}"),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }
}

impl Options {
    pub(super) fn parse(words: &[&str]) -> Result<Self> {
        let mut options = Self::default();
        for option in words.chunks(2) {
            match option {
                ["--key", file] => options.key = (*file).into(),
                ["--update-url", url] => options.update_url = parse_url(url)?,
                ["--version", version] => options = options.with_version(version)?,
                _ => {
                    return Err(Failure::new(
                        format!("unknown: {}", option.join(" ")),
                        "cargo xtask package [--key FILE] [--update-url URL]",
                    ));
                }
            }
        }
        Ok(options)
    }

    /// The same programs in packages of another version. The version that the programs say stays.
    pub(crate) fn with_version(mut self, version: &str) -> Result<Self> {
        let numbers: Vec<&str> = version.split('.').collect();
        // An extension's version has one to four numbers (Chrome for Developers, "Manifest: version").
        if numbers.len() > 4 || numbers.iter().any(|number| number.parse::<u16>().is_err()) {
            return Err(Failure::new(format!("not a version: {version}"), "a version is like 0.2.0"));
        }
        version.clone_into(&mut self.version);
        Ok(self)
    }

    /// Whether everybody can sign with the key.
    pub(super) fn has_public_key(&self) -> bool {
        self.key == development_key()
    }

    /// The id that the programs have to be compiled for, where it is not the one in the sources.
    pub(super) fn foreign_id<'a>(&self, key: &'a Key) -> Option<&'a str> {
        (!self.has_public_key()).then_some(&key.id)
    }
}

fn development_key() -> PathBuf {
    paths::root().join(Path::new("extension/development-key.pem"))
}

fn parse_url(url: &str) -> Result<String> {
    let plain = !url.contains(['"', '\'', '<', '>', '&', '\\']) && url.chars().all(|c| c.is_ascii_graphic());
    if plain && ["https://", "http://", "file:///"].iter().any(|scheme| url.starts_with(scheme)) {
        return Ok(url.trim_end_matches('/').to_owned());
    }
    Err(Failure::new(
        format!("not an address that browsers fetch from: {url}"),
        "an address is like https://files.example/lanyard/",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lose_their_last_slash() {
        let options = Options::parse(&["--update-url", "https://files.example/lanyard/"]).unwrap();
        assert_eq!(options.update_url, "https://files.example/lanyard");
    }

    #[test]
    fn what_would_break_a_manifest_is_refused() {
        for words in [
            &["--update-url", "https://files.example/\"><app"][..],
            &["--update-url", "ftp://files.example/"],
            &["--version", "1.0-rc1"],
            &["--version", "1.2.3.4.5"],
            &["--key"],
            &["--other", "x"],
        ] {
            assert!(Options::parse(words).is_err(), "{words:?}");
        }
    }
}
