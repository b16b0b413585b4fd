//! Selectors of fields: CSS, with `>>>` between the host of a shadow root and what is in it. A word alone is an id or a name.

/// Longest selector, in characters.
const LONGEST: usize = 300;

/// Most fields that a login asks for besides.
pub const MOST_EXTRAS: usize = 8;

/// Characters of which one makes more than a word of a selector.
const STRUCTURE: &[char] = &['#', '.', '[', ']', '>', '+', '~', '*', ',', '"', '\'', '(', ')', '=', '\\'];

/// Characters that stand in no selector outside of quotes; `//input` and `{{user}}` are other languages.
const FOREIGN: &[char] = &['{', '}', ';', '<', '@', '!', '/', '%', '`', '?', '&'];

/// A selector that a browser may understand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector(Box<str>);

/// Why a selector is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SelectorError {
    /// Nothing, or nothing on one side of a `>>>`.
    #[error("is empty")]
    Empty,
    /// Too long.
    #[error("is longer than 300 characters")]
    TooLong,
    /// A bracket or a quote without its counterpart.
    #[error("has a bracket or a quote without its counterpart")]
    Unbalanced,
    /// A character that no selector has there.
    #[error("has the character {0:?}, which no selector has there")]
    Foreign(char),
}

impl Selector {
    /// Reads a selector. Whether a browser understands it shows in the browser; what none can understand is refused here.
    pub fn parse(text: &str) -> Result<Self, SelectorError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(SelectorError::Empty);
        }
        if text.chars().count() > LONGEST {
            return Err(SelectorError::TooLong);
        }
        if let Some(control) = text.chars().find(|letter| letter.is_control()) {
            return Err(SelectorError::Foreign(control));
        }
        for part in text.split(">>>") {
            check(part.trim())?;
        }
        Ok(Self(text.into()))
    }

    /// The field with this name, as a request carries it.
    pub fn parse_parameter(name: &str) -> Result<Self, SelectorError> {
        let name = name.trim();
        if name.is_empty() {
            return Err(SelectorError::Empty);
        }
        Self::parse(&named(name))
    }

    /// Either of two, of which a page shows one at a time.
    pub(crate) fn or(&self, other: &Self) -> Result<Self, SelectorError> {
        Self::parse(&format!("{}, {}", self.in_a_list(), other.in_a_list()))
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is a word alone: a type of element as CSS has it, and meant as an id or a name in most cases.
    pub fn is_bare_word(&self) -> bool {
        is_bare_word(&self.0)
    }

    /// In a list a word alone would be taken for a type of element.
    fn in_a_list(&self) -> String {
        match &*self.0 {
            "button" | "input" | "a" => self.0.to_string(),
            word if is_bare_word(word) => format!("[id=\"{word}\"], {}", named(word)),
            selector => selector.to_owned(),
        }
    }
}

/// Where the fields of a form are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selectors {
    /// User name.
    pub username: Option<Selector>,
    /// Current password.
    pub current_password: Option<Selector>,
    /// New password.
    pub new_password: Option<Selector>,
    /// One-time code.
    pub one_time_code: Option<Selector>,
    /// Fields that are asked for besides; at most [`MOST_EXTRAS`].
    pub extras: Vec<Selector>,
    /// What submits them.
    pub submit: Option<Selector>,
}

impl Selectors {
    /// Whether none is named.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn named(name: &str) -> String {
    format!("[name=\"{}\"]", name.replace('\\', "\\\\").replace('"', "\\\""))
}

fn is_bare_word(text: &str) -> bool {
    !text.contains(STRUCTURE) && !text.contains(char::is_whitespace)
}

