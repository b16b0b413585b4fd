//! `lanyard credentials show`: the person agrees in the window first.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use lanyard_protocol::common::Problem;
use lanyard_protocol::credential::{CredentialView, Revealed, SecretPart};
use lanyard_protocol::terminal::{Request, Response};
use secrecy::ExposeSecret as _;

use crate::arguments::Part;
use crate::companion::{Companion, unexpected};
use crate::output::Output;

pub(crate) fn show(name: String, part: Part, only: bool, output: Output) -> Result<(), Problem> {
    let mut companion = Companion::connect()?;
    let Response::Credential(view) = companion.request(Request::Credential { name })? else {
        return Err(unexpected());
    };
    let Some(wanted) = secret_part(part) else {
        output.say(&sentences(&view), &view);
        return Ok(());
    };
    // By its id: what is shown is what the person was asked about.
    let request = Request::Reveal { name: view.app.app.clone(), part: wanted };
    let response = companion.request_with(request, |event| output.asking(&event))?;
    let Response::Revealed(revealed) = response else { return Err(unexpected()) };
    if output.json {
        output.say("", &serde_json::json!({ "credential": view, "revealed": revealed }));
        return Ok(());
    }
    if !only {
        output.say(&sentences(&view), &view);
    }
    match revealed {
        Revealed::Text(text) | Revealed::OneTimeCode { code: text, .. } => {
            Output::secret(text.0.expose_secret());
        }
        Revealed::FormerPasswords { passwords } => {
            for former in passwords {
                Output::secret(&format!("{}  {}", day(former.until), former.password.0.expose_secret()));
            }
        }
    }
    Ok(())
}

fn secret_part(part: Part) -> Option<SecretPart> {
    match part {
        Part::Password => Some(SecretPart::Password),
        Part::OneTimeCode => Some(SecretPart::OneTimeCode),
        Part::Notes => Some(SecretPart::Notes),
        Part::Former => Some(SecretPart::FormerPasswords),
        Part::None => None,
    }
}

fn sentences(view: &CredentialView) -> String {
    let app = &view.app;
    let mut lines = vec![
        format!("{}  {}", app.name, app.user_name),
        app.login_url.clone(),
        format!("changed {}", day(view.changed_at)),
    ];
    let mut also = Vec::new();
    if view.one_time_code {
        also.push("one-time code".to_owned());
    }
    if view.notes {
        also.push("notes".to_owned());
    }
    if view.former_passwords > 0 {
        also.push(format!("{} former passwords", view.former_passwords));
    }
    if !also.is_empty() {
        lines.push(format!("has {}", also.join(", ")));
    }
    lines.join("\n")
}

fn day(unix_ms: u64) -> String {
    let timestamp = i64::try_from(unix_ms).ok().and_then(|ms| Timestamp::from_millisecond(ms).ok());
    timestamp.map_or_else(String::new, |timestamp| {
        timestamp.to_zoned(TimeZone::system()).strftime("%Y-%m-%d").to_string()
    })
}
