import assert from "node:assert/strict";
import { test } from "node:test";
import { nextSpot } from "./grid.ts";

// Two groups of tiles: three and two in the first, one in the second.
const spots = [
  { left: 0, top: 0 },
  { left: 100, top: 0 },
  { left: 200, top: 0 },
  { left: 0, top: 80 },
  { left: 100, top: 80 },
  { left: 0, top: 200 },
];

test("right and left walk through all tiles and stop at the ends", () => {
  assert.equal(nextSpot(spots, 2, "ArrowRight"), 3);
  assert.equal(nextSpot(spots, 3, "ArrowLeft"), 2);
  assert.equal(nextSpot(spots, 5, "ArrowRight"), undefined);
  assert.equal(nextSpot(spots, 0, "ArrowLeft"), undefined);
});

test("down and up keep the column where they can", () => {
  assert.equal(nextSpot(spots, 1, "ArrowDown"), 4);
  assert.equal(nextSpot(spots, 2, "ArrowDown"), 4);
  assert.equal(nextSpot(spots, 4, "ArrowDown"), 5);
  assert.equal(nextSpot(spots, 5, "ArrowUp"), 3);
  assert.equal(nextSpot(spots, 1, "ArrowUp"), undefined);
  assert.equal(nextSpot(spots, 5, "ArrowDown"), undefined);
});

test("home and end lead to the first and the last tile, other keys nowhere", () => {
  assert.equal(nextSpot(spots, 3, "Home"), 0);
  assert.equal(nextSpot(spots, 3, "End"), 5);
  assert.equal(nextSpot(spots, 3, "x"), undefined);
});
