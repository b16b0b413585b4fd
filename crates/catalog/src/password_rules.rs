//! What a site wants of a password, in the format of the `passwordrules` attribute and of Apple's
//! password-manager-resources.

use std::collections::{BTreeMap, BTreeSet};

use password_rules_parser::{CharacterClass, parse_password_rules};
use serde::Deserialize;

/// How long passwords are where the site leaves it open.
const USUAL: usize = 20;

/// The longest that is made.
const LONGEST: usize = 128;

/// A longer text is not one that a site wrote for people's passwords.
const LONGEST_TEXT: usize = 1000;

/// Bits that a password should have where the site allows them.
const BITS: f64 = 100.0;

/// Of the special characters those that no form, shell or keyboard stumbles over.
const SPECIAL: &str = "!#$%*+-.:=?@_";

/// Rules that a password can be made by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasswordRules {
    allowed: Vec<char>,
    required: Vec<Vec<char>>,
    length: usize,
    max_consecutive: Option<usize>,
}

/// This says nothing that a password could be made by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("these are no rules that a password could be made by")]
pub struct InvalidRules;

impl Default for PasswordRules {
    /// What nearly every site takes: twenty characters, of each kind at least one.
    fn default() -> Self {
        let required: Vec<_> = usual_classes().iter().map(chars_of).collect();
        Self { allowed: union(&required), required, length: USUAL, max_consecutive: None }
    }
}

impl PasswordRules {
    /// Reads rules as a site or an organisation writes them.
    pub fn parse(text: &str) -> Result<Self, InvalidRules> {
        if text.len() > LONGEST_TEXT {
            return Err(InvalidRules);
        }
        let rules = parse_password_rules(text, false).map_err(|_| InvalidRules)?;
        let mut required: Vec<Vec<char>> = rules.required.iter().map(|some| union_of(some)).collect();
        let mut allowed = union_of(&rules.allowed);
        // Lengths alone leave it open which characters, and then one of each kind is what most sites ask for.
        if required.is_empty() && allowed.is_empty() {
            required = Self::default().required;
        }
        allowed.extend(required.iter().flatten());
        allowed = allowed.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
        if allowed.len() < 2 || required.iter().any(Vec::is_empty) || rules.max_consecutive == Some(0) {
            return Err(InvalidRules);
        }
        let least = size(rules.min_length).unwrap_or(0).max(required.len()).max(1);
        let most = size(rules.max_length).unwrap_or(LONGEST).min(LONGEST);
        if least > most {
            return Err(InvalidRules);
        }
        let length = wanted_length(allowed.len()).clamp(least, most);
        Ok(Self { allowed, required, length, max_consecutive: size(rules.max_consecutive) })
    }

    /// Characters that it may consist of, each of them once; at least two.
    pub fn allowed(&self) -> &[char] {
        &self.allowed
    }

    /// Of each of these sets at least one character has to be there; never more sets than [`Self::length`].
    pub fn required(&self) -> &[Vec<char>] {
        &self.required
    }

    /// How long to make it.
    pub fn length(&self) -> usize {
        self.length
    }

    /// How often the same character may follow upon itself, itself included.
    pub fn max_consecutive(&self) -> Option<usize> {
        self.max_consecutive
    }
}

/// A site's rules as they are written, in the form of Apple's password-manager-resources.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct WrittenRules {
    password_rules: String,
    #[serde(default)]
    exact_domain_match_only: bool,
}

/// The rules of many sites, by their hosts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteRules(BTreeMap<String, SiteRule>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct SiteRule {
    rules: PasswordRules,
    exact: bool,
}

impl SiteRules {
    /// Reads the rules of sites. Returns also the sites whose rules are not used.
    pub fn parse(written: BTreeMap<String, WrittenRules>) -> (Self, Vec<String>) {
        let (mut sites, mut unusable) = (BTreeMap::new(), Vec::new());
        for (host, WrittenRules { password_rules, exact_domain_match_only: exact }) in written {
            match PasswordRules::parse(&password_rules) {
                Ok(rules) => drop(sites.insert(host.to_ascii_lowercase(), SiteRule { rules, exact })),
                Err(InvalidRules) => unusable.push(host),
            }
        }
        (Self(sites), unusable)
    }

    /// The rules of a host, or of the nearest domain above it.
    pub fn of(&self, host: &str) -> Option<&PasswordRules> {
        let above = std::iter::successors(Some(host), |host| host.split_once('.').map(|(_, rest)| rest));
        let mut found = above.filter_map(|name| self.0.get(name).filter(|site| !site.exact || name == host));
        found.next().map(|site| &site.rules)
    }
}

fn usual_classes() -> [CharacterClass; 4] {
    [CharacterClass::Upper, CharacterClass::Lower, CharacterClass::Digit, CharacterClass::Special]
}

