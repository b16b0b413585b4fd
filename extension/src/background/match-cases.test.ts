// What the extension says of each page of `tests/match-cases.jsonl`, which the companion's tests decide about.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import type { Sender } from "../ext.ts";
import { is_of_app } from "./frames.ts";
import { frame_of, web_origin } from "./sender.ts";

type Case = {
  saved: string;
  password_page_url?: string;
  frame?: string;
  page: string;
  /** What the browser says, where the page's address does not tell. */
  origin?: string;
  top?: string;
  expect: "filled" | "other_origin" | "foreign_top" | "not_a_page" | "not_saved";
  why: string;
};

const CASES: Case[] = readFileSync(new URL("../../../tests/match-cases.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

const ID = "a".repeat(32);

/** As browsers say it; the specification's own word for no origin is "null". */
function origin_of({ page, origin }: Case): string {
  return origin ?? (URL.canParse(page) ? new URL(page).origin : "null");
}

function sender_of(one: Case): Sender {
  const inner = one.top !== undefined;
  return {
    id: ID,
    tab: { id: 1, url: one.top ?? one.page },
    frameId: inner ? 3 : 0,
    documentId: "D",
    documentLifecycle: "active",
    origin: origin_of(one),
  } as unknown as Sender;
}

/** The companion refuses it, in words. */
function ends_with_a_dot(origin: string): boolean {
  return URL.canParse(origin) && new URL(origin).hostname.endsWith(".");
}

test("what is no web page is said to nobody, and what is one is said as the browser says it", () => {
  for (const one of CASES.filter(({ expect }) => expect !== "not_saved")) {
    const frame = frame_of(sender_of(one), ID);
    const tells = JSON.stringify(one);
    if (one.expect === "not_a_page") {
      assert.ok(frame === null || [frame.frame_origin, frame.top_origin].some(ends_with_a_dot), tells);
      continue;
    }
    assert.equal(frame?.frame_origin, origin_of(one), tells);
    assert.equal(frame?.top_origin, one.top === undefined ? origin_of(one) : new URL(one.top).origin, tells);
  }
});

test("a page is the app's for the extension exactly where the companion fills it", () => {
  const plain = CASES.filter((one) => one.password_page_url === undefined && one.frame === undefined);
  for (const one of plain.filter(({ expect }) => expect !== "not_saved")) {
    const frame = frame_of(sender_of(one), ID);
    const is_app = frame !== null && is_of_app(frame, web_origin(one.saved) ?? "", null);
    assert.equal(is_app, one.expect === "filled", JSON.stringify(one));
  }
});
