// The activity log by days, and as a plot. Pure: the clock is passed in; days are those of this computer's time zone.

import { dayKey, startOfDay } from "./format.ts";
import type { ActivityHour, ActivityLine } from "./wire.ts";

export interface Day {
  /** A moment of it. */
  at: number;
  lines: ActivityLine[];
}

/** Lines, newest first, in days, newest first. */
export function groupByDay(lines: ActivityLine[]): Day[] {
  const days: Day[] = [];
  for (const line of lines) {
    const last = days[days.length - 1];
    if (last && dayKey(last.at) === dayKey(line.at)) last.lines.push(line);
    else days.push({ at: line.at, lines: [line] });
  }
  return days;
}

/** How a day is called: today, yesterday or another one. */
export function nameDay(at: number, now: number): "today" | "yesterday" | "other" {
  if (dayKey(at) === dayKey(now)) return "today";
  return dayKey(at) === dayKey(startOfDay(now, 1)) ? "yesterday" : "other";
}

/** The newest lines in front of those that were loaded before them. */
export function joinLines(newest: ActivityLine[], loaded: ActivityLine[]): ActivityLine[] {
  const oldest = newest[newest.length - 1]?.sequence ?? Number.POSITIVE_INFINITY;
  return [...newest, ...loaded.filter(({ sequence }) => sequence < oldest)];
}

export interface Bar {
  /** The first moment of the day. */
  at: number;
  filled: number;
  refused: number;
}

/** One bar for each of the last `days` days, oldest first, empty ones too. */
export function sumByDay(hours: ActivityHour[], days: number, now: number): Bar[] {
  const bars = Array.from({ length: days }, (_, index) => ({
    at: startOfDay(now, days - 1 - index),
    filled: 0,
    refused: 0,
  }));
  const byDay = new Map(bars.map((bar) => [dayKey(bar.at), bar]));
  for (const { at, filled, refused } of hours) {
    const bar = byDay.get(dayKey(at));
    if (!bar) continue;
    bar.filled += filled;
    bar.refused += refused;
  }
  return bars;
}