fn chars_of(class: &CharacterClass) -> Vec<char> {
    match class {
        CharacterClass::Upper | CharacterClass::Lower | CharacterClass::Digit => class.chars(),
        CharacterClass::Special => SPECIAL.chars().collect(),
        CharacterClass::AsciiPrintable | CharacterClass::Unicode => union_of(&usual_classes()),
        CharacterClass::Custom(chars) => chars
            .iter()
            .copied()
            .filter(char::is_ascii_graphic)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
    }
}

fn union_of(classes: &[CharacterClass]) -> Vec<char> {
    union(&classes.iter().map(chars_of).collect::<Vec<_>>())
}

fn union(sets: &[Vec<char>]) -> Vec<char> {
    sets.iter().flatten().copied().collect::<BTreeSet<_>>().into_iter().collect()
}

fn size(number: Option<u32>) -> Option<usize> {
    number.map(|number| usize::try_from(number).unwrap_or(usize::MAX))
}

/// Few characters to choose from want a longer password.
fn wanted_length(characters: usize) -> usize {
    let characters = u8::try_from(characters).unwrap_or(u8::MAX);
    (1..LONGEST).find(|&length| bits(length, characters) >= BITS).unwrap_or(LONGEST).max(USUAL)
}

fn bits(length: usize, characters: u8) -> f64 {
    f64::from(u32::try_from(length).unwrap_or(u32::MAX)) * f64::from(characters).log2()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lengths_and_classes_are_as_the_site_wants_them() {
        let rules = PasswordRules::parse("minlength: 8; maxlength: 16; required: lower; required: upper; allowed: digit; max-consecutive: 2;").unwrap();
        assert_eq!((rules.length(), rules.required().len(), rules.max_consecutive()), (16, 2, Some(2)));
        assert_eq!(rules.allowed().len(), 62);
        let longer = PasswordRules::parse("minlength: 30; required: digit, special;").unwrap();
        assert_eq!((longer.length(), longer.required().len()), (30, 1));
    }

    #[test]
    fn lengths_alone_ask_for_one_of_each_kind() {
        let rules = PasswordRules::parse("minlength: 6; maxlength: 16;").unwrap();
        assert_eq!((rules.length(), rules.required().len()), (16, 4));
    }

    #[test]
    fn digits_alone_make_a_longer_password() {
        assert_eq!(PasswordRules::parse("required: digit;").unwrap().length(), 31);
        assert_eq!(PasswordRules::parse("required: digit; maxlength: 6;").unwrap().length(), 6);
    }

    #[test]
    fn what_cannot_be_met_or_is_not_understood_is_refused() {
        for text in [
            "minlength: 9; maxlength: 8;",
            "maxlength: 0;",
            "minlength: 129;",
            "maxlength: 2; required: upper; required: lower; required: digit;",
            "allowed: [a];",
            "required: [ ];",
            "max-consecutive: 0;",
            "minlength: eight;",
            "hello",
        ] {
            assert_eq!(PasswordRules::parse(text), Err(InvalidRules), "{text}");
        }
        assert_eq!(PasswordRules::parse(&" ".repeat(1001)), Err(InvalidRules));
    }

    #[test]
    fn a_sites_rules_hold_for_hosts_below_it_unless_they_are_its_alone() {
        let text = r#"{"acme.example":{"password-rules":"maxlength: 9;"},
            "login.acme.example":{"password-rules":"maxlength: 8;","exact-domain-match-only":true},
            "bad.example":{"password-rules":"hello"}}"#;
        let (sites, unusable) = SiteRules::parse(serde_json::from_str(text).unwrap());
        let length = |host| sites.of(host).map(PasswordRules::length);
        assert_eq!(unusable, ["bad.example"]);
        assert_eq!((length("acme.example"), length("www.acme.example")), (Some(9), Some(9)));
        assert_eq!((length("login.acme.example"), length("a.login.acme.example")), (Some(8), Some(9)));
        assert_eq!((length("notacme.example"), length("example"), length("bad.example")), (None, None, None));
    }

    proptest! {
        #[test]
        fn rules_that_are_read_can_be_met(text in "((minlength|maxlength|max-consecutive): [0-9]{1,3}; |(required|allowed): (lower|upper|digit|special|ascii-printable|\\[[-a-c!]{1,3}\\]); ){0,6}|\\PC{0,80}") {
            if let Ok(rules) = PasswordRules::parse(&text) {
                prop_assert!(rules.allowed().len() >= 2 && rules.allowed().iter().all(char::is_ascii_graphic));
                prop_assert!(rules.required().len() <= rules.length() && (1..=LONGEST).contains(&rules.length()));
                let allowed = |letter| rules.allowed().contains(letter);
                prop_assert!(rules.required().iter().all(|set| !set.is_empty() && set.iter().all(allowed)));
            }
        }
    }
}
