//! Which column is which: exports differ in the names of their columns, and one product changed them over time.

use csv::StringRecord;
use secrecy::SecretString;

use crate::address::parse_url;
use crate::login::{LONGEST_NOTES, LONGEST_SECRET, Login, Reason, limited, shortened};

/// Whose export a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Chrome, Edge, Brave, Vivaldi, and Lanyard's own.
    Chrome,
    /// Firefox and its kin.
    Firefox,
    /// Bitwarden.
    Bitwarden,
    /// `KeePassXC`.
    KeePassXc,
    /// Whoever speaks the FIDO Alliance's Credential Exchange Format, Lanyard among them.
    CredentialExchange,
}

impl Source {
    /// As people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chrome => "Chrome",
            Self::Firefox => "Firefox",
            Self::Bitwarden => "Bitwarden",
            Self::KeePassXc => "KeePassXC",
            Self::CredentialExchange => "Credential Exchange",
        }
    }

    /// What its logins are numbered by.
    pub fn unit(self) -> &'static str {
        match self {
            Self::Chrome | Self::Firefox | Self::Bitwarden | Self::KeePassXc => "line",
            Self::CredentialExchange => "item",
        }
    }
}

/// Where the fields of a login stand in a line.
pub(crate) struct Columns {
    count: usize,
    url: usize,
    user_name: usize,
    password: usize,
    name: Option<usize>,
    one_time_code: Option<usize>,
    notes: Option<usize>,
    /// What kind of record a line is; only `login` is one of ours.
    kind: Option<usize>,
    /// Firefox keeps passwords of browser dialogs too, which are no forms.
    realm: Option<usize>,
}

/// A column that only this export has, and the names that it gives to url, user name and password.
const KNOWN: [(Source, &str, [&str; 3]); 4] = [
    (Source::Bitwarden, "login_uri", ["login_uri", "login_username", "login_password"]),
    (Source::Firefox, "formactionorigin", ["url", "username", "password"]),
    (Source::KeePassXc, "title", ["url", "username", "password"]),
    (Source::Chrome, "url", ["url", "username", "password"]),
];

/// The columns by the names in the first line; none where it names no export that is known.
pub(crate) fn find(header: &StringRecord) -> Option<(Source, Columns)> {
    let names: Vec<String> = header.iter().map(|name| name.trim().to_lowercase()).collect();
    let at = |wanted: &str| names.iter().position(|name| name == wanted);
    let (source, _, [url, user_name, password]) =
        KNOWN.into_iter().find(|(_, mark, _)| at(mark).is_some())?;
    let columns = Columns {
        count: names.len(),
        url: at(url)?,
        user_name: at(user_name)?,
        password: at(password)?,
        name: at("name").or_else(|| at("title")),
        one_time_code: at("totp").or_else(|| at("login_totp")).or_else(|| at("otpauth")),
        notes: at("notes").or_else(|| at("note")),
        kind: at("type"),
        realm: at("httprealm"),
    };
    Some((source, columns))
}

/// The sign between fields: a spreadsheet that saved the file again may have changed it.
pub(crate) fn delimiter_of(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let count = |delimiter: char| first.matches(delimiter).count();
    [(',', b','), (';', b';'), ('\t', b'\t')]
        .into_iter()
        .max_by_key(|(delimiter, _)| count(*delimiter))
        .map_or(b',', |(_, delimiter)| delimiter)
}

impl Columns {
    /// The login of a line that stands on so many lines of the file; none where the line is empty or no login at all.
    pub(crate) fn read(&self, record: &StringRecord, lines: u64) -> Result<Option<Login>, Reason> {
        if record.iter().all(|field| field.trim().is_empty()) {
            return Ok(None);
        }
        if record.len() != self.count {
            // A quote that does not end swallows what follows.
            return Err(if lines > 1 { Reason::Quote } else { Reason::Fields });
        }
        let field = |at: usize| record.get(at).unwrap_or_default();
        let filled = |at: Option<usize>| at.map(field).filter(|text| !text.trim().is_empty());
        if filled(self.kind).is_some_and(|kind| !kind.eq_ignore_ascii_case("login")) {
            return Err(Reason::NotALogin);
        }
        if filled(self.realm).is_some() {
            return Err(Reason::BrowserDialog);
        }
        let url = parse_url(field(self.url))?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let password = field(self.password);
        if password.is_empty() {
            return Err(Reason::NoPassword);
        }
        Ok(Some(Login {
            name: shortened(filled(self.name).map_or(host.as_str(), str::trim)),
            login_url: url.into(),
            user_name: limited(field(self.user_name), LONGEST_SECRET)?.to_owned(),
            password: SecretString::from(limited(password, LONGEST_SECRET)?),
            one_time_code: filled(self.one_time_code)
                .map(|text| limited(text.trim(), LONGEST_SECRET).map(SecretString::from))
                .transpose()?,
            notes: filled(self.notes)
                .map(|text| limited(text, LONGEST_NOTES).map(SecretString::from))
                .transpose()?,
        }))
    }
}
