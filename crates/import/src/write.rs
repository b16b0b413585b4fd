//! An export that browsers and password stores can read.

use std::io::{self, Write};

use secrecy::ExposeSecret as _;

use crate::Login;

/// The names of the columns: Chrome's and Edge's first, which Firefox, Bitwarden and `KeePassXC` read as well.
const HEADER: [&str; 6] = ["name", "url", "username", "password", "note", "totp"];

/// Writes logins as CSV.
pub fn write_csv<'a>(to: impl Write, logins: impl IntoIterator<Item = &'a Login>) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(to);
    writer.write_record(HEADER)?;
    for login in logins {
        let secret = |secret: &'a Option<secrecy::SecretString>| {
            secret.as_ref().map_or("", |secret| secret.expose_secret())
        };
        writer.write_record([
            login.name.as_str(),
            &login.login_url,
            &login.user_name,
            login.password.expose_secret(),
            secret(&login.notes),
            secret(&login.one_time_code),
        ])?;
    }
    writer.flush()
}
