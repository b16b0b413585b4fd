import assert from "node:assert/strict";
import { test } from "node:test";
import { formatSeconds, secondsLeft } from "./time.ts";

test("a begun second counts as one that is left", () => {
  assert.equal(secondsLeft(10_000, 0), 10);
  assert.equal(secondsLeft(10_000, 1), 10);
  assert.equal(secondsLeft(10_000, 9_999), 1);
});

test("nothing is left at the end and after it", () => {
  assert.equal(secondsLeft(10_000, 10_000), 0);
  assert.equal(secondsLeft(10_000, 99_000), 0);
});

test("seconds are shown as minutes and two digits", () => {
  assert.deepEqual([372, 60, 9, 0].map(formatSeconds), ["6:12", "1:00", "0:09", "0:00"]);
});
