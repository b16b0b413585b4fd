import assert from "node:assert/strict";
import { test } from "node:test";
import { backFrom, chooseScreen, PLACES, routeOf, screenKey } from "./screen.ts";
import type { Question, State } from "./wire.ts";

const signedIn: State = {
  account: { name: "Alice Meyer", email: null, provider_host: "acme.example" },
  provider: null,
  sign_in: null,
  vault: { unlocked: {} },
  ways_in: { kinds: ["device"], pin_waits_until: null },
  browsers: [],
  questions: [],
  settings: {
    offer_to_save: null,
    saving_forbidden: false,
    lock_after: 60,
    lock_after_most: null,
    language: null,
    theme: "system",
    start_at_login: true,
  },
  organisation: null,
};
const signedOut: State = { ...signedIn, account: null, vault: { locked: {} } };
const problem = { code: "keychain", message: "the keyring is locked", hint: "unlock it" } as const;
const unavailable = { unavailable: { problem, may_begin_new: false } };
const question = (number: number): Question => ({
  question: number,
  subject: { pair: { browser: "Chromium", profile: "3f2a", code: "7QK-M2D" } },
  expires_at: 0,
});

test("signed in and unlocked shows what was chosen", () => {
  for (const at of PLACES) {
    assert.deepEqual(chooseScreen(signedIn, { at }), { is: "route", route: { at } });
  }
});

test("signed out shows the sign-in, wherever the person was", () => {
  assert.deepEqual(chooseScreen(signedOut, { at: "settings" }), { is: "sign_in", progress: null });
});

test("a sign-in under way is shown to somebody who is signed in too", () => {
  const progress = { contacting: {} };
  const screen = chooseScreen({ ...signedIn, sign_in: progress }, { at: "apps" });
  assert.deepEqual(screen, { is: "sign_in", progress });
});

test("a locked vault hides the apps and what is in them, and nothing else", () => {
  const locked = { ...signedIn, vault: { locked: {} } };
  assert.equal(chooseScreen(locked, { at: "apps" }).is, "locked");
  assert.equal(chooseScreen(locked, { at: "add" }).is, "locked");
  assert.equal(chooseScreen(locked, { at: "credential", app: "1" }).is, "locked");
  for (const at of ["activity", "browsers", "security", "settings"] as const) {
    assert.equal(chooseScreen(locked, { at }).is, "route");
  }
});

test("a vault that cannot be used comes before the sign-in", () => {
  const screen = chooseScreen({ ...signedOut, vault: unavailable }, { at: "apps" });
  assert.deepEqual(screen, { is: "unavailable", vault: unavailable.unavailable });
});

test("the oldest question comes before everything", () => {
  const asked = { ...signedOut, vault: unavailable, questions: [question(4), question(5)] };
  assert.deepEqual(chooseScreen(asked, { at: "apps" }), { is: "question", question: question(4) });
});

test("the next question and the next app are other screens", () => {
  const questions = [4, 5].map((number) => screenKey({ is: "question", question: question(number) }));
  assert.notEqual(questions[0], questions[1]);
  const apps = ["1", "2"].map((app) => screenKey({ is: "route", route: { at: "credential", app } }));
  assert.notEqual(apps[0], apps[1]);
});

test("a step back leads from the form to the app, from the app to the list, and from a place nowhere", () => {
  assert.deepEqual(backFrom({ at: "edit", app: "1" }), { at: "credential", app: "1" });
  assert.deepEqual(backFrom({ at: "credential", app: "1" }), { at: "apps" });
  assert.deepEqual(backFrom({ at: "add" }), { at: "apps" });
  assert.deepEqual(backFrom({ at: "recovery" }), { at: "security" });
  assert.equal(backFrom({ at: "settings" }), undefined);
});

test("the companion leads to places only", () => {
  assert.deepEqual(routeOf("activity"), { at: "activity" });
  assert.equal(routeOf("home"), undefined);
  assert.equal(routeOf("question"), undefined);
});
