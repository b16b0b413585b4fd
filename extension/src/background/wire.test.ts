import "../../test/english.ts";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { utf8 } from "./channel/bytes.ts";
import { parse_carried, parse_message } from "./wire.ts";

const STATE = { signed_in: null, vault: { locked: {} }, field_icon: true, saving: "offered" };

const parse = (value: unknown) => parse_message(utf8(JSON.stringify(value)));

test("replies and events of the companion are messages", () => {
  const problem = { code: "locked", message: "m", hint: "h" };
  const messages = [
    {
      reply: { id: 1, result: { ok: { welcome: { version: 1, companion_version: "0.1.0", state: STATE } } } },
    },
    { reply: { id: 2, result: { ok: { done: {} } } } },
    { reply: { id: 3, result: { problem } } },
    {
      reply: {
        id: 4,
        result: {
          ok: { suggestions: { accounts: [{ app: "a", name: "n", user_name: "u" }], saving: "never" } },
        },
      },
    },
    {
      reply: { id: 5, result: { ok: { fill: { fill: "f", user_name: "u", password: "p", submit: true } } } },
    },
    {
      reply: {
        id: 6,
        result: {
          ok: {
            offer: {
              capture: "c",
              kind: "save",
              name: "n",
              user_name: "u",
              origin: "o",
              auto_submit: true,
            },
          },
        },
      },
    },
    { event: { state: { ...STATE, vault: { unavailable: { problem, may_begin_new: true } } } } },
    { event: { origins: { key: "k", digests: "", part: 0 } } },
    { event: { launch: { launch: "l", app: "a", origin: "o", open: null, expires_in: 1 } } },
    { event: { unavailable: problem } },
  ];
  for (const message of messages) assert.deepEqual(parse(message), message);
});

test("unknown messages, unknown fields and wrong types are none", () => {
  const values = [
    null,
    "reply",
    {},
    { reply: { id: "1", result: { ok: { done: {} } } } },
    { reply: { id: 1, result: { ok: { done: {} }, problem: {} } } },
    { reply: { id: 1, result: { ok: { wiped: {} } } } },
    { reply: { id: 1, result: { ok: { done: { more: 1 } } } } },
    { event: { state: { ...STATE, more: 1 } } },
    { event: { state: { signed_in: null } } },
    { event: { launch: { launch: "l", app: "a", origin: "o", open: 1, expires_in: 1 } } },
    { reply: { id: 1, result: { ok: { done: {} } } }, event: { state: STATE } },
  ];
  for (const value of values) assert.equal(parse(value), null, JSON.stringify(value));
  for (const bytes of [utf8("{"), utf8(""), Uint8Array.of(0x7b, 0xff, 0x7d)]) {
    assert.equal(parse_message(bytes), null);
  }
});

test("what the host passes on is one of three, and no message as it stands", () => {
  const problem = { code: "locked", message: "m", hint: "h" };
  for (const value of [{ channel: "AAA=" }, { not_now: problem }, { unavailable: problem }]) {
    assert.deepEqual(parse_carried(value), value);
  }
  const others = [
    null,
    {},
    { channel: 1 },
    { event: { state: STATE } },
    { channel: "", unavailable: problem },
  ];
  for (const value of others) assert.equal(parse_carried(value), null);
});

test("golden messages are messages", () => {
  const lines = readFileSync(
    new URL("../../../tests/golden/browser-messages.jsonl", import.meta.url),
    "utf8",
  );
  for (const line of lines.trim().split("\n")) {
    assert.deepEqual(parse_message(utf8(line)), JSON.parse(line), line);
  }
  const carried = readFileSync(
    new URL("../../../tests/golden/carried-by-companion.jsonl", import.meta.url),
    "utf8",
  );
  for (const line of carried.trim().split("\n")) {
    assert.deepEqual(parse_carried(JSON.parse(line)), JSON.parse(line), line);
  }
});
