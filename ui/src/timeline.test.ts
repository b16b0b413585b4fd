import assert from "node:assert/strict";
import { test } from "node:test";
import { groupByDay, joinLines, nameDay, sumByDay } from "./timeline.ts";
import type { ActivityLine } from "./wire.ts";

const at = (month: number, day: number, hour = 12) => new Date(2026, month - 1, day, hour).getTime();
const line = (sequence: number, when: number): ActivityLine => ({
  sequence,
  at: when,
  event: "filled",
  outcome: "done",
  account: null,
  app: null,
  origin: null,
  browser: null,
  reason: null,
});
const sequences = (lines: ActivityLine[]) => lines.map(({ sequence }) => sequence);

test("lines are grouped by the days of this place", () => {
  const days = groupByDay([
    line(4, at(3, 2, 23)),
    line(3, at(3, 2, 0)),
    line(2, at(3, 1, 23)),
    line(1, at(2, 1)),
  ]);
  assert.deepEqual(
    days.map(({ lines }) => sequences(lines)),
    [[4, 3], [2], [1]],
  );
  assert.deepEqual(groupByDay([]), []);
});

test("today and yesterday have names, across the end of a month", () => {
  const now = at(3, 1, 0);
  assert.equal(nameDay(at(3, 1, 23), now), "today");
  assert.equal(nameDay(at(2, 28, 1), now), "yesterday");
  assert.equal(nameDay(at(2, 27, 23), now), "other");
});

test("new lines come in front, and none is there twice", () => {
  const joined = joinLines([line(5, 0), line(4, 0)], [line(4, 0), line(3, 0), line(2, 0)]);
  assert.deepEqual(sequences(joined), [5, 4, 3, 2]);
  assert.deepEqual(sequences(joinLines([], [line(3, 0)])), [3]);
});

test("hours are summed by day, and a day without any has an empty bar", () => {
  const hour = (when: number, filled: number, refused: number) => ({ at: when, filled, refused });
  const hours = [
    hour(at(3, 1, 9), 2, 0),
    hour(at(3, 1, 17), 3, 1),
    hour(at(3, 3, 0), 1, 0),
    hour(at(2, 1), 9, 9),
  ];
  const bars = sumByDay(hours, 3, at(3, 3, 18));
  assert.deepEqual(
    bars.map(({ filled, refused }) => [filled, refused]),
    [
      [5, 1],
      [0, 0],
      [1, 0],
    ],
  );
  assert.equal(bars[0]?.at, at(3, 1, 0));
});
