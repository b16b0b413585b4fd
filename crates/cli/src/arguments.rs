//! What can be typed.

use clap::{Parser, Subcommand};

/// Signs you in to the apps that only know a password.
#[derive(Parser)]
#[command(
    name = "lanyard",
    version,
    after_help = "Exit codes: 0 done · 1 failed · 2 wrong arguments · 3 Lanyard is not running · 4 locked · \
                  5 nobody signed in · 6 declined · 7 not found · 8 provider · 9 keychain or vault · 10 refused · 11 busy or too late"
)]
pub(crate) struct Arguments {
    /// Print JSON, one object a line
    #[arg(long, global = true)]
    pub(crate) json: bool,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Run Lanyard without tray and window
    Run,
    /// Show who is signed in and what state the vault is in
    Status,
    /// Sign in at your company's identity provider
    SignIn {
        /// Issuer URL; what was used before, if not given
        #[arg(long, value_name = "URL", requires = "client_id")]
        issuer: Option<String>,
        /// Client id that the provider gave to Lanyard
        #[arg(long, value_name = "ID", requires = "issuer")]
        client_id: Option<String>,
    },
    /// Sign out; the vault is locked
    SignOut,
    /// Lock the vault
    Lock,
    /// Unlock the vault
    Unlock {
        /// Keep a vault that cannot be opened any longer, and begin a new one beside it
        #[arg(long)]
        begin_new_vault: bool,
    },
    /// Open an app, signed in
    Launch {
        /// Name or id of the app
        name: String,
        /// Only allow it: print the page for you to open
        #[arg(long)]
        no_open: bool,
    },
    /// Apps and their credentials
    #[command(subcommand)]
    Credentials(Credentials),
    /// Browsers that work with Lanyard
    #[command(subcommand)]
    Browsers(Browsers),
    /// Show what was filled, saved and refused
    Activity {
        /// Go on showing new lines
        #[arg(long)]
        follow: bool,
        /// How many lines to begin with
        #[arg(long, default_value_t = 50, value_name = "N")]
        lines: u32,
    },
}

#[derive(Subcommand)]
pub(crate) enum Credentials {
    /// Add an app; the password is asked for, or read from standard input
    Add {
        /// Name of the app
        #[arg(long)]
        name: String,
        /// Page with the login form
        #[arg(long)]
        url: String,
        /// User name at the app
        #[arg(long)]
        user: String,
        /// Fill the form without submitting it
        #[arg(long)]
        no_submit: bool,
    },
    /// List apps, without passwords
    List {
        /// Only those whose name, user name or address contains this
        #[arg(default_value = "")]
        query: String,
    },
}

#[derive(Subcommand)]
pub(crate) enum Browsers {
    /// List the browsers that are here and whether they are connected
    List,
    /// Tell the browsers that are here where to find Lanyard
    Install,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }
}
