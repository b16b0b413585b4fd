//! Lines of the activity log: who, which app, which origin, which browser, what came of it, why. Never a value.

use std::collections::BTreeMap;

use lanyard_audit::{Entry, Event, Line, Log, Outcome};
use lanyard_protocol::common::ActivityLine;
use lanyard_protocol::window::ActivityHour;
use lanyard_vault::RecordId;

use crate::Broker;
use crate::store::MOST_RECENT;

/// Lines read at once when going back in the log.
const CHUNK: u64 = 500;

/// Most lines looked at for one answer: whoever searches on gets the next part.
const MOST_LOOKED_AT: u64 = 20_000;

/// Lines that are looked at to learn what was used last.
const LOOKED_AT_FOR_RECENT: usize = 1000;

const HOUR: u64 = 3_600_000;

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
            record: None,
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

    /// Lines before one, or the newest, that contain `query`; newest first, and whether there are older ones to look at.
    pub fn activity_before(
        &self,
        before: Option<u64>,
        query: &str,
        limit: usize,
    ) -> Result<(Vec<ActivityLine>, bool), lanyard_audit::Error> {
        let query = query.trim().to_lowercase();
        let Some(log) = &self.log else { return Ok((Vec::new(), false)) };
        let mut found = Vec::new();
        let newest = newest(log)?;
        let mut end = before.map_or(newest, |before| before.saturating_sub(1).min(newest));
        let stop = end.saturating_sub(MOST_LOOKED_AT);
        while end > stop && found.len() < limit {
            let (start, lines) = part_before(log, end)?;
            for line in lines.into_iter().rev().map(to_wire) {
                end = line.sequence - 1;
                if contains(&line, &query) {
                    found.push(line);
                    if found.len() == limit {
                        break;
                    }
                }
            }
            // A line that is missing on the disk cannot hold the search up.
            end = if found.len() == limit { end } else { start };
        }
        Ok((found, end > 0))
    }

    /// What happened in each hour since a moment, in Unix milliseconds; hours without anything are left out.
    pub fn activity_hours(&self, since: u64) -> Result<Vec<ActivityHour>, lanyard_audit::Error> {
        let Some(log) = &self.log else { return Ok(Vec::new()) };
        let mut hours: BTreeMap<u64, ActivityHour> = BTreeMap::new();
        let mut end = newest(log)?;
        while end > 0 {
            let (start, lines) = part_before(log, end)?;
            let oldest = lines.first().map_or(0, |line| line.entry.at);
            for Line { entry, .. } in lines.iter().filter(|line| line.entry.at >= since) {
                let at = entry.at - entry.at % HOUR;
                let hour = hours.entry(at).or_insert(ActivityHour { at, filled: 0, refused: 0 });
                match (entry.event, entry.outcome) {
                    (Event::Filled, Outcome::Done) => hour.filled += 1,
                    (_, Outcome::Refused | Outcome::Failed) => hour.refused += 1,
                    (_, Outcome::Done) => {}
                }
            }
            end = if oldest < since { 0 } else { start };
        }
        Ok(hours.into_values().collect())
    }

    /// Whether every line on the disk follows the one before it; none where there is no log.
    pub fn is_activity_whole(&self) -> Option<bool> {
        self.log.as_ref().map(|log| log.verify().is_ok())
    }

    /// The apps used last, newest first, as the log remembers them: by record, or by name where a line has none.
    pub(crate) fn recent_from_log(&self) -> Vec<RecordId> {
        let Some(log) = &self.log else { return Vec::new() };
        let lines = log.lines(None, LOOKED_AT_FOR_RECENT).unwrap_or_default();
        let mut recent = Vec::new();
        let entries = lines.iter().rev().map(|line| &line.entry);
        for entry in entries.filter(|entry| matches!(entry.event, Event::Launched | Event::Filled)) {
            let record = entry.record.as_ref().map_or_else(
                || self.record_named(entry.app.as_ref()?, entry.origin.as_ref()?),
                |record| self.record_there(record),
            );
            if let Some(record) = record.filter(|record| !recent.contains(record)) {
                recent.push(record);
            }
        }
        recent.truncate(MOST_RECENT);
        recent
    }

    fn record_there(&self, record: &str) -> Option<RecordId> {
        let record = record.parse().ok()?;
        self.vault.as_ref().ok()?.overview(record).ok().map(|_| record)
    }

    fn record_named(&self, name: &str, origin: &str) -> Option<RecordId> {
        let vault = self.vault.as_ref().ok()?;
        let mut found = vault.by_origin(origin).ok()?.into_iter();
        found.find(|record| vault.overview(*record).is_ok_and(|overview| &*overview.title == name))
    }
}

/// The newest line's place in the log; 0 where there is none.
fn newest(log: &Log) -> Result<u64, lanyard_audit::Error> {
    Ok(log.lines(None, 1)?.first().map_or(0, |line| line.sequence))
}

/// The part of the log that ends with this line: after which line it begins, and its lines, oldest first.
fn part_before(log: &Log, end: u64) -> Result<(u64, Vec<Line>), lanyard_audit::Error> {
    let start = end.saturating_sub(CHUNK);
    let count = usize::try_from(end - start).unwrap_or(usize::MAX);
    Ok((start, log.lines(Some(start), count)?))
}

fn contains(line: &ActivityLine, query: &str) -> bool {
    let texts = [&line.app, &line.origin, &line.browser, &line.account, &line.reason];
    query.is_empty()
        || line.event.contains(query)
        || texts.into_iter().flatten().any(|text| text.to_lowercase().contains(query))
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
