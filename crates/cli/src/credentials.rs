//! `lanyard credentials`.

use std::io::{self, BufRead as _, IsTerminal as _};

use lanyard_protocol::common::{AppView, Code, NewApp, Problem};
use lanyard_protocol::terminal::{Request, Response};
use secrecy::SecretString;

use crate::arguments::Credentials;
use crate::companion::{Companion, unexpected};
use crate::output::Output;

pub(crate) fn perform(command: Credentials, output: Output) -> Result<(), Problem> {
    match command {
        Credentials::Add { name, url, user, no_submit } => {
            let mut companion = Companion::connect()?;
            let password = read_password(&user)?;
            let new = NewApp { name, login_url: url, user_name: user, password, auto_submit: !no_submit };
            match companion.request(Request::AddApp(new))? {
                Response::Added { app } => {
                    output.say("Added.", &serde_json::json!({ "app": app }));
                    Ok(())
                }
                _ => Err(unexpected()),
            }
        }
        Credentials::List { query } => match Companion::connect()?.request(Request::Apps { query })? {
            Response::Apps { apps, total } => {
                let shown = apps.len();
                output.say(
                    &table(&apps, total),
                    &serde_json::json!({ "apps": apps, "total": total, "shown": shown }),
                );
                Ok(())
            }
            _ => Err(unexpected()),
        },
    }
}

/// Asks at the terminal, without echo; else takes the first line of standard input.
fn read_password(user: &str) -> Result<SecretString, Problem> {
    let unread = |error: io::Error| {
        Problem::new(
            Code::Invalid,
            format!("the password could not be read: {error}"),
            "type it when asked, or give it as the first line of standard input",
        )
    };
    let password = if io::stdin().is_terminal() {
        rpassword::prompt_password(format!("Password of {user}: ")).map_err(unread)?
    } else {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).map_err(unread)?;
        line.truncate(line.trim_end_matches(['\r', '\n']).len());
        line
    };
    if password.is_empty() {
        return Err(unread(io::ErrorKind::UnexpectedEof.into()));
    }
    Ok(password.into())
}

fn table(apps: &[AppView], total: u32) -> String {
    if apps.is_empty() {
        return "No apps.".to_owned();
    }
    let width =
        |text: fn(&AppView) -> &str| apps.iter().map(|app| text(app).chars().count()).max().unwrap_or(0);
    let (name, user) = (width(|app| &app.name), width(|app| &app.user_name));
    let mut lines: Vec<String> = apps
        .iter()
        .map(|app| format!("{:name$}  {:user$}  {}", app.name, app.user_name, app.origin))
        .collect();
    if usize::try_from(total).is_ok_and(|total| total > apps.len()) {
        lines.push(format!("… {total} in all; name a part of what you look for"));
    }
    lines.join("\n")
}
