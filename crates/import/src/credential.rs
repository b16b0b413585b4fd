//! What is in an item of the Credential Exchange Format: logins, what belongs to them, and what is left out.

use std::borrow::Cow;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use url::Url;

use crate::address::parse_one;
use crate::login::{LONGEST_NOTES, LONGEST_SECRET, LONGEST_URL, Login, Reason, limited, shortened};

#[derive(Deserialize)]
struct Item<'a> {
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    scope: Option<Scope>,
    #[serde(borrow, default)]
    credentials: Vec<&'a RawValue>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Scope {
    #[serde(default)]
    urls: Vec<String>,
    #[serde(default)]
    android_apps: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
struct Kind<'a> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
}

#[derive(Deserialize)]
struct BasicAuth {
    username: Option<Field>,
    password: Option<Field>,
}

#[derive(Deserialize)]
struct Field {
    value: SecretString,
}

#[derive(Deserialize)]
struct Totp {
    secret: SecretString,
    period: u32,
    digits: u32,
    algorithm: String,
    #[serde(default)]
    username: Option<String>,
    #[serde(default)]
    issuer: Option<String>,
}

#[derive(Deserialize)]
struct Note {
    content: Field,
}

/// The credentials of an item, by what becomes of them.
#[derive(Default)]
struct Contents {
    logins: Vec<BasicAuth>,
    one_time_code: Option<SecretString>,
    notes: Vec<SecretString>,
    left_out: Vec<Reason>,
}

/// Its logins first, then each thing that is left out. An item without a login, or one that cannot be used, is refused.
pub(crate) fn read_item(json: &str) -> Vec<Result<Login, Reason>> {
    let Ok(Item { title, scope, credentials }) = serde_json::from_str(json) else {
        return vec![Err(Reason::Malformed)];
    };
    let mut contents = Contents::of(&credentials);
    if contents.logins.is_empty() {
        return contents.of_no_login().into_iter().map(Err).collect();
    }
    let url = match address(&scope.unwrap_or_default(), &mut contents.left_out) {
        Ok(url) => url,
        Err(reason) => return vec![Err(reason)],
    };
    let notes = contents.notes();
    let name = title.map(|title| shortened(title.trim())).filter(|title| !title.is_empty());
    // Written in ASCII, a host can be longer than a name.
    let name = name.unwrap_or_else(|| shortened(url.host_str().unwrap_or_default()));
    let mut found: Vec<_> = contents.logins.into_iter().map(|login| login.read(&name, &url)).collect();
    // What belongs to the item goes with the first of its logins.
    if let Some(first) = found.iter_mut().flatten().next() {
        first.one_time_code = contents.one_time_code;
        first.notes = notes;
    }
    found.extend(contents.left_out.into_iter().map(Err));
    found
}

impl Contents {
    fn of(credentials: &[&RawValue]) -> Self {
        let mut contents = Self::default();
        for credential in credentials {
            if let Err(reason) = contents.take(credential.get()) {
                contents.left_out.push(reason);
            }
        }
        contents
    }

    fn take(&mut self, json: &str) -> Result<(), Reason> {
        let Kind { kind } = parse(json)?;
        match &*kind {
            "basic-auth" => self.logins.push(parse(json)?),
            "note" => self.notes.push(parse::<Note>(json)?.content.value),
            "totp" if self.one_time_code.is_some() => return Err(Reason::LeftOut("a second one-time code")),
            "totp" => self.one_time_code = Some(parse::<Totp>(json)?.into_seed()?),
            other => return Err(Reason::LeftOut(called(other))),
        }
        Ok(())
    }

    /// Everything that is in it, as what is left out.
    fn of_no_login(self) -> Vec<Reason> {
        let mut reasons = self.left_out;
        reasons.extend(self.one_time_code.map(|_| Reason::LeftOut("a one-time code without a password")));
        reasons.extend(self.notes.into_iter().map(|_| Reason::LeftOut("a note without a login")));
        if reasons.is_empty() { vec![Reason::NothingInIt] } else { reasons }
    }

