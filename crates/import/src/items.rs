//! A file of the Credential Exchange Format, item by item: each is parsed when its turn comes.

use std::collections::VecDeque;
use std::ops::Range;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::credential::read_item;
use crate::{FileError, Numbered, Refused};

/// The version that is known.
const MAJOR: u32 = 1;

/// The logins of such a file, and what is left out, one after the other.
pub(crate) struct Items {
    text: Zeroizing<String>,
    /// Where each item stands.
    places: Vec<Range<usize>>,
    /// How many items were read.
    read: usize,
    /// What the last of them still has.
    waiting: VecDeque<Result<Numbered, Refused>>,
    collections: usize,
}

#[derive(Deserialize)]
struct Header<'a> {
    version: Version,
    #[serde(borrow)]
    accounts: Vec<Account<'a>>,
}

#[derive(Deserialize)]
struct Version {
    major: u32,
}

#[derive(Deserialize)]
struct Account<'a> {
    #[serde(default)]
    collections: Vec<IgnoredAny>,
    #[serde(borrow, default)]
    items: Vec<&'a RawValue>,
}

/// Finds the items.
pub(crate) fn parse(text: Zeroizing<String>) -> Result<Items, FileError> {
    let header: Header<'_> = serde_json::from_str(&text).map_err(|_| FileError::Unknown)?;
    if header.version.major != MAJOR {
        return Err(FileError::OtherVersion);
    }
    let collections = header.accounts.iter().map(|account| account.collections.len()).sum();
    let items = header.accounts.iter().flat_map(|account| &account.items);
    let places = items.map(|item| place_in(&text, item.get())).collect();
    Ok(Items { text, places, read: 0, waiting: VecDeque::new(), collections })
}

/// Where a part of a text stands in it.
fn place_in(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr() - text.as_ptr().addr();
    start..start + part.len()
}

impl Items {
    pub(crate) fn progress(&self) -> u8 {
        u8::try_from(self.read * 100 / self.places.len().max(1)).unwrap_or(100)
    }

    pub(crate) fn collections(&self) -> usize {
        self.collections
    }
}

impl Iterator for Items {
    type Item = Result<Numbered, Refused>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(next) = self.waiting.pop_front() {
                return Some(next);
            }
            let place = self.places.get(self.read)?.clone();
            self.read += 1;
            let line = self.read as u64;
            let found = read_item(&self.text[place]).into_iter();
            self.waiting.extend(found.map(|found| match found {
                Ok(login) => Ok(Numbered { line, login }),
                Err(reason) => Err(Refused { line, reason }),
            }));
        }
    }
}

#[cfg(test)]
mod tests;
