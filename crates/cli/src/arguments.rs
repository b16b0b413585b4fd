//! What can be typed.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

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
    /// Unlock the vault; a PIN is asked for, or read from standard input, where one is needed
    Unlock {
        /// With the recovery code, which is asked for, or read from standard input. Where the keyring was lost, this leads
        /// back into the vault
        #[arg(long, conflicts_with = "begin_new_vault")]
        recovery_code: bool,
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
    /// The vault as a whole: looked through, backed up, restored
    #[command(subcommand)]
    Vault(Vault),
    /// What opens the vault: this laptop, a PIN, a recovery code
    #[command(subcommand)]
    Slots(Slots),
    /// For organisations: the key that opens their people's vaults
    #[command(subcommand)]
    Escrow(Escrow),
    /// Browsers that work with Lanyard
    #[command(subcommand)]
    Browsers(Browsers),
    /// Security keys that confirm that you are there
    #[command(subcommand)]
    Keys(Keys),
    /// Show or change what Lanyard does
    Settings {
        #[command(subcommand)]
        command: Option<Settings>,
    },
    /// Show what was filled, saved and refused
    Activity {
        /// Go on showing new lines
        #[arg(long)]
        follow: bool,
        /// How many lines to begin with
        #[arg(long, default_value_t = 50, value_name = "N")]
        lines: u32,
    },
    /// Print a completion script for your shell
    Completions {
        /// Which shell
        shell: Shell,
    },
    /// Write the manual pages into a folder; packages are made with it
    #[command(hide = true)]
    Man {
        /// The folder
        #[arg(long, value_name = "FOLDER")]
        out: PathBuf,
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
    /// Show one app with its password, if you agree in Lanyard's window
    Show {
        /// Name or id of the app
        name: String,
        /// What to show
        #[arg(long, value_enum, default_value_t = Part::Password, value_name = "PART")]
        part: Part,
        /// Print the secret and nothing else
        #[arg(long)]
        only: bool,
    },
    /// Change an app; what is not named stays as it is
    Edit {
        /// Name or id of the app
        name: String,
        /// Another name
        #[arg(long, value_name = "NAME")]
        rename: Option<String>,
        /// Another page with the login form
        #[arg(long)]
        url: Option<String>,
        /// Another user name
        #[arg(long)]
        user: Option<String>,
        /// Another password; it is asked for, or read from standard input
        #[arg(long, group = "secret")]
        password: bool,
        /// Another key for one-time codes; it is asked for, or read from standard input; empty removes it
        #[arg(long, group = "secret")]
        one_time_code: bool,
        /// Other notes, read from standard input; empty removes them
        #[arg(long, group = "secret")]
        notes: bool,
        /// Whether the form is submitted after it was filled
        #[arg(long, value_name = "YES|NO", value_parser = parse_yes_or_no)]
        submit: Option<bool>,
    },
    /// Remove an app and its password for good
    Remove {
        /// Name or id of the app
        name: String,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Take logins from a CSV file of Chrome, Firefox, Bitwarden or `KeePassXC`, or from a Credential Exchange file (JSON)
    Import {
        /// The file, or - for standard input
        file: PathBuf,
        /// Give accounts that are there with another password the one from the file
        #[arg(long)]
        replace: bool,
        /// Only show what would be done
        #[arg(long, conflicts_with = "yes")]
        dry_run: bool,
        /// Do not ask
        #[arg(long)]
        yes: bool,
    },
    /// Write every app with its password into a CSV file, if you agree in Lanyard's window
    Export {
        /// A file that does not exist yet, or - for standard output
        file: PathBuf,
    },
    /// List apps, without passwords
    List {
        /// Only those whose name, user name or address contains this
        #[arg(default_value = "")]
        query: String,
    },
}

#[derive(Subcommand)]
pub(crate) enum Vault {
    /// Open everything in the vault, and say how much there is and what is damaged
    Verify,
    /// Make a backup: a copy of the sealed file, which opens with your keyring or its recovery code
    Backup {
        /// A file that does not exist yet; else it is one of the five that are kept beside the vault
        #[arg(long, value_name = "FILE")]
        to: Option<PathBuf>,
    },
    /// Put a backup in the vault's place, if you agree in Lanyard's window; the vault as it is is kept
    Restore {
        /// Generation of a backup that is kept beside the vault, or a file
        #[arg(value_name = "FILE|GENERATION")]
        backup: String,
        /// Even if it is the backup of another vault
        #[arg(long)]
        other_vault: bool,
        /// With its recovery code, which is asked for, or read from standard input: on another laptop, or where the keyring
        /// was lost
        #[arg(long)]
        recovery_code: bool,
        /// With what your organisation opened; the words that belong to it are asked for, or read from standard input
        #[arg(long, value_name = "FILE", conflicts_with = "recovery_code")]
        escrow_opening: Option<PathBuf>,
    },
    /// Give the vault new keys and seal everything anew, if you agree in Lanyard's window
    Rekey,
    /// Write your logins into an encrypted file that `age` opens, if you agree in Lanyard's window; a passphrase is asked for
    Export {
        /// A file that does not exist yet
        file: PathBuf,
        /// Encrypt for the owner of this public key instead; more than one can be given
        #[arg(long, value_name = "AGE1…")]
        recipient: Vec<String>,
        /// The same for every key in a file, one a line
        #[arg(long, value_name = "FILE")]
        recipients_file: Option<PathBuf>,
    },
}

#[derive(Subcommand)]
pub(crate) enum Slots {
    /// List what opens the vault
    List,
    /// Add a way to open it, or replace it, if you agree in Lanyard's window
    Add {
        /// What to add
        #[arg(value_enum)]
        slot: NewSlot,
    },
    /// Remove a way to open it, if you agree in Lanyard's window
    Remove {
        /// Its name, as `lanyard slots list` shows it
        slot: String,
    },
    /// Whether a PIN or security key is needed every time, if you agree in Lanyard's window
    AlwaysAsk {
        /// on or off
        #[arg(value_name = "ON|OFF", action = clap::ArgAction::Set, value_parser = parse_on_or_off)]
        on: bool,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum NewSlot {
    /// Words that open the vault where everything else is lost; they are printed once
    RecoveryCode,
    /// A PIN, which works on this laptop only; it is asked for, or read from standard input
    Pin,
}

#[derive(Subcommand)]
pub(crate) enum Escrow {
    /// Make the key: the private half into a file for the safe, the public half is printed for the organisation's file
    MakeKey {
        /// A file that does not exist yet
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Sign the key that follows, so that laptops take it without asking their people
    Sign {
        /// The file with the private half of the present key
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// The public half of the key that follows
        successor: String,
    },
    /// Open somebody's vault file: writes what leads them back in, and prints the words that belong to it
    Open {
        /// The file with the private half
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// The vault file, or a backup of it
        vault: PathBuf,
        /// A file that does not exist yet
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
}

#[derive(Subcommand)]
pub(crate) enum Browsers {
    /// List the browsers that are here and whether they are connected
    List,
    /// Tell the browsers that are here where to find Lanyard
    Install,
    /// Take that back
    Uninstall,
    /// Connect a browser that is running, if you agree in Lanyard's window
    Pair {
        /// First digits of its profile, where several wait
        profile: Option<String>,
    },
    /// Cut a browser off, if you agree in Lanyard's window
    Revoke {
        /// First digits of its profile, as `lanyard browsers list` shows them
        profile: String,
    },
}

#[derive(Subcommand)]
pub(crate) enum Keys {
    /// List the keys
    List,
    /// Add a key, if you agree in Lanyard's window and use it in a browser
    Add {
        /// What you call it
        name: String,
    },
    /// Remove a key, if you agree in Lanyard's window
    Remove {
        /// Its name, or the first digits of its id as `lanyard keys list` shows them
        key: String,
    },
}

#[derive(Subcommand)]
pub(crate) enum Settings {
    /// Change one
    Set {
        /// Which one
        #[arg(value_enum)]
        name: Setting,
        /// on, off; a language such as `de`, or `system`; `light`, `dark` or `system`; minutes
        value: String,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Setting {
    /// Offer to save logins that are not the organisation's: on, off
    OfferToSave,
    /// Language of Lanyard's own words: a tag such as `de`, or `system`
    Language,
    /// `light`, `dark` or `system`
    Theme,
    /// Lock after so many minutes without use, or `off`
    LockAfter,
    /// Start with the desktop: on, off
    StartAtLogin,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    /// The password
    Password,
    /// The one-time code of this moment
    OneTimeCode,
    /// The notes
    Notes,
    /// Former passwords
    Former,
    /// Nothing secret, and nobody is asked
    None,
}

fn parse_on_or_off(text: &str) -> Result<bool, String> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err("say on or off".to_owned()),
    }
}

fn parse_yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err("say yes or no".to_owned()),
    }
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
