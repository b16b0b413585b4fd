//! What is known of a record while the vault is unlocked: everything but the secret.

use std::fmt;

use serde::{Deserialize, Serialize};
use zeroize::Zeroize;

use crate::Secret;

/// Whose record it is. Each compartment has a key of its own, so that one can be wiped or escrowed without the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Compartment {
    /// Apps of the organisation's catalog, and what an administrator gave.
    #[serde(rename = "o")]
    Organisation,
    /// Everything else; it stays the person's at the end of the job.
    #[serde(rename = "p")]
    Personal,
}

/// What a record is for, without its secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overview {
    /// Whose record it is.
    #[serde(rename = "c")]
    pub compartment: Compartment,
    /// The name of the app, as the person reads it.
    #[serde(rename = "t")]
    pub title: Box<str>,
    /// The user name that is filled.
    #[serde(rename = "u")]
    pub user_name: Box<str>,
    /// The exact origin it may be filled on, `scheme://host[:port]`.
    #[serde(rename = "o")]
    pub origin: Box<str>,
    /// The page with the login form.
    #[serde(rename = "l")]
    pub login_url: Box<str>,
    /// Whether the form is submitted after it was filled, as the person set it.
    #[serde(rename = "a")]
    pub auto_submit: bool,
    /// When the record was changed, in Unix milliseconds.
    #[serde(rename = "m")]
    pub changed_at: u64,
    /// Whether the person has to show a security key or their PIN before it is filled.
    #[serde(rename = "v", default, skip_serializing_if = "std::ops::Not::not")]
    pub verify: bool,
    /// What the secret holds beside the password; the vault keeps it true.
    #[serde(rename = "h", default, skip_serializing_if = "Holds::is_password_alone")]
    pub holds: Holds,
    /// What is known of the login's form; most records know nothing, and pay for it with a pointer.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Box<Form>>,
}

/// What was seen of a login's form when it was saved.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// What the login asks for besides user name and password.
    #[serde(rename = "e", default, skip_serializing_if = "Vec::is_empty")]
    pub extras: Vec<Extra>,
    /// Where its fields are.
    #[serde(rename = "s", default, skip_serializing_if = "Selectors::is_empty")]
    pub selectors: Selectors,
}

/// A field that a login asks for besides, and what goes into it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extra {
    /// The field, by a selector.
    #[serde(rename = "f")]
    pub field: Box<str>,
    /// What goes into it.
    #[serde(rename = "v")]
    pub value: Box<str>,
}

/// Where the fields of a form are.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Selectors {
    /// User name.
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub username: Option<Box<str>>,
    /// Current password.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub current_password: Option<Box<str>>,
    /// New password.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    pub new_password: Option<Box<str>>,
    /// One-time code.
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    pub one_time_code: Option<Box<str>>,
    /// Fields that are asked for besides.
    #[serde(rename = "e", default, skip_serializing_if = "Vec::is_empty")]
    pub extras: Vec<Box<str>>,
    /// What submits them.
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub submit: Option<Box<str>>,
}

/// An account number is not a password, and nobody's business either.
impl Drop for Extra {
    fn drop(&mut self) {
        self.value.zeroize();
    }
}

impl Selectors {
    /// Whether none is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Form {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a secret holds beside the password, so that lists and screens know it without opening the secret.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holds {
    /// A seed for one-time codes.
    #[serde(rename = "t")]
    pub one_time_code: bool,
    /// Notes.
    #[serde(rename = "n")]
    pub notes: bool,
    /// How many former passwords.
    #[serde(rename = "f")]
    pub former: u8,
}

impl Holds {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands fields by reference")]
    fn is_password_alone(&self) -> bool {
        *self == Self::default()
    }
}

impl From<&Secret> for Holds {
    fn from(secret: &Secret) -> Self {
        Self {
            one_time_code: secret.one_time_code.is_some(),
            notes: secret.notes.is_some(),
            former: u8::try_from(secret.former.len()).unwrap_or(u8::MAX),
        }
    }
}

impl Zeroize for Overview {
    fn zeroize(&mut self) {
        for text in [&mut self.title, &mut self.user_name, &mut self.origin, &mut self.login_url] {
            text.zeroize();
        }
        self.form = None;
    }
}

/// Overviews are sealed in the file, so they are kept out of logs as well.
impl fmt::Debug for Overview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Overview").field("compartment", &self.compartment).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"c":"p","t":"Payroll","u":"alice","o":"https://payroll.test","l":"https://payroll.test/login","a":true,"m":7}"#;

    #[test]
    fn the_stored_form_stays_as_it_is() {
        let overview: Overview = serde_json::from_str(TEXT).expect("reads");
        assert_eq!(serde_json::to_string(&overview).expect("writes"), TEXT);
    }

    #[test]
    fn a_form_is_stored_with_it_and_takes_no_room_where_there_is_none() {
        let text = TEXT.replace(
            "\"m\":7",
            r##""m":7,"f":{"e":[{"f":"#company","v":"4711"}],"s":{"u":"#user","e":["#company"]}}"##,
        );
        let overview: Overview = serde_json::from_str(&text).expect("reads");
        assert_eq!(serde_json::to_string(&overview).expect("writes"), text);
        assert_eq!(&*overview.form.expect("a form").extras[0].value, "4711");
        assert_eq!(size_of::<Option<Box<Form>>>(), size_of::<usize>());
    }

    #[test]
    fn an_unknown_field_is_refused() {
        let text = TEXT.replace("\"m\":7", "\"m\":7,\"x\":1");
        assert!(serde_json::from_str::<Overview>(&text).is_err());
    }

    #[test]
    fn debug_shows_no_content() {
        let overview: Overview = serde_json::from_str(TEXT).expect("reads");
        let shown = format!("{overview:?}");
        assert!(!shown.contains("alice") && !shown.contains("ayroll"), "{shown}");
    }
}
