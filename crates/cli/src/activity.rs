//! `lanyard activity`.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use lanyard_protocol::common::{ActivityLine, Problem};
use lanyard_protocol::terminal::{Event, Request, Response};

use crate::companion::{Companion, unexpected};
use crate::output::Output;

/// Shows the newest lines, and new ones as they come where `follow` is set.
pub(crate) fn show(
    companion: &mut Companion,
    lines: u32,
    follow: bool,
    output: Output,
) -> Result<(), Problem> {
    let print = |line: &ActivityLine| output.say(&sentence(line), line);
    let mut early = Vec::new();
    let request = Request::Activity { after: None, limit: lines, follow };
    let response = companion.request_with(request, |event| {
        if let Event::Activity(line) = event {
            early.push(line);
        }
    })?;
    let Response::Activity { lines } = response else { return Err(unexpected()) };
    let last = lines.last().map_or(0, |line| line.sequence);
    lines.iter().for_each(print);
    early.iter().filter(|line| line.sequence > last).for_each(print);
    if !follow {
        return Ok(());
    }
    loop {
        if let Event::Activity(line) = companion.news()? {
            print(&line);
        }
    }
}

fn sentence(line: &ActivityLine) -> String {
    let mut text = format!("{}  {}", time(line.at), line.event.replace('_', " "));
    let outcome = (line.outcome != "done").then(|| line.outcome.clone());
    for part in
        [&outcome, &line.app, &line.origin, &line.browser, &line.account, &line.reason].into_iter().flatten()
    {
        text.push_str(" · ");
        text.push_str(part);
    }
    text
}

fn time(unix_ms: u64) -> String {
    let timestamp = i64::try_from(unix_ms).ok().and_then(|ms| Timestamp::from_millisecond(ms).ok());
    timestamp.map_or_else(String::new, |timestamp| {
        timestamp.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string()
    })
}
