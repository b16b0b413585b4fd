//! One login of an export.

use secrecy::SecretString;

pub(crate) const LONGEST_SECRET: usize = 4096;
pub(crate) const LONGEST_URL: usize = 2048;
pub(crate) const LONGEST_NOTES: usize = 16 * 1024;

/// A login as an export has it.
pub struct Login {
    /// Its name; the host where the export has none.
    pub name: String,
    /// The page with the login form: always `http` or `https`.
    pub login_url: String,
    /// User name; may be empty.
    pub user_name: String,
    /// Password; never empty.
    pub password: SecretString,
    /// Seed for one-time codes, as the export has it.
    pub one_time_code: Option<SecretString>,
    /// Notes.
    pub notes: Option<SecretString>,
}

/// A login and where it stands.
pub struct Numbered {
    /// The number of its first line in the file, as an editor counts; of its item, where the file has items.
    pub line: u64,
    /// The login.
    pub login: Login,
}

/// A line that cannot be taken, or something in an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused {
    /// Its number in the file, as an editor counts; the first line has the names of the columns and is 1. Items count from 1.
    pub line: u64,
    /// Why.
    pub reason: Reason,
}

/// Why a line cannot be taken, or what of an item is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// It has more or fewer fields than the first line.
    #[error("it has not as many fields as the first line")]
    Fields,
    /// A quote does not end where it should.
    #[error("a quote is missing, so what follows cannot be told apart")]
    Quote,
    /// A card, an identity, a note.
    #[error("it is not a login")]
    NotALogin,
    /// HTTP authentication, which has no page with a form.
    #[error("it belongs to a dialog of the browser, not to a page")]
    BrowserDialog,
    /// There is no address.
    #[error("it has no address")]
    NoAddress,
    /// An app on a phone, a page of the browser itself, another protocol.
    #[error("its address is not that of a web page")]
    NotAWebPage,
    /// There is no password.
    #[error("it has no password")]
    NoPassword,
    /// A field is longer than anything that is typed.
    #[error("a field is too long")]
    TooLong,
    /// It is not as the format has it.
    #[error("it is not understood")]
    Malformed,
    /// There is nothing in it.
    #[error("there is nothing in it")]
    NothingInIt,
    /// Something that is no login, by what people call it.
    #[error("{0} is left out")]
    LeftOut(&'static str),
}

pub(crate) fn limited(text: &str, longest: usize) -> Result<&str, Reason> {
    if text.len() <= longest { Ok(text) } else { Err(Reason::TooLong) }
}

/// A name that a list can show.
pub(crate) fn shortened(name: &str) -> String {
    name.chars().filter(|letter| !letter.is_control()).take(200).collect()
}
