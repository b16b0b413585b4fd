import assert from "node:assert/strict";
import { test } from "node:test";
import { chooseScreen, screenKey } from "./screen.ts";
import type { Question, State } from "./wire.ts";

const signedIn: State = {
  account: { name: "Alice Meyer", email: null, provider_host: "acme.example" },
  provider: null,
  sign_in: null,
  vault: { unlocked: {} },
  browsers: [],
  questions: [],
  notice: null,
};
const signedOut: State = { ...signedIn, account: null, vault: { locked: {} } };
const problem = { code: "keychain", message: "The keyring is locked", hint: "Unlock it" } as const;
const unavailable = { unavailable: { problem, may_begin_new: false } };
const question = (number: number): Question => ({
  question: number,
  subject: { pair: { browser: "Chromium", profile: "3f2a" } },
  expires_at: 0,
});

test("signed in and unlocked shows the place that was chosen", () => {
  assert.equal(chooseScreen(signedIn, "apps").is, "apps");
  assert.equal(chooseScreen(signedIn, "settings").is, "settings");
});

test("signed out shows the sign-in, wherever the person was", () => {
  assert.deepEqual(chooseScreen(signedOut, "settings"), { is: "sign_in", progress: null });
});

test("a sign-in under way is shown to somebody who is signed in too", () => {
  const progress = { contacting: {} };
  assert.deepEqual(chooseScreen({ ...signedIn, sign_in: progress }, "apps"), { is: "sign_in", progress });
});

test("a locked vault hides the apps and not the settings", () => {
  const locked = { ...signedIn, vault: { locked: {} } };
  assert.equal(chooseScreen(locked, "apps").is, "locked");
  assert.equal(chooseScreen(locked, "settings").is, "settings");
});

test("a vault that cannot be used comes before the sign-in", () => {
  const screen = chooseScreen({ ...signedOut, vault: unavailable }, "apps");
  assert.deepEqual(screen, { is: "unavailable", vault: unavailable.unavailable });
});

test("the oldest question comes before everything", () => {
  const screen = chooseScreen(
    { ...signedOut, vault: unavailable, questions: [question(4), question(5)] },
    "apps",
  );
  assert.deepEqual(screen, { is: "question", question: question(4) });
});

test("the next question is another screen", () => {
  const keys = [4, 5].map((number) => screenKey({ is: "question", question: question(number) }));
  assert.notEqual(keys[0], keys[1]);
});
