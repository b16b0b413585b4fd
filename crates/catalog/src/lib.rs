//! What a legacy app is: a name, an exact origin, a login page, and where its fields are. Pure: no files, no network, no
//! secrets.
//!
//! An administrator writes apps as [`Written`]; [`App::parse`] makes an [`App`] of it, which cannot be wrong, and says what
//! of it is not used and why. Selectors that pages taught come in by the same [`Selector::parse`].

mod app;
mod origin;
mod password_rules;
mod selector;

pub use app::{App, ExtraField, Finding, Template, Written, WrittenExtra, WrittenFields};
pub use origin::{InvalidOrigin, Origin};
pub use password_rules::{InvalidRules, PasswordRules, SiteRules, WrittenRules};
pub use selector::{MOST_EXTRAS, Selector, SelectorError, Selectors};
