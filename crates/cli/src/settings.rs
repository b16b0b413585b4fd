//! `lanyard settings`.

use lanyard_protocol::common::{Code, Problem, SettingsChange, SettingsView, Theme};
use lanyard_protocol::terminal::{Request, Response};

use crate::arguments::{Setting, Settings};
use crate::companion::{Companion, unexpected};
use crate::output::Output;

pub(crate) fn perform(command: Option<Settings>, output: Output) -> Result<(), Problem> {
    let request = match command {
        None => Request::Settings {},
        Some(Settings::Set { name, value }) => Request::ChangeSettings(parse_change(name, &value)?),
    };
    match Companion::connect()?.request(request)? {
        Response::Settings(settings) => {
            output.say(&sentences(&settings), &settings);
            Ok(())
        }
        _ => Err(unexpected()),
    }
}

fn parse_change(name: Setting, value: &str) -> Result<SettingsChange, Problem> {
    let mut change = SettingsChange::default();
    match name {
        Setting::OfferToSave => change.offer_to_save = Some(parse_switch(value)?),
        Setting::StartAtLogin => change.start_at_login = Some(parse_switch(value)?),
        Setting::Language => change.language = Some(if value == "system" { "" } else { value }.to_owned()),
        Setting::LockAfter => change.lock_after = Some(parse_minutes(value)?),
        Setting::Theme => change.theme = Some(parse_theme(value)?),
    }
    Ok(change)
}

fn parse_switch(value: &str) -> Result<bool, Problem> {
    match value {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(Problem::new(Code::Invalid, "this is neither on nor off", "say on or off")),
    }
}

fn parse_minutes(value: &str) -> Result<u32, Problem> {
    if value == "off" {
        return Ok(0);
    }
    value.parse().ok().filter(|minutes| *minutes > 0).ok_or_else(|| {
        Problem::new(
            Code::Invalid,
            "this is neither off nor a number of minutes",
            "say off, or minutes such as 15",
        )
    })
}

fn parse_theme(value: &str) -> Result<Theme, Problem> {
    match value {
        "light" => Ok(Theme::Light),
        "dark" => Ok(Theme::Dark),
        "system" => Ok(Theme::System),
        _ => Err(Problem::new(Code::Invalid, "there is no such theme", "say light, dark or system")),
    }
}

fn sentences(settings: &SettingsView) -> String {
    let switch = |on: bool| if on { "on" } else { "off" };
    let offer = match settings.offer_to_save {
        _ if settings.saving_forbidden => "off, as your organisation wants it",
        Some(on) => switch(on),
        None => "not chosen yet",
    };
    let theme = match settings.theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    let lock_after = match (settings.lock_after, settings.lock_after_most) {
        (0, _) => "off".to_owned(),
        (minutes, None) => minutes.to_string(),
        (minutes, Some(most)) => format!("{minutes} (your organisation allows at most {most})"),
    };
    format!(
        "offer-to-save   {offer}\nlanguage        {}\ntheme           {theme}\nlock-after      {lock_after}\nstart-at-login  {}",
        settings.language.as_deref().unwrap_or("system"),
        switch(settings.start_at_login),
    )
}
