//! `lanyard credentials`.

mod edit;
mod export;
mod import;
mod show;

use lanyard_protocol::common::{AppView, NewApp, Problem};
use lanyard_protocol::terminal::{Request, Response};

use crate::arguments::Credentials;
use crate::ask;
use crate::companion::{Companion, unexpected};
use crate::output::Output;
use edit::Edit;

pub(crate) fn perform(command: Credentials, output: Output) -> Result<(), Problem> {
    match command {
        Credentials::Add { name, url, user, no_submit } => {
            let mut companion = Companion::connect()?;
            let password = ask::password(&user)?;
            let new = NewApp {
                name,
                login_url: url,
                user_name: user,
                password,
                auto_submit: !no_submit,
                one_time_code: None,
                notes: None,
            };
            match companion.request(Request::AddApp(new))? {
                Response::Added { app } => {
                    output.say("Added.", &serde_json::json!({ "app": app }));
                    Ok(())
                }
                _ => Err(unexpected()),
            }
        }
        Credentials::Show { name, part, only } => show::show(name, part, only, output),
        Credentials::Edit { name, rename, url, user, password, one_time_code, notes, submit } => {
            let edit = Edit { rename, url, user, submit, password, one_time_code, notes };
            edit::edit(name, edit, output)
        }
        Credentials::Remove { name, yes } => edit::remove(name, yes, output),
        Credentials::Import { file, replace, dry_run, yes } => {
            import::import(&file, replace, dry_run, yes, output)
        }
        Credentials::Export { file } => export::export(&file, output),
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
