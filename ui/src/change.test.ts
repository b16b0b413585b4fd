import assert from "node:assert/strict";
import { test } from "node:test";
import { changeOf } from "./change.ts";
import type { AppView, CredentialView } from "./wire.ts";

const app: AppView = {
  app: "1",
  name: "Payroll 2004",
  user_name: "alice",
  origin: "https://payroll.example",
  login_url: "https://payroll.example/login",
  auto_submit: true,
  compartment: "personal",
};
const view: CredentialView = {
  app,
  changed_at: 0,
  one_time_code: true,
  notes: false,
  former_passwords: 0,
  verify: false,
  verify_forced: false,
};
const untouched = {
  name: "Payroll 2004",
  user_name: "alice",
  login_url: app.login_url,
  auto_submit: "on",
  password: "",
};

test("a form that was not touched changes nothing", () => {
  assert.deepEqual(changeOf(untouched, view), {});
});

test("what was changed is told, and nothing else", () => {
  assert.deepEqual(changeOf({ ...untouched, name: " Payroll " }, view), { name: "Payroll" });
  assert.deepEqual(changeOf({ ...untouched, password: " x " }, view), { password: " x " });
  assert.deepEqual(changeOf({ ...untouched, login_url: "payroll.example" }, view), {
    login_url: "https://payroll.example",
  });
});

test("a box that is not ticked is not in the form", () => {
  const { auto_submit: _, ...unticked } = untouched;
  assert.deepEqual(changeOf(unticked, view), { auto_submit: false });
});

test("whether an app wants a security key is told, where it is the person's to say", () => {
  assert.deepEqual(changeOf({ ...untouched, verify: "on" }, view), { verify: true });
  assert.deepEqual(changeOf(untouched, { ...view, verify: true }), { verify: false });
  assert.deepEqual(changeOf(untouched, { ...view, verify: true, verify_forced: true }), {});
});

test("the key for one-time codes is kept, replaced or removed", () => {
  assert.deepEqual(changeOf({ ...untouched, one_time_code: " " }, view), {});
  assert.deepEqual(changeOf({ ...untouched, one_time_code: " JBSW " }, view), { one_time_code: "JBSW" });
  assert.deepEqual(changeOf({ ...untouched, one_time_code: "JBSW", remove_code: "on" }, view), {
    one_time_code: "",
  });
});

test("notes that were shown can be emptied", () => {
  assert.deepEqual(changeOf({ ...untouched, notes: "" }, view), { notes: "" });
});
