//! Lines of the activity log: who, which app, which origin, which browser, what came of it, why. Never a value.

use lanyard_audit::{Entry, Event, Line, Outcome};
use lanyard_protocol::terminal::ActivityLine;
use lanyard_vault::RecordId;

use crate::Broker;

/// Told of every new line.
pub type Observer = Box<dyn Fn(ActivityLine)>;

impl Broker {
    /// Has every new line told to somebody.
    pub fn observe(&mut self, observer: Observer) {
        self.observer = Some(observer);
    }

    /// Writes a line. `describe` adds what is known beyond who is signed in.
    pub fn note(&mut self, event: Event, outcome: Outcome, describe: impl FnOnce(&mut Entry)) {
        let Some(log) = &mut self.log else { return };
        let mut entry = Entry {
            at: self.clock.unix_ms(),
            event,
            account: self.account.clone(),
            app: None,
            origin: None,
            browser: None,
            outcome,
            reason: None,
        };
        describe(&mut entry);
        let sequence = log.append(entry.clone());
        if let Some(observer) = &self.observer {
            observer(to_wire(Line { sequence, entry }));
        }
    }

    /// Puts lines that are in memory only on the disk.
    pub fn flush_activity(&mut self) -> Result<(), lanyard_audit::Error> {
        self.log.as_mut().map_or(Ok(()), lanyard_audit::Log::flush)
    }

    /// Lines after one, or the newest, oldest first.
    pub fn activity(
        &self,
        after: Option<u64>,
        limit: usize,
    ) -> Result<Vec<ActivityLine>, lanyard_audit::Error> {
        let Some(log) = &self.log else { return Ok(Vec::new()) };
        Ok(log.lines(after, limit)?.into_iter().map(to_wire).collect())
    }

    /// The apps used last, newest first, as the log remembers them by name.
    pub(crate) fn recent_from_log(&self) -> Vec<RecordId> {
        let lines = self.activity(None, 200).unwrap_or_default();
        let names = lines.iter().rev().filter(|line| line.event == "launched" || line.event == "filled");
        let mut recent = Vec::new();
        for (app, origin) in names.filter_map(|line| line.app.as_ref().zip(line.origin.as_ref())) {
            if let Some(record) = self.record_named(app, origin).filter(|record| !recent.contains(record)) {
                recent.push(record);
            }
        }
        recent.truncate(8);
        recent
    }

    fn record_named(&self, name: &str, origin: &str) -> Option<RecordId> {
        let vault = self.vault.as_ref().ok()?;
        let mut found = vault.by_origin(origin).ok()?.into_iter();
        found.find(|record| vault.overview(*record).is_ok_and(|overview| &*overview.title == name))
    }
}

fn to_wire(line: Line) -> ActivityLine {
    let Line { sequence, entry } = line;
    ActivityLine {
        sequence,
        at: entry.at,
        event: word(entry.event),
        outcome: word(entry.outcome),
        account: entry.account,
        app: entry.app,
        origin: entry.origin,
        browser: entry.browser,
        reason: entry.reason,
    }
}

/// The name that a value without fields has in JSON.
fn word(value: impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
