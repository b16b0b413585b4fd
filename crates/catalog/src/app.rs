//! An app as the organisation's file names it.
//!
//! Other catalogs know a kind of app for each shape of login. They are written here like this:
//!
//! | login | `template` | what it wants |
//! |---|---|---|
//! | found by itself | `form`, or nothing | nothing |
//! | user name, password, button | `form` | `fields.username`, `.current_password`, `.submit` |
//! | a third field, such as a company | `form` | the same and `extras`, with a fixed `value` or without |
//! | user name on one page, password on the next | `two_page` | the same and `fields.next`; `password_page_url` where that page is at another address |
//! | the form is in a frame of another address | `frame` | `frame`, the address of what is in the frame |
//! | fields by the names under which a form sends them | `parameters` | the names instead of selectors |
//! | the browser asks, not the page (HTTP Basic, Digest) | `http_auth` | `login_url` is the address that asks |
//!
//! What of an app cannot be used is left out and told as a [`Finding`]; the rest of the app is used.

use std::fmt;

use serde::Deserialize;

use crate::{InvalidOrigin, MOST_EXTRAS, Origin, PasswordRules, Selector, SelectorError, Selectors};

/// Longest value of a field, in characters.
const LONGEST_VALUE: usize = 200;

/// An app as an administrator writes it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// Its name, as people read it.
    pub name: String,
    /// Page with the login form.
    pub login_url: String,
    /// The shape of its login.
    #[serde(default)]
    pub template: Template,
    /// Where its fields are.
    #[serde(default)]
    pub fields: WrittenFields,
    /// What else its login asks for.
    #[serde(default)]
    pub extras: Vec<WrittenExtra>,
    /// Page with the password, where it is another one.
    #[serde(default)]
    pub password_page_url: Option<String>,
    /// Page in the frame that holds the form.
    #[serde(default)]
    pub frame: Option<String>,
    /// What the app wants of a password, as the `passwordrules` attribute says it.
    #[serde(default)]
    pub password_rules: Option<String>,
    /// Whether it is filled as soon as its login page is there.
    #[serde(default)]
    pub automatic: bool,
    /// Whether the person has to show a security key or their PIN before it is filled.
    #[serde(default)]
    pub verify: bool,
}

/// The shape of a login.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// One form.
    #[default]
    Form,
    /// User name on one page, password on the next.
    TwoPage,
    /// The form is in a frame of another address.
    Frame,
    /// Fields are named as a request carries them.
    Parameters,
    /// The browser asks (RFC 7617, RFC 7616).
    HttpAuth,
}

/// Where the fields of an app are, as an administrator writes it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct WrittenFields {
    /// User name.
    pub username: Option<String>,
    /// Current password.
    pub current_password: Option<String>,
    /// New password.
    pub new_password: Option<String>,
    /// One-time code.
    pub one_time_code: Option<String>,
    /// What leads from the user name to the password.
    pub next: Option<String>,
    /// What submits the form.
    pub submit: Option<String>,
}

/// A field that a login asks for besides.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenExtra {
    /// The field.
    pub field: String,
    /// What everybody has there; without it, it is each person's own and kept when a login is saved.
    #[serde(default)]
    pub value: Option<String>,
}

/// An app, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    /// Its name, as people read it.
    pub name: String,
    /// Its origin: accounts of the app are accounts for this origin.
    pub origin: Origin,
    /// Page with the login form.
    pub login_url: String,
    /// Where its fields are, those of `extras` among them.
    pub selectors: Selectors,
    /// What is filled for everybody.
    pub extras: Vec<ExtraField>,
    /// Origins beside its own on which its login goes on.
    pub pages: Vec<Origin>,
    /// Origins of frames in its pages that hold its form.
    pub frames: Vec<Origin>,
    /// What it wants of a password.
    pub password_rules: Option<PasswordRules>,
    /// Whether it is filled as soon as its login page is there.
    pub automatic: bool,
    /// Whether the person has to show a security key or their PIN before it is filled.
    pub verify: bool,
}

/// A field with a fixed value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExtraField {
    /// The field.
    pub field: Selector,
    /// What goes into it.
    pub value: String,
}

/// What of an app is not used, or not as it was written, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The app.
    pub app: String,
    /// In the words of its file.
    pub text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\": {}", self.app, self.text)
    }
}

impl App {
    /// An app that says nothing but where it is.
    pub fn named(name: impl Into<String>, login_url: impl Into<String>) -> Result<Self, InvalidOrigin> {
        let login_url = login_url.into();
        Ok(Self {
            name: name.into(),
            origin: Origin::of_page(&login_url)?,
            login_url,
            selectors: Selectors::default(),
            extras: Vec::new(),
            pages: Vec::new(),
            frames: Vec::new(),
            password_rules: None,
            automatic: false,
            verify: false,
        })
    }

