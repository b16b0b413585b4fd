//! What is known of a form: the organisation's definition, and what was learned when a login was saved. Pages have a say in
//! what is learned, so it is looked at before it is kept.

use lanyard_catalog::{App, MOST_EXTRAS, Origin, Selector};
use lanyard_protocol::browser::{Extra, FormHint, Selectors};
use lanyard_vault::{self as vault, Form, Overview, RecordId};

use crate::Broker;

/// Longest value of a field that a login asks for besides, in characters.
const LONGEST_VALUE: usize = 200;

impl Broker {
    /// What is known of the forms of an origin: nothing where it is not an app's.
    pub(crate) fn form_hint(&self, origin: &Origin, records: &[RecordId]) -> Option<Box<FormHint>> {
        let app = self.organisation_app(origin);
        if app.is_none() && records.is_empty() {
            return None;
        }
        let learned = |record: &RecordId| {
            let form = self.vault.as_ref().ok()?.overview(*record).ok()?.form.as_ref()?;
            (!form.selectors.is_empty()).then(|| from_vault(&form.selectors))
        };
        Some(Box::new(FormHint {
            app: app.filter(|app| !app.selectors.is_empty()).map(|app| from_catalog(&app.selectors)),
            learned: records.iter().find_map(learned),
            automatic: app.is_some_and(|app| app.automatic) && records.len() == 1,
            frames: app.map_or_else(Vec::new, |app| app.frames.iter().map(ToString::to_string).collect()),
        }))
    }
}

/// What goes into a login's further fields: for everybody the same comes before what a person typed once.
pub(crate) fn extras_of(overview: &Overview, app: Option<&App>) -> Vec<Extra> {
    let fixed = app.into_iter().flat_map(|app| &app.extras);
    let mut extras: Vec<Extra> = fixed
        .map(|extra| Extra { field: extra.field.as_str().to_owned(), value: extra.value.clone() })
        .collect();
    for own in overview.form.iter().flat_map(|form| &form.extras) {
        if extras.iter().all(|extra| *extra.field != *own.field) {
            extras.push(Extra { field: own.field.to_string(), value: own.value.to_string() });
        }
    }
    extras.truncate(MOST_EXTRAS);
    extras
}

/// Reads what a browser saw of a form. What does not fit is left out: a login is worth keeping without it.
pub(crate) fn parse_form(extras: Vec<Extra>, learned: Option<Selectors>) -> Form {
    let extras = extras.into_iter().filter_map(|Extra { field, value }| {
        let fits = !value.trim().is_empty()
            && value.chars().count() <= LONGEST_VALUE
            && !value.contains(char::is_control);
        Some(vault::Extra { field: parse_selector(&field).filter(|_| fits)?, value: value.into() })
    });
    Form {
        extras: extras.take(MOST_EXTRAS).collect(),
        selectors: learned.map(parse_selectors).unwrap_or_default(),
    }
}

fn parse_selectors(selectors: Selectors) -> vault::Selectors {
    let parse = |selector: Option<String>| selector.and_then(|selector| parse_selector(&selector));
    let Selectors { username, current_password, new_password, one_time_code, extras, submit } = selectors;
    vault::Selectors {
        username: parse(username),
        current_password: parse(current_password),
        new_password: parse(new_password),
        one_time_code: parse(one_time_code),
        extras: extras.iter().filter_map(|selector| parse_selector(selector)).take(MOST_EXTRAS).collect(),
        submit: parse(submit),
    }
}

fn parse_selector(selector: &str) -> Option<Box<str>> {
    Selector::parse(selector).ok().map(|selector| selector.as_str().into())
}

/// What is known after a form was seen again: what was seen last comes first.
pub(crate) fn merge(old: Form, new: Form) -> Form {
    let (seen, known) = (new.selectors, old.selectors);
    Form {
        extras: if new.extras.is_empty() { old.extras } else { new.extras },
        selectors: vault::Selectors {
            username: seen.username.or(known.username),
            current_password: seen.current_password.or(known.current_password),
            new_password: seen.new_password.or(known.new_password),
            one_time_code: seen.one_time_code.or(known.one_time_code),
            extras: if seen.extras.is_empty() { known.extras } else { seen.extras },
            submit: seen.submit.or(known.submit),
        },
    }
}

/// What a page that changes a password teaches: its other fields are not those of the login.
pub(crate) fn of_change(form: Form) -> Form {
    let new_password = form.selectors.new_password;
    Form { extras: Vec::new(), selectors: vault::Selectors { new_password, ..vault::Selectors::default() } }
}

fn from_vault(selectors: &vault::Selectors) -> Selectors {
    let text = |selector: &Option<Box<str>>| selector.as_ref().map(ToString::to_string);
    Selectors {
        username: text(&selectors.username),
        current_password: text(&selectors.current_password),
        new_password: text(&selectors.new_password),
        one_time_code: text(&selectors.one_time_code),
        extras: selectors.extras.iter().map(ToString::to_string).collect(),
        submit: text(&selectors.submit),
    }
}

fn from_catalog(selectors: &lanyard_catalog::Selectors) -> Selectors {
    let text = |selector: &Option<Selector>| selector.as_ref().map(|selector| selector.as_str().to_owned());
    Selectors {
        username: text(&selectors.username),
        current_password: text(&selectors.current_password),
        new_password: text(&selectors.new_password),
        one_time_code: text(&selectors.one_time_code),
        extras: selectors.extras.iter().map(|selector| selector.as_str().to_owned()).collect(),
        submit: text(&selectors.submit),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn extra(field: &str, value: &str) -> Extra {
        Extra { field: field.into(), value: value.into() }
    }

    #[test]
    fn what_does_not_fit_is_left_out_and_the_rest_is_kept() {
        let selectors = Selectors {
            username: Some("#user".into()),
            current_password: Some("x".repeat(301)),
            submit: Some("a {".into()),
            ..Selectors::default()
        };
        let extras = vec![
            extra("#company", "4711"),
            extra("#long", &"x".repeat(201)),
            extra("#blank", " "),
            extra("//nonsense", "1"),
            extra("#lines", "a\nb"),
            extra("#limit", &"x".repeat(200)),
        ];
        let form = parse_form(extras, Some(selectors));
        let fields: Vec<_> = form.extras.iter().map(|extra| &*extra.field).collect();
        assert_eq!(fields, ["#company", "#limit"]);
        assert_eq!(form.selectors.username.as_deref(), Some("#user"));
        assert!(form.selectors.current_password.is_none() && form.selectors.submit.is_none());
    }

    proptest! {
        #[test]
        fn whatever_a_browser_says_stays_within_bounds(
            extras in prop::collection::vec(("\\PC{0,320}|#[a-z]{1,9}", "(?s).{0,260}|[0-9]{1,9}"), 0..20),
            selectors in prop::collection::vec("\\PC{0,320}|#[a-z]{1,9}", 0..20),
        ) {
            let learned = Selectors {
                username: selectors.first().cloned(),
                submit: selectors.last().cloned(),
                extras: selectors,
                ..Selectors::default()
            };
            let form = parse_form(extras.iter().map(|(field, value)| extra(field, value)).collect(), Some(learned));
            prop_assert!(form.extras.len() <= 8 && form.selectors.extras.len() <= 8);
            for extra in &form.extras {
                prop_assert!((1..=300).contains(&extra.field.chars().count()));
                prop_assert!((1..=200).contains(&extra.value.chars().count()));
            }
            for selector in form.selectors.extras.iter().chain(&form.selectors.username).chain(&form.selectors.submit) {
                prop_assert!((1..=300).contains(&selector.chars().count()));
            }
        }
    }
}
