//! The recovery code: 128 random bits, written as twelve words of the English list of BIP-39 with a checksum in the last.
//!
//! What a person types from paper is read as kindly as can be: in any case, with any spaces or dashes, numbered, and as short
//! as leaves no doubt, which four letters always do. What cannot be read is named by its place, never repeated.

use bip39::{Language, Mnemonic};
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use crate::seal::fill_random;

const WORDS: usize = 12;

/// What opens the vault where everything else is lost.
#[derive(Clone)]
pub struct RecoveryCode(Zeroizing<[u8; 16]>);

/// Why a text is no recovery code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WordsError {
    /// More or fewer than twelve.
    #[error("a recovery code has 12 words, not {0}")]
    Count(usize),
    /// No word of the list begins so; counted from one.
    #[error("word {0} is none that a recovery code has")]
    Unknown(usize),
    /// Several words begin so; counted from one.
    #[error("word {0} is too short to tell which it is")]
    Short(usize),
    /// Each is a word, but they do not belong together.
    #[error("one of the words is another, or they are in another order")]
    Checksum,
}

impl WordsError {
    /// What the person can do.
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Count(_) => "enter all 12 words, in their order, with spaces between them",
            Self::Unknown(_) | Self::Short(_) => "compare this word with your sheet",
            Self::Checksum => "compare each word and the order with your sheet",
        }
    }
}

impl RecoveryCode {
    /// A new one.
    pub fn make_random() -> Self {
        let mut bits = Zeroizing::new([0; 16]);
        fill_random(&mut *bits);
        Self(bits)
    }

    /// Its words, with spaces between them.
    #[expect(clippy::missing_panics_doc, reason = "any 16 bytes are a code")]
    pub fn expose_words(&self) -> SecretString {
        let words = Mnemonic::from_entropy_in(Language::English, &*self.0).expect("16 bytes make 12 words");
        let words = Zeroizing::new(words);
        // All capacity at once: a growing buffer would leave words behind. No word has more than 8 letters.
        let mut text = String::with_capacity(WORDS * 9);
        for word in words.words() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        text.into()
    }

    /// Reads what a person typed.
    pub fn parse(text: &SecretString) -> Result<Self, WordsError> {
        let lower = Zeroizing::new(text.expose_secret().to_lowercase());
        let typed: Vec<&str> =
            lower.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()).collect();
        if typed.len() != WORDS {
            return Err(WordsError::Count(typed.len()));
        }
        let mut words = Zeroizing::new(String::with_capacity(WORDS * 9));
        for (place, typed) in (1..).zip(typed) {
            if place > 1 {
                words.push(' ');
            }
            words.push_str(complete(typed, place)?);
        }
        let words = Mnemonic::parse_in_normalized(Language::English, &words);
        let words = Zeroizing::new(words.map_err(|_| WordsError::Checksum)?);
        let (bits, _) = words.to_entropy_array();
        let bits = Zeroizing::new(bits);
        let mut code = Zeroizing::new([0; 16]);
        code.copy_from_slice(&bits[..16]);
        Ok(Self(code))
    }

    /// Two different places of its words, in order, counted from one: those that are asked for to see whether it was written
    /// down.
    pub fn make_two_places() -> [u8; 2] {
        loop {
            let mut places = [0; 2];
            fill_random(&mut places);
            let [first, second] = places.map(|byte| byte % 16 + 1);
            if first < second && second <= 12 {
                return [first, second];
            }
        }
    }

    /// Whether the word at this place, counted from one, was typed.
    pub fn has_word(&self, place: u8, typed: &SecretString) -> bool {
        let (words, place) = (self.expose_words(), usize::from(place));
        let typed = Zeroizing::new(typed.expose_secret().trim().to_lowercase());
        let right = words.expose_secret().split(' ').nth(place.wrapping_sub(1));
        right.is_some() && complete(&typed, place).ok() == right
    }

    pub(crate) fn expose_bits(&self) -> &[u8; 16] {
        &self.0
    }
}