    /// Reads what an administrator wrote.
    pub fn parse(written: Written) -> Result<(Self, Vec<Finding>), InvalidOrigin> {
        let Written { name, login_url, template, fields, extras, password_page_url, frame, .. } = written;
        let mut app = Self::named(name, login_url)?;
        let mut reader = Reader { app: app.name.clone(), findings: Vec::new() };
        app.selectors = reader.fields(template, fields);
        (app.selectors.extras, app.extras) = reader.extras(template, extras);
        app.pages = reader.neighbour("password_page_url", password_page_url, &app.origin);
        app.pages.retain(|page| *page != app.origin);
        app.frames = reader.neighbour("frame", frame, &app.origin);
        app.automatic = written.automatic;
        app.verify = written.verify;
        app.password_rules = reader.rules(written.password_rules);
        reader.check_template(template, &app);
        Ok((app, reader.findings))
    }
}

struct Reader {
    app: String,
    findings: Vec<Finding>,
}

impl Reader {
    fn find(&mut self, text: String) {
        self.findings.push(Finding { app: self.app.clone(), text });
    }

    fn selector(&mut self, template: Template, field: &str, text: Option<String>) -> Option<Selector> {
        let text = text?;
        let selector = match template {
            Template::Parameters => Selector::parse_parameter(&text),
            Template::Form | Template::TwoPage | Template::Frame | Template::HttpAuth => {
                Selector::parse(&text)
            }
        };
        let selector = self.used(field, selector)?;
        if selector.is_bare_word() {
            self.find(format!(
                "the selector of `{field}` is the word `{text}` alone; it is tried as it is, then as an id, then as a \
                 name: write `#{text}` or `[name=\"{text}\"]`"
            ));
        }
        Some(selector)
    }

    fn used(&mut self, field: &str, selector: Result<Selector, SelectorError>) -> Option<Selector> {
        selector
            .inspect_err(|error| self.find(format!("the selector of `{field}` {error}; it is not used")))
            .ok()
    }

    fn fields(&mut self, template: Template, fields: WrittenFields) -> Selectors {
        let WrittenFields { username, current_password, new_password, one_time_code, next, submit } = fields;
        let next = self.selector(template, "next", next);
        let submit = self.selector(template, "submit", submit);
        let submit = match (next, submit) {
            (Some(next), Some(submit)) => self.used("next", next.or(&submit)),
            (next, submit) => next.or(submit),
        };
        Selectors {
            username: self.selector(template, "username", username),
            current_password: self.selector(template, "current_password", current_password),
            new_password: self.selector(template, "new_password", new_password),
            one_time_code: self.selector(template, "one_time_code", one_time_code),
            extras: Vec::new(),
            submit,
        }
    }

    fn extras(&mut self, template: Template, extras: Vec<WrittenExtra>) -> (Vec<Selector>, Vec<ExtraField>) {
        if extras.len() > MOST_EXTRAS {
            self.find(format!("more than {MOST_EXTRAS} `extras`; the others are not used"));
        }
        let (mut fields, mut fixed) = (Vec::new(), Vec::new());
        for WrittenExtra { field, value } in extras.into_iter().take(MOST_EXTRAS) {
            let Some(field) = self.selector(template, "extras", Some(field)) else { continue };
            fields.push(field.clone());
            match value {
                Some(value) if value.chars().count() > LONGEST_VALUE => self.find(format!(
                    "the value of `{}` is longer than {LONGEST_VALUE} characters; it is not used",
                    field.as_str()
                )),
                Some(value) => fixed.push(ExtraField { field, value }),
                None => {}
            }
        }
        (fields, fixed)
    }

    /// An address that the app shares its accounts with. What the network could change gets nothing of an app that it
    /// could not.
    fn neighbour(&mut self, field: &str, url: Option<String>, own: &Origin) -> Vec<Origin> {
        let Some(url) = url else { return Vec::new() };
        match Origin::of_page(&url) {
            Ok(origin) if own.is_trustworthy() && !origin.is_trustworthy() => {
                self.find(format!("`{field}` is not https, though the app is; it is not used"));
                Vec::new()
            }
            Ok(origin) => vec![origin],
            Err(InvalidOrigin) => {
                self.find(format!("`{field}` is not the address of a web page; it is not used"));
                Vec::new()
            }
        }
    }

    fn rules(&mut self, text: Option<String>) -> Option<PasswordRules> {
        let rules = PasswordRules::parse(&text?);
        if rules.is_err() {
            self.find("`password_rules` are none that a password could be made by; they are not used".into());
        }
        rules.ok()
    }

