//! Prints the device secret of the vault of the person who runs it, for the test that searches a companion's memory for it. No
//! companion may run meanwhile.

use std::error::Error;
use std::io::{self, Write as _};
use std::process::ExitCode;
use std::sync::Arc;

use lanyard_protocol::paths::Paths;
use lanyard_vault::{Item, Keychain as _, OsKeychain, Vault};
use secrecy::ExposeSecret as _;

fn main() -> ExitCode {
    match print() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}\nhint: run it where a vault was made and no companion runs");
            ExitCode::FAILURE
        }
    }
}

fn print() -> Result<(), Box<dyn Error>> {
    let keychain = Arc::new(OsKeychain::new());
    let vault = Vault::open_or_create(&Paths::of_this_person()?.data, keychain.clone())?;
    let secret = keychain.get(&Item::device_secret(vault.id()))?.ok_or("there is none")?;
    writeln!(io::stdout(), "{}", secret.expose_secret())?;
    Ok(())
}
