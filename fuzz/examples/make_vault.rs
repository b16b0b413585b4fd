//! Makes the vault that the target `vault_file` alters: `cargo run --manifest-path fuzz/Cargo.toml --example make_vault`.
//! The secrets in it are for nothing else.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use lanyard_vault::{Compartment, Holds, Item, Keychain as _, MemoryKeychain, Overview, Vault};
use secrecy::{ExposeSecret as _, SecretString};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let keychain = MemoryKeychain::new();
    let mut vault = Vault::open_or_create(&data, Arc::new(keychain.clone()))?;
    vault.unlock()?;
    for (user, origin, password) in
        [("alice", "https://payroll.test", "one"), ("bob", "https://stock.test", "two")]
    {
        vault.add(overview(user, origin), SecretString::from(password))?;
    }
    vault.service_put("tokens", b"refresh")?;
    let id = vault.id();
    drop(vault);
    let to = Path::new(env!("CARGO_MANIFEST_DIR")).join("vault");
    fs::create_dir_all(&to)?;
    fs::copy(data.join("vault.db"), to.join("vault.db"))?;
    fs::write(to.join("id"), id.to_string())?;
    for (item, name) in [(Item::device_secret(id), "device-secret"), (Item::generation(id), "generation")] {
        let text = keychain.get(&item)?.ok_or("the keychain has it")?;
        fs::write(to.join(name), text.expose_secret())?;
    }
    Ok(())
}

fn overview(user: &str, origin: &str) -> Overview {
    Overview {
        compartment: Compartment::Personal,
        title: "App".into(),
        user_name: user.into(),
        origin: origin.into(),
        login_url: format!("{origin}/login").into(),
        auto_submit: true,
        changed_at: 1_700_000_000_000,
        holds: Holds::default(),
        verify: false,
        form: None,
    }
}