    fn check_template(&mut self, template: Template, app: &App) {
        let lacking = match template {
            Template::TwoPage | Template::Parameters if app.selectors.is_empty() => {
                "names no `fields`; they are looked for"
            }
            Template::Frame if app.frames.is_empty() => {
                "names no `frame`; the form is looked for in its own page"
            }
            Template::HttpAuth if !app.selectors.is_empty() => {
                "has `fields`; they are not used where the browser asks"
            }
            Template::Form
            | Template::TwoPage
            | Template::Frame
            | Template::Parameters
            | Template::HttpAuth => return,
        };
        self.find(format!("its template {lacking}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> (App, Vec<String>) {
        let json =
            json.replacen('{', "{\"name\":\"Payroll\",\"login_url\":\"https://pay.example/login\",", 1);
        let (app, findings) = App::parse(serde_json::from_str(&json).unwrap()).unwrap();
        (app, findings.iter().map(ToString::to_string).collect())
    }

    fn text(selector: Option<&Selector>) -> &str {
        selector.map_or("", Selector::as_str)
    }

    #[test]
    fn an_app_that_says_nothing_but_its_page_is_whole() {
        let (app, findings) = read(r#"{"automatic":true}"#);
        assert_eq!((app.origin.as_str(), app.automatic, findings.len()), ("https://pay.example", true, 0));
        assert!(app.selectors.is_empty() && app.frames.is_empty() && app.pages.is_empty());
    }

    #[test]
    fn three_fields_one_of_them_the_same_for_everybody() {
        let (app, findings) = read(
            r##"{"fields":{"username":"#user","current_password":"#pw","submit":"button"},
            "extras":[{"field":"#company","value":"4711"},{"field":"#branch"}]}"##,
        );
        assert_eq!(app.selectors.extras.len(), 2);
        assert_eq!((app.extras.len(), app.extras[0].value.as_str()), (1, "4711"));
        assert_eq!(findings.len(), 1, "{findings:?}");
    }

    #[test]
    fn two_pages_share_what_leads_on() {
        let (app, findings) = read(
            r##"{"template":"two_page","fields":{"username":"#user","next":"#next","submit":"#go"},
            "password_page_url":"https://sso.example/password"}"##,
        );
        assert_eq!(text(app.selectors.submit.as_ref()), "#next, #go");
        assert_eq!((app.pages[0].as_str(), findings.len()), ("https://sso.example", 0));
        let (near, _) = read(r#"{"password_page_url":"https://pay.example/password"}"#);
        assert!(near.pages.is_empty());
    }

    #[test]
    fn a_frame_gives_its_origin() {
        let (app, findings) = read(r#"{"template":"frame","frame":"https://forms.example/login?x=1"}"#);
        assert_eq!((app.frames[0].as_str(), findings.len()), ("https://forms.example", 0));
    }

    #[test]
    fn parameters_are_names() {
        let (app, findings) =
            read(r#"{"template":"parameters","fields":{"username":"j_username","current_password":"p[0]"}}"#);
        assert_eq!(text(app.selectors.username.as_ref()), "[name=\"j_username\"]");
        assert_eq!(text(app.selectors.current_password.as_ref()), "[name=\"p[0]\"]");
        assert!(findings.is_empty());
    }

    #[test]
    fn what_cannot_be_used_is_named_and_the_rest_is_used() {
        let (app, findings) = read(
            r#"{"template":"frame","fields":{"username":"user","current_password":"//input","submit":" "},
            "frame":"http://forms.example","password_rules":"nonsense","password_page_url":"mailto:x"}"#,
        );
        assert_eq!(text(app.selectors.username.as_ref()), "user");
        assert!(app.selectors.current_password.is_none() && app.frames.is_empty());
        for (finding, part) in findings.iter().zip([
            "`submit` is empty",
            "`username` is the word `user` alone",
            "`current_password` has the character '/'",
            "`password_page_url` is not the address",
            "`frame` is not https",
            "`password_rules` are none",
            "names no `frame`",
        ]) {
            assert!(finding.starts_with("\"Payroll\": ") && finding.contains(part), "{finding} / {part}");
        }
        assert_eq!(findings.len(), 7, "{findings:#?}");
    }

    #[test]
    fn a_word_that_is_not_known_refuses_the_app() {
        assert!(serde_json::from_str::<Written>(r#"{"name":"a","login_url":"b","password":"c"}"#).is_err());
        assert!(
            serde_json::from_str::<Written>(r#"{"name":"a","login_url":"b","template":"guess"}"#).is_err()
        );
    }
}
