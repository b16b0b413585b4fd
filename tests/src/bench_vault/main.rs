//! Fills the vault of the person who runs it with credentials, for the benchmark: `bench-vault COUNT`.
//!
//! The vault is the one that a companion made, with the real keychain; no companion may run meanwhile. They are for
//! `https://app-0.corp.example` and so on.

use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;

use lanyard_protocol::paths::Paths;
use lanyard_vault::{Compartment, Holds, OsKeychain, Overview, Vault};
use secrecy::SecretString;

fn main() -> ExitCode {
    let Some(count) = std::env::args().nth(1).and_then(|count| count.parse().ok()) else {
        eprintln!("error: no count given\nhint: bench-vault 10000");
        return ExitCode::from(2);
    };
    match fill(count) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}\nhint: run it where a vault was made and no companion runs");
            ExitCode::FAILURE
        }
    }
}

fn fill(count: usize) -> Result<(), Box<dyn Error>> {
    let paths = Paths::of_this_person()?;
    let mut vault = Vault::open_or_create(&paths.data, Arc::new(OsKeychain::new()))?;
    vault.unlock()?;
    let records =
        (0..count).map(|number| (overview(number), SecretString::from(format!("password-{number}")).into()));
    vault.add_many(records.collect())?;
    Ok(())
}

fn overview(number: usize) -> Overview {
    let origin = format!("https://app-{number}.corp.example");
    Overview {
        compartment: Compartment::Personal,
        title: format!("App {number}").into(),
        user_name: "alice".into(),
        login_url: format!("{origin}/login").into(),
        origin: origin.into(),
        auto_submit: false,
        verify: false,
        changed_at: 0,
        holds: Holds::default(),
        form: None,
    }
}
