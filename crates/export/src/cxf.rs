//! The Credential Exchange Format: what is written of each credential, and around them.
//!
//! <https://fidoalliance.org/specs/cx/cxf-v1.0-ps-20250814.html>

use std::io;

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Serialize, Serializer};

/// What ends a file: that of the items, the account, the accounts and the header.
pub(crate) const CLOSING: &str = "]}]}";

/// Whose export it is, and of when.
pub struct About {
    /// Names the vault, for programs.
    pub account: [u8; 16],
    /// Who is signed in.
    pub user_name: String,
    /// Their address, where the provider told one.
    pub email: Option<String>,
    /// Unix milliseconds.
    pub made_at: u64,
}

/// A credential, and everything that belongs to it.
pub struct Item {
    /// Names it, for programs.
    pub id: [u8; 16],
    /// Unix milliseconds.
    pub changed_at: u64,
    /// Its name.
    pub name: String,
    /// The page with the login form.
    pub login_url: String,
    /// User name; may be empty.
    pub user_name: String,
    /// Password.
    pub password: SecretString,
    /// How its one-time codes are made.
    pub one_time_codes: Option<OneTimeCodes>,
    /// What the person wrote down.
    pub notes: Option<SecretString>,
    /// What the format has no kind for.
    pub others: Vec<CustomFields>,
}

/// How one-time codes are made (RFC 6238).
pub struct OneTimeCodes {
    /// The key, in base32.
    pub secret: SecretString,
    /// How long each lasts, in seconds.
    pub period: u8,
    /// How many digits each has.
    pub digits: u8,
    /// `sha1`, `sha256` or `sha512`.
    pub algorithm: String,
    /// Who gave the key.
    pub issuer: Option<String>,
}

/// Fields under a heading.
pub struct CustomFields {
    /// The heading.
    pub label: &'static str,
    /// What each field is called, and what is in it.
    pub fields: Vec<(String, SecretString)>,
}

/// Everything before the first item.
pub(crate) fn opening(about: &About) -> String {
    let account = WrittenAccount {
        id: id(&about.account),
        username: &about.user_name,
        email: about.email.as_deref().unwrap_or_default(),
        collections: [],
        items: [],
    };
    let header = WrittenHeader {
        version: Version { major: 1, minor: 0 },
        exporter_rp_id: "lanyard",
        exporter_display_name: "Lanyard",
        timestamp: about.made_at / 1000,
        accounts: [account],
    };
    let whole = serde_json::to_string(&header).expect("plain strings and numbers");
    whole.strip_suffix(CLOSING).expect("items are written last").to_owned()
}

impl Item {
    pub(crate) fn write(&self, to: impl io::Write) -> io::Result<()> {
        let mut credentials = vec![Credential::BasicAuth {
            username: (!self.user_name.is_empty()).then(|| Field::shown(&self.user_name)),
            password: Field::concealed(&self.password),
        }];
        credentials.extend(self.one_time_codes.as_ref().map(|codes| Credential::Totp {
            secret: Exposed(&codes.secret),
            period: codes.period,
            digits: codes.digits,
            username: (!self.user_name.is_empty()).then_some(self.user_name.as_str()),
            algorithm: &codes.algorithm,
            issuer: codes.issuer.as_deref(),
        }));
        credentials.extend(
            self.notes
                .as_ref()
                .map(|notes| Credential::Note { content: Field::shown(notes.expose_secret()) }),
        );
        credentials.extend(self.others.iter().map(|CustomFields { label, fields }| {
            let fields = fields.iter();
            let fields = fields.map(|(name, value)| Field { label: Some(name), ..Field::concealed(value) });
            Credential::CustomFields { label, fields: fields.collect() }
        }));
        let item = WrittenItem {
            id: id(&self.id),
            modified_at: self.changed_at / 1000,
            title: &self.name,
            scope: Scope { urls: [&self.login_url], android_apps: [] },
            credentials,
        };
        serde_json::to_writer(to, &item).map_err(io::Error::from)
    }
}

fn id(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenHeader<'a> {
    version: Version,
    exporter_rp_id: &'a str,
    exporter_display_name: &'a str,
    timestamp: u64,
    accounts: [WrittenAccount<'a>; 1],
}

#[derive(Serialize)]
struct Version {
    major: u8,
    minor: u8,
}

#[derive(Serialize)]
struct WrittenAccount<'a> {
    id: String,
    username: &'a str,
    email: &'a str,
    collections: [(); 0],
    /// Written one by one in their place.
    items: [(); 0],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenItem<'a> {
    id: String,
    modified_at: u64,
    title: &'a str,
    scope: Scope<'a>,
    credentials: Vec<Credential<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Scope<'a> {
    urls: [&'a str; 1],
    android_apps: [(); 0],
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
enum Credential<'a> {
    BasicAuth {
        #[serde(skip_serializing_if = "Option::is_none")]
        username: Option<Field<'a>>,
        password: Field<'a>,
    },
    Totp {
        secret: Exposed<'a>,
        period: u8,
        digits: u8,
        #[serde(skip_serializing_if = "Option::is_none")]
        username: Option<&'a str>,
        algorithm: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        issuer: Option<&'a str>,
    },
    Note {
        content: Field<'a>,
    },
    CustomFields {
        label: &'a str,
        fields: Vec<Field<'a>>,
    },
}

#[derive(Serialize)]
struct Field<'a> {
    #[serde(rename = "fieldType")]
    kind: &'static str,
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
}

impl<'a> Field<'a> {
    fn shown(value: &'a str) -> Self {
        Self { kind: "string", value, label: None }
    }

    fn concealed(value: &'a SecretString) -> Self {
        Self { kind: "concealed-string", value: value.expose_secret(), label: None }
    }
}

struct Exposed<'a>(&'a SecretString);

impl Serialize for Exposed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose_secret())
    }
}