    /// All of the notes; those that are too long together are left out.
    fn notes(&mut self) -> Option<SecretString> {
        let notes = std::mem::take(&mut self.notes);
        let filled = notes.iter().map(ExposeSecret::expose_secret).filter(|note| !note.trim().is_empty());
        let joined = SecretString::from(filled.collect::<Vec<_>>().join("\n\n"));
        if joined.expose_secret().len() > LONGEST_NOTES {
            self.left_out.push(Reason::LeftOut("a note that is too long"));
            return None;
        }
        (!joined.expose_secret().is_empty()).then_some(joined)
    }
}

impl BasicAuth {
    fn read(self, name: &str, url: &Url) -> Result<Login, Reason> {
        let text = |field: Option<Field>| field.map_or_else(|| SecretString::from(""), |field| field.value);
        let (user_name, password) = (text(self.username), text(self.password));
        if password.expose_secret().is_empty() {
            return Err(Reason::NoPassword);
        }
        limited(password.expose_secret(), LONGEST_SECRET)?;
        Ok(Login {
            name: name.to_owned(),
            login_url: url.as_str().to_owned(),
            user_name: limited(user_name.expose_secret(), LONGEST_SECRET)?.to_owned(),
            password,
            one_time_code: None,
            notes: None,
        })
    }
}

impl Totp {
    /// The key alone where nothing else is to be known, else an `otpauth` address.
    fn into_seed(self) -> Result<SecretString, Reason> {
        let Self { secret, period, digits, algorithm, username, issuer } = self;
        limited(secret.expose_secret(), LONGEST_SECRET)?;
        let algorithm = algorithm.to_uppercase();
        if !["SHA1", "SHA256", "SHA512"].contains(&&*algorithm) {
            return Err(Reason::LeftOut("a one-time code of a kind that Lanyard does not make"));
        }
        if (period, digits, &*algorithm, &issuer) == (30, 6, "SHA1", &None) {
            return Ok(secret);
        }
        // A colon parts issuer and account in such an address.
        let plain = |text: Option<String>| {
            let text = text.map(|text| shortened(&text.replace(':', " ")));
            text.filter(|text| !text.trim().is_empty())
        };
        let mut url = Url::parse("otpauth://totp/").expect("an address");
        url.set_path(&plain(username).unwrap_or_else(|| "account".to_owned()).replace(['/', '%'], " "));
        let mut query = url.query_pairs_mut();
        query.append_pair("secret", secret.expose_secret()).append_pair("algorithm", &algorithm);
        query.append_pair("digits", &digits.to_string()).append_pair("period", &period.to_string());
        if let Some(issuer) = plain(issuer) {
            query.append_pair("issuer", &issuer);
        }
        drop(query);
        // What reads such addresses takes a plus for itself.
        let query = url.query().map(|query| query.replace('+', "%20"));
        url.set_query(query.as_deref());
        Ok(String::from(url).into())
    }
}

/// The first address of a web page; others, and apps on a phone, are left out.
fn address(scope: &Scope, left_out: &mut Vec<Reason>) -> Result<Url, Reason> {
    if !scope.android_apps.is_empty() {
        left_out.push(Reason::LeftOut("an app on a phone"));
    }
    let mut urls = scope.urls.iter().filter(|url| url.len() <= LONGEST_URL).filter_map(|url| parse_one(url));
    let Some(first) = urls.next() else {
        return Err(if scope.urls.is_empty() { Reason::NoAddress } else { Reason::NotAWebPage });
    };
    left_out.extend(scope.urls.iter().skip(1).map(|_| Reason::LeftOut("a further address")));
    Ok(first)
}

fn parse<'a, T: Deserialize<'a>>(json: &'a str) -> Result<T, Reason> {
    serde_json::from_str(json).map_err(|_| Reason::Malformed)
}

/// What people call a kind of credential.
fn called(kind: &str) -> &'static str {
    match kind {
        "address" => "a postal address",
        "api-key" => "a key for programs",
        "credit-card" => "a credit card",
        "custom-fields" => "a group of further fields",
        "drivers-license" => "a driver's licence",
        "file" => "a file",
        "generated-password" => "a password without an account",
        "identity-document" => "an identity document",
        "item-reference" => "a reference to another item",
        "passkey" => "a passkey",
        "passport" => "a passport",
        "person-name" => "a person's name",
        "ssh-key" => "an SSH key",
        "wifi" => "a password of a wireless network",
        _ => "something that Lanyard does not know",
    }
}
