//! `cargo xtask demo`: the main job, in front of the person.

use std::io::{BufRead, BufReader};
use std::process::{ChildStdout, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use crate::desktop::{Desktop, Screen};
use crate::failure::{Failure, OrFail, Result};
use crate::product::{self, Profile};
use crate::say::{Steps, say};
use crate::{run, setup};

/// What plays the person.
const DRIVER: &str = "tests/e2e/demo.ts";

const PICTURES: &str = "Pictures: target/demo/index.html · play: cargo xtask demo --stay";

/// Sets up, builds and plays; with `stay` the desktop remains until somebody closes it.
pub(crate) fn demo(stay: bool) -> Result {
    let mut steps = Steps::of(setup::STEPS + 3);
    setup::setup(&mut steps, setup::For::Demo)?;
    steps.next("build (minutes, first time)");
    product::build(Profile::Release)?;
    steps.next("start");
    let screen = Screen::in_front();
    let mut desktop = Desktop::start(screen)?;
    product::stage(Profile::Release, &desktop.stage())?;
    steps.next("walk");
    let outcome = play(&mut desktop, screen, stay);
    desktop.keep("demo")?;
    let result = outcome?;
    if !stay {
        say(PICTURES);
        say(&result);
    }
    Ok(())
}

/// What happens while the driver plays.
enum Event {
    Line(String),
    DriverEnded,
    ScreenClosed,
}

/// Plays the walk and returns its last line, the result.
fn play(desktop: &mut Desktop, screen: Screen, stay: bool) -> Result<String> {
    let out = desktop.out().display().to_string();
    let mut command = desktop.command("node");
    command.args([DRIVER, "--out", &out]).args(stay.then_some("--stay"));
    command.current_dir(desktop.stage()).stdin(Stdio::null()).stdout(Stdio::piped());
    let mut driver = command.spawn().map_err(|e| run::not_started(&command, &e))?;
    let (sender, events) = channel();
    let output = driver.stdout.take().expect("its output is piped");
    forward(output, sender.clone());
    if screen == Screen::Window {
        let mut server = desktop.take_screen();
        thread::spawn(move || server.wait().map(|_| sender.send(Event::ScreenClosed)));
    }
    let result = follow(&events, |line| {
        let line = line.replace(&out, "target/demo");
        if line.starts_with('{') && stay && is_all_true(&line) {
            desktop.keep("demo")?;
            say(PICTURES);
            say(&line);
            say("The desktop stays until you close its window or press Ctrl-C.");
        } else if !line.starts_with('{') {
            say(&line);
        }
        Ok(line)
    })?;
    let Some(result) = result else { return Ok(String::new()) };
    let status = driver.wait().or_fail("wait for the walk")?;
    judge(status.success(), &result)
}

/// Every line to `show`; returns the last when the driver ends, or none when the person closed the screen.
fn follow(events: &Receiver<Event>, mut show: impl FnMut(&str) -> Result<String>) -> Result<Option<String>> {
    let mut last = String::new();
    for event in events {
        match event {
            Event::Line(line) => last = show(&line)?,
            Event::DriverEnded => return Ok(Some(last)),
            Event::ScreenClosed if last.starts_with('{') => return Ok(None),
            Event::ScreenClosed => {
                return Err(Failure::new(
                    "the desktop's window was closed during the walk",
                    "leave it open until the last line",
                ));
            }
        }
    }
    Ok(Some(last))
}

fn judge(succeeded: bool, result: &str) -> Result<String> {
    if succeeded && is_all_true(result) {
        return Ok(result.to_owned());
    }
    if result.starts_with('{') {
        say(result);
    }
    Err(Failure::new(
        "the walk did not reach its end",
        "the step that failed is above; logs and pictures are in target/demo",
    ))
}

fn is_all_true(result: &str) -> bool {
    result.starts_with('{') && !result.contains(":false")
}

fn forward(output: ChildStdout, sender: Sender<Event>) {
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(std::result::Result::ok) {
            let _ = sender.send(Event::Line(line));
        }
        let _ = sender.send(Event::DriverEnded);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follow_all(events: Vec<Event>) -> Result<Option<String>> {
        let (sender, receiver) = channel();
        for event in events {
            sender.send(event).unwrap();
        }
        drop(sender);
        follow(&receiver, |line| Ok(line.to_owned()))
    }

    fn line(text: &str) -> Event {
        Event::Line(text.to_owned())
    }

    #[test]
    fn the_last_line_is_the_result() {
        let events = vec![line("  ✓ signed in"), line("{}"), Event::DriverEnded];
        assert_eq!(follow_all(events).unwrap(), Some("{}".to_owned()));
    }

    #[test]
    fn closing_the_window_ends_a_demo_that_stays_and_fails_one_that_runs() {
        assert_eq!(follow_all(vec![line("{}"), Event::ScreenClosed]).unwrap(), None);
        assert!(follow_all(vec![line("  ✓ signed in"), Event::ScreenClosed]).is_err());
    }

    #[test]
    fn only_a_result_that_is_all_true_is_a_success() {
        assert!(judge(true, "{\"filled\":true}").is_ok());
        assert!(judge(true, "{\"filled\":false}").is_err());
        assert!(judge(true, "  ✓ signed in").is_err());
        assert!(judge(false, "{\"filled\":true}").is_err());
    }
}
