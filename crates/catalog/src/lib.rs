//! What a legacy app is: a name, an exact origin, a login page. Pure: no files, no network, no secrets.

mod origin;

pub use origin::{InvalidOrigin, Origin};
