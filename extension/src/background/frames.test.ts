import assert from "node:assert/strict";
import { test } from "node:test";
import type { Frame } from "../../../crates/protocol/bindings/browser.ts";
import { is_of_app, is_way_out } from "./frames.ts";

const APP = "https://app.example";
const NAMED = { frames: ["https://login.example"] };
const frame = (change: Partial<Frame>): Frame => ({
  tab: 1,
  frame: 0,
  document: "d",
  frame_origin: APP,
  top_origin: APP,
  ...change,
});

test("an app's own page and its own frames are the app's", () => {
  assert.equal(is_of_app(frame({}), APP, null), true);
  assert.equal(is_of_app(frame({ frame: 2 }), APP, null), true);
});

test("a frame of another origin is the app's where it is named, and inside of the app's page only", () => {
  const foreign = frame({ frame: 2, frame_origin: "https://login.example" });
  assert.equal(is_of_app(foreign, APP, NAMED), true);
  assert.equal(is_of_app(foreign, APP, null), false);
  assert.equal(is_of_app({ ...foreign, top_origin: "https://evil.example" }, APP, NAMED), false);
  const on_top = frame({ frame_origin: "https://login.example", top_origin: "https://login.example" });
  assert.equal(is_of_app(on_top, APP, NAMED), false);
});

test("another scheme, port or host is another origin", () => {
  for (const other of ["http://app.example", "https://app.example:8443", "https://evilapp.example"])
    assert.equal(is_of_app(frame({ frame_origin: other, top_origin: other }), APP, null), false, other);
});

test("a form may send to its own origin, and elsewhere only by the person's wish or the app's definition", () => {
  assert.equal(is_way_out(APP, APP, null, false), false);
  assert.equal(is_way_out("https://other.example", APP, null, false), true);
  assert.equal(is_way_out("https://other.example", APP, null, true), false);
  assert.equal(is_way_out("https://login.example", APP, NAMED, false), false);
});

test("what is typed into an encrypted page never leaves unencrypted, and upwards is no way out", () => {
  assert.equal(is_way_out("http://app.example", APP, null, true), true);
  assert.equal(is_way_out("https://app.example", "http://app.example", null, false), false);
  assert.equal(is_way_out("", APP, null, true), true);
});
