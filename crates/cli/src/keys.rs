//! `lanyard keys`.

use lanyard_protocol::common::Problem;
use lanyard_protocol::security_key::{KeyView, KeysView};
use lanyard_protocol::terminal::{Request, Response};

use crate::arguments::Keys;
use crate::companion::{Companion, unexpected};
use crate::output::Output;

/// Digits of an id that are enough to tell two keys apart.
const DIGITS: usize = 6;

pub(crate) fn perform(command: Keys, output: Output) -> Result<(), Problem> {
    match command {
        Keys::List => list(output),
        Keys::Add { name } => {
            let said = format!("{name} is added.");
            asked(Request::AddSecurityKey { name }, &said, output)
        }
        Keys::Remove { key } => {
            let said = format!("{key} is removed.");
            asked(Request::RemoveSecurityKey { key }, &said, output)
        }
    }
}

fn list(output: Output) -> Result<(), Problem> {
    match Companion::connect()?.request(Request::SecurityKeys {})? {
        Response::SecurityKeys(view) => {
            output.say(&sentences(&view), &view);
            Ok(())
        }
        _ => Err(unexpected()),
    }
}

/// What the person has to agree to in the window, and use a key for in a browser.
fn asked(request: Request, said: &str, output: Output) -> Result<(), Problem> {
    match Companion::connect()?.request_with(request, |event| output.asking(&event))? {
        Response::Done {} => {
            output.say(said, &serde_json::json!({ "done": true }));
            Ok(())
        }
        _ => Err(unexpected()),
    }
}

fn sentences(view: &KeysView) -> String {
    if view.keys.is_empty() {
        return "There is no security key.".to_owned();
    }
    let line = |key: &KeyView| {
        let id: String = key.key.chars().take(DIGITS).collect();
        let usable = if key.usable { "" } else { ", for another domain" };
        let opens = if key.opens { ", opens the vault" } else { "" };
        format!("{} ({id}){usable}{opens}", key.name)
    };
    view.keys.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use lanyard_protocol::security_key::Remember;

    use super::*;

    #[test]
    fn a_list_names_each_key_and_says_which_answers_no_longer() {
        let key = |name: &str, usable| KeyView {
            key: "0123456789abcdef".into(),
            name: name.into(),
            added_at: 0,
            usable,
            can_open: usable,
            opens: usable,
        };
        let mut view = KeysView {
            keys: vec![key("Blue key", true), key("Old key", false)],
            confirm: false,
            confirm_forced: false,
            remember: Remember::default(),
            domain: None,
            browser: true,
        };
        assert_eq!(
            sentences(&view),
            "Blue key (012345), opens the vault\nOld key (012345), for another domain"
        );
        view.keys.clear();
        assert_eq!(sentences(&view), "There is no security key.");
    }
}