/// Looks at one part between the `>>>`.
fn check(part: &str) -> Result<(), SelectorError> {
    if part.is_empty() {
        return Err(SelectorError::Empty);
    }
    let (mut open, mut quote) = (Vec::new(), None);
    let mut letters = part.chars();
    while let Some(letter) = letters.next() {
        match (letter, quote) {
            ('\\', _) => drop(letters.next()),
            (_, Some(end)) => quote = (letter != end).then_some(end),
            ('"' | '\'', None) => quote = Some(letter),
            ('[', None) => open.push(']'),
            ('(', None) => open.push(')'),
            (']' | ')', None) if open.pop() != Some(letter) => return Err(SelectorError::Unbalanced),
            (foreign, None) if FOREIGN.contains(&foreign) => return Err(SelectorError::Foreign(foreign)),
            _ => {}
        }
    }
    if open.is_empty() && quote.is_none() { Ok(()) } else { Err(SelectorError::Unbalanced) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn error(text: &str) -> Option<SelectorError> {
        Selector::parse(text).err()
    }

    #[test]
    fn selectors_as_administrators_and_pages_have_them_are_read() {
        for text in [
            "#user",
            "btn-login",
            "form1:userName",
            "input[name=\"ctl00$Main$txtUser\"]",
            "login-box >>> input[type='password']",
            "form > input:nth-of-type(2)",
            "[name=\"a/b;{c}\"]",
            "#a\\.b",
            "  #user  ",
        ] {
            assert_eq!(error(text), None, "{text}");
        }
        assert_eq!(Selector::parse("  #user ").unwrap().as_str(), "#user");
    }

    #[test]
    fn each_thing_that_no_browser_understands_is_named() {
        for (text, expected) in [
            ("", SelectorError::Empty),
            ("  ", SelectorError::Empty),
            ("host >>> ", SelectorError::Empty),
            ("//input[@id='user']", SelectorError::Foreign('/')),
            ("{{user}}", SelectorError::Foreign('{')),
            ("#user\n#pw", SelectorError::Foreign('\n')),
            ("input[name=user", SelectorError::Unbalanced),
            ("input(name]", SelectorError::Unbalanced),
            ("[name=\"user]", SelectorError::Unbalanced),
        ] {
            assert_eq!(error(text), Some(expected), "{text}");
        }
        assert_eq!(error(&"x".repeat(300)), None);
        assert_eq!(error(&"x".repeat(301)), Some(SelectorError::TooLong));
    }

    #[test]
    fn a_word_alone_is_told_from_a_selector() {
        for word in ["btn-login", "form1:user", "ctl00$Main$txt"] {
            assert!(Selector::parse(word).unwrap().is_bare_word(), "{word}");
        }
        for selector in ["#user", ".user", "a b", "[name=x]"] {
            assert!(!Selector::parse(selector).unwrap().is_bare_word(), "{selector}");
        }
    }

    #[test]
    fn a_parameter_is_a_field_of_that_name_whatever_is_in_it() {
        let selector = |name| Selector::parse_parameter(name).unwrap().as_str().to_owned();
        assert_eq!(selector("j_username"), "[name=\"j_username\"]");
        assert_eq!(selector("a\"b\\c"), "[name=\"a\\\"b\\\\c\"]");
        assert_eq!(Selector::parse_parameter(" "), Err(SelectorError::Empty));
    }

    #[test]
    fn either_of_two_keeps_words_what_they_are_meant_as() {
        let either = |one: &str, other: &str| {
            Selector::parse(one).unwrap().or(&Selector::parse(other).unwrap()).unwrap().as_str().to_owned()
        };
        assert_eq!(either("#next", "button"), "#next, button");
        assert_eq!(either("next", "#go"), "[id=\"next\"], [name=\"next\"], #go");
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_a_short_plain_selector_or_refused(text in "\\PC{0,400}|[\\[\\]()\"'\\\\>#a ]{0,40}") {
            if let Ok(selector) = Selector::parse(&text) {
                prop_assert!(!selector.as_str().is_empty() && selector.as_str().chars().count() <= LONGEST);
                prop_assert!(!selector.as_str().contains(char::is_control));
                prop_assert_eq!(Selector::parse(selector.as_str()), Ok(selector));
            }
        }

        #[test]
        fn a_parameters_name_never_ends_its_quotes(name in "[a\"'\\\\\\]x$:]{1,30}") {
            let selector = Selector::parse_parameter(&name).unwrap();
            let inner = selector.as_str().strip_prefix("[name=\"").and_then(|rest| rest.strip_suffix("\"]"));
            prop_assert_eq!(inner.unwrap().replace("\\\"", "\"").replace("\\\\", "\\").len() , name.trim().len());
        }
    }
}
