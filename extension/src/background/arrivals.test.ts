import assert from "node:assert/strict";
import { test } from "node:test";
import type { Frame } from "../../../crates/protocol/bindings/browser.ts";
import { Arrivals } from "./arrivals.ts";

const [PAYROLL, WIKI] = ["https://payroll.example", "https://wiki.example"];

test("the page at the origin that began last is the one", () => {
  const arrivals = new Arrivals();
  for (const [tab, origin] of [PAYROLL, PAYROLL, WIKI].entries()) arrivals.add(page(tab, origin), 0);
  assert.equal(arrivals.latest(PAYROLL, 0)?.tab, 1);
  assert.equal(arrivals.latest("https://other.example", 0), null);
});

test("a page that began before a launch could have opened it is not", () => {
  const arrivals = new Arrivals();
  arrivals.add(page(1, PAYROLL), 1_000);
  assert.equal(arrivals.latest(PAYROLL, 61_000)?.tab, 1);
  assert.equal(arrivals.latest(PAYROLL, 61_001), null);
});

test("only the last twenty pages are kept", () => {
  const arrivals = new Arrivals();
  arrivals.add(page(1, PAYROLL), 0);
  for (let tab = 2; tab <= 20; tab += 1) arrivals.add(page(tab, WIKI), 0);
  assert.equal(arrivals.latest(PAYROLL, 0)?.tab, 1);
  arrivals.add(page(21, WIKI), 0);
  assert.equal(arrivals.latest(PAYROLL, 0), null);
});

test("pages are forgotten once there is a connection", () => {
  const arrivals = new Arrivals();
  arrivals.add(page(1, PAYROLL), 0);
  arrivals.clear();
  assert.equal(arrivals.latest(PAYROLL, 0), null);
});

function page(tab: number, origin: string): Frame {
  return { tab, frame: 0, document: `D${tab}`, frame_origin: origin, top_origin: origin };
}
