//! The key that the extension for Chromium is signed with, and the id that follows from it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::{Failure, OrFail, Result};
use crate::run;

pub(super) struct Key {
    file: PathBuf,
    /// Its public half (X.509 `SubjectPublicKeyInfo`, DER).
    pub(super) public: Vec<u8>,
    /// The first 16 bytes of the SHA-256 of that.
    pub(super) id_bytes: Vec<u8>,
    /// The same, as browsers write it.
    pub(super) id: String,
}

impl Key {
    /// Reads a private RSA key (PEM).
    pub(super) fn read(file: &Path) -> Result<Self> {
        let public = openssl(&["rsa", "-in", &file.display().to_string(), "-pubout", "-outform", "DER"], &[])
            .map_err(|_| {
                Failure::new(
                    format!("not a private RSA key: {}", file.display()),
                    "make one: openssl genrsa -out extension.pem 2048",
                )
            })?;
        let mut id_bytes = openssl(&["dgst", "-sha256", "-binary"], &public)?;
        id_bytes.truncate(16);
        Ok(Self { file: file.to_owned(), id: id_of(&id_bytes), public, id_bytes })
    }

    /// PKCS #1 v1.5 over SHA-256.
    pub(super) fn sign(&self, bytes: &[u8]) -> Result<Vec<u8>> {
        openssl(&["dgst", "-sha256", "-sign", &self.file.display().to_string()], bytes)
    }

    /// The public half as a manifest names it.
    pub(super) fn public_base64(&self) -> Result<String> {
        let text = openssl(&["base64", "-A"], &self.public)?;
        Ok(String::from_utf8_lossy(&text).trim().to_owned())
    }
}

/// Hexadecimal digits, written with a to p.
fn id_of(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(b'a' + digit)).collect()
}

fn openssl(arguments: &[&str], input: &[u8]) -> Result<Vec<u8>> {
    let mut command = Command::new("openssl");
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|e| run::not_started(&command, &e))?;
    let mut stdin = child.stdin.take().expect("its input is piped");
    // It reads all before it answers; one that ends early says so by its status.
    let _ = stdin.write_all(input);
    drop(stdin);
    let out = child.wait_with_output().or_fail("read what openssl says")?;
    if out.status.success() {
        Ok(out.stdout)
    } else {
        Err(Failure::new(format!("`{}` ended with {}", run::line(&command), out.status), "look at its input"))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::paths;

    #[test]
    fn the_development_key_makes_the_id_that_is_compiled_in() {
        let extension = paths::root().join("extension");
        let key = Key::read(&extension.join("development-key.pem")).unwrap();
        let written = |name: &str| fs::read_to_string(extension.join(name)).unwrap().trim().to_owned();
        assert_eq!(key.id, written("chromium-id.txt"));
        assert_eq!(key.public_base64().unwrap(), written("chromium-key.txt"));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        assert!(Key::read(&paths::root().join("LICENSE")).is_err());
    }
}