/// The one word of the list that begins so.
fn complete(typed: &str, place: usize) -> Result<&'static str, WordsError> {
    let list = Language::English.word_list();
    if let Ok(found) = list.binary_search(&typed) {
        return Ok(list[found]);
    }
    let mut beginning = list.iter().filter(|word| word.starts_with(typed));
    match (beginning.next(), beginning.next()) {
        (Some(word), None) => Ok(word),
        (Some(_), Some(_)) => Err(WordsError::Short(place)),
        (None, _) => Err(WordsError::Unknown(place)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(bits: [u8; 16]) -> String {
        RecoveryCode(Zeroizing::new(bits)).expose_words().expose_secret().to_owned()
    }

    fn parse(text: &str) -> Result<[u8; 16], WordsError> {
        RecoveryCode::parse(&text.into()).map(|code| *code.0)
    }

    /// As people write: any case, numbered, a few letters, lines and dashes.
    fn scrawled(word: &str, style: u8, place: usize) -> String {
        let word = if style & 1 == 0 { word.to_owned() } else { word.to_uppercase() };
        let word = if style & 2 == 0 { word } else { word.chars().take(4).collect() };
        match style >> 2 & 3 {
            0 => format!("{word} "),
            1 => format!("  {word}\n"),
            2 => format!("{}. {word}\t", place + 1),
            _ => format!("{word}-"),
        }
    }

    proptest! {
        #[test]
        fn what_was_written_down_is_read_however_it_is_typed(bits: [u8; 16], styles: [u8; 12]) {
            let text: String = words(bits)
                .split(' ')
                .zip(styles)
                .enumerate()
                .map(|(place, (word, style))| scrawled(word, style, place))
                .collect();
            prop_assert_eq!(parse(&text), Ok(bits));
        }

        /// One word in sixteen passes the checksum of four bits by chance; it never reads as the same code.
        #[test]
        fn another_word_is_another_code_or_none(bits: [u8; 16], place in 0..12_usize, other in 0..2048_usize) {
            let text = words(bits);
            let mut changed: Vec<&str> = text.split(' ').collect();
            let other = Language::English.word_list()[other];
            prop_assume!(changed[place] != other);
            changed[place] = other;
            prop_assert_ne!(parse(&changed.join(" ")), Ok(bits));
        }

        #[test]
        fn any_text_is_read_or_refused(text: String) {
            parse(&text).ok();
        }
    }

    #[test]
    fn the_words_are_those_of_the_standard() {
        let abandon =
            "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
        assert_eq!(words([0; 16]), abandon);
        assert_eq!(words([0xFF; 16]), "zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo wrong");
    }

    #[test]
    fn what_is_wrong_is_named_by_its_place() {
        let typed = |place: usize, word: &str| {
            let mut words = ["abandon"; 12];
            words[11] = "about";
            words[place - 1] = word;
            parse(&words.join(" "))
        };
        assert_eq!(typed(5, "abandom"), Err(WordsError::Unknown(5)));
        assert_eq!(typed(5, "abbandon"), Err(WordsError::Unknown(5)));
        assert_eq!(typed(12, "ab"), Err(WordsError::Short(12)));
        assert_eq!(typed(3, "zoo"), Err(WordsError::Checksum));
        assert_eq!(typed(1, "aband"), Ok([0; 16]));
        assert_eq!(parse("abandon about"), Err(WordsError::Count(2)));
        assert_eq!(parse(""), Err(WordsError::Count(0)));
        assert_eq!(parse(&"zoo ".repeat(13)), Err(WordsError::Count(13)));
    }

    #[test]
    fn the_same_words_in_another_order_do_not_belong_together() {
        let words = words([7; 16]);
        let mut reversed: Vec<&str> = words.split(' ').collect();
        reversed.reverse();
        assert_eq!(parse(&reversed.join(" ")), Err(WordsError::Checksum));
    }

    #[test]
    fn two_codes_differ() {
        assert_ne!(RecoveryCode::make_random().0, RecoveryCode::make_random().0);
    }

    #[test]
    fn a_word_is_known_at_its_place_and_as_kindly_typed() {
        let code = RecoveryCode(Zeroizing::new([0; 16]));
        assert!(code.has_word(12, &" About".into()) && code.has_word(1, &"aban".into()));
        assert!(!code.has_word(11, &"about".into()) && !code.has_word(13, &"about".into()));
        assert!(!code.has_word(0, &"abandon".into()) && !code.has_word(12, &"".into()));
    }

    #[test]
    fn two_places_are_in_order_and_of_the_twelve() {
        for _ in 0..200 {
            let [first, second] = RecoveryCode::make_two_places();
            assert!(1 <= first && first < second && second <= 12);
        }
    }

    #[test]
    fn an_error_repeats_nothing_that_was_typed() {
        let error = parse("abandon secret").unwrap_err();
        assert!(!error.to_string().contains("secret"));
    }
}
