import "../../test/english.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Status } from "../messages.ts";
import { screen_of } from "./screen.ts";

const PROBLEM = { code: "vault", message: "the vault file is damaged", hint: "restore it" } as const;
const ACCOUNT = { app: "a", name: "Payroll 2004", user_name: "alice" };
const PAGE = {
  origin: "https://app.example",
  title: "Payroll",
  accounts: [ACCOUNT],
  saving: "offered",
  problem: null,
} as const;
const READY: Status = {
  browser: "Chromium",
  profile: "001122",
  let_in: true,
  unsaved: false,
  trouble: null,
  state: { signed_in: "Alice", vault: { unlocked: {} }, field_icon: true, saving: "offered" },
  pairing: { idle: {} },
  page: { ...PAGE, accounts: [ACCOUNT] },
  notice: null,
};

const STATE = { field_icon: true, saving: "offered" } as const;
const UNPAIRED = { state: null };

const CASES: [name: string, change: Partial<Status>, heading: string, action: string | null][] = [
  ["trouble comes before all", { trouble: PROBLEM, state: null }, "The vault file is damaged", "retry"],
  [
    "a companion that is not there has a page of its own",
    { trouble: { ...PROBLEM, code: "not_found" }, state: null },
    "The vault file is damaged",
    "help",
  ],
  ["no state yet", { state: null }, "Reaching Lanyard", null],
  ["not connected", { ...UNPAIRED, pairing: { none: {} } }, "Not connected yet", "pair"],
  ["being asked", { ...UNPAIRED, pairing: { asking: {} } }, "Waiting for your answer", null],
  ["comparing", { ...UNPAIRED, pairing: { comparing: { code: "7QK-M2D" } } }, "Compare two codes", "compare"],
  ["confirmed here", { ...UNPAIRED, pairing: { confirmed: {} } }, "Waiting for your answer", null],
  ["another Lanyard", { ...UNPAIRED, pairing: { other: {} } }, "Another Lanyard answers", "pair"],
  ["a copy", { ...UNPAIRED, pairing: { copied: {} } }, "This browser was cut off", "pair"],
  [
    "declined",
    { ...UNPAIRED, pairing: { failed: { ...PROBLEM, code: "declined" } } },
    "This browser was not connected",
    "pair",
  ],
  ["asked in vain", { ...UNPAIRED, pairing: { failed: PROBLEM } }, "The vault file is damaged", "pair"],
  [
    "vault gone",
    {
      state: {
        ...STATE,
        signed_in: null,
        vault: { unavailable: { problem: PROBLEM, may_begin_new: true } },
      },
    },
    "The vault file is damaged",
    "open",
  ],
  [
    "signed out",
    { state: { ...STATE, signed_in: null, vault: { locked: {} } } },
    "Nobody is signed in",
    "open",
  ],
  ["locked", { state: { ...STATE, signed_in: "Alice", vault: { locked: {} } } }, "Lanyard is locked", "open"],
  [
    "kept out of pages",
    { page: null, let_in: false },
    "The browser keeps Lanyard out of web pages",
    "permit",
  ],
  ["no web page", { page: null }, "Nothing to fill here", null],
  ["no account", { page: { ...PAGE, accounts: [] } }, "No account for this page", null],
  ["refused", { page: { ...PAGE, accounts: [], problem: PROBLEM } }, "The vault file is damaged", "open"],
];

for (const [name, change, heading, action] of CASES) {
  test(`what is shown: ${name}`, () => {
    const screen = screen_of({ ...READY, ...change });
    assert.ok("message" in screen);
    assert.equal(screen.message.heading, heading);
    assert.equal(screen.message.action, action);
    assert.match(screen.message.text, /\.$/);
  });
}

test("what is shown: the accounts, where nothing stands in the way", () => {
  assert.deepEqual(screen_of(READY), { accounts: [ACCOUNT] });
});
