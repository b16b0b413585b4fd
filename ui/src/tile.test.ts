import assert from "node:assert/strict";
import { test } from "node:test";
import { hueOf, initialsOf, letterOf } from "./tile.ts";

test("the same name has the same one of eight hues", () => {
  assert.equal(hueOf("Payroll 2004"), hueOf("Payroll 2004"));
  const hues = new Set([..."abcdefghijkl"].map(hueOf));
  assert.equal(hues.size, 8);
});

test("the letter is the first letter or digit, whatever stands before it", () => {
  assert.deepEqual(["payroll", "(old) ERP", "3270", "œuvre", "…"].map(letterOf), ["P", "O", "3", "Œ", "·"]);
});

test("initials are of the first and the last word", () => {
  assert.deepEqual(["Alice Meyer", "Alice B. Meyer", "alice", "a.meyer@acme.example", ""].map(initialsOf), [
    "AM",
    "AM",
    "A",
    "AM",
    "·",
  ]);
});
