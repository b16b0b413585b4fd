import assert from "node:assert/strict";
import { test } from "node:test";
import { changeOf } from "./change.ts";
import type { AppView } from "./wire.ts";

const app: AppView = {
  app: "1",
  name: "Payroll 2004",
  user_name: "alice",
  origin: "https://payroll.example",
  login_url: "https://payroll.example/login",
  auto_submit: true,
  compartment: "personal",
};
const untouched = {
  name: "Payroll 2004",
  user_name: "alice",
  login_url: app.login_url,
  auto_submit: "on",
  password: "",
};

test("a form that was not touched changes nothing", () => {
  assert.deepEqual(changeOf(untouched, app), {});
});

test("what was changed is told, and nothing else", () => {
  assert.deepEqual(changeOf({ ...untouched, name: " Payroll " }, app), { name: "Payroll" });
  assert.deepEqual(changeOf({ ...untouched, password: " x " }, app), { password: " x " });
  assert.deepEqual(changeOf({ ...untouched, login_url: "payroll.example" }, app), {
    login_url: "https://payroll.example",
  });
});

test("a box that is not ticked is not in the form", () => {
  const { auto_submit: _, ...unticked } = untouched;
  assert.deepEqual(changeOf(unticked, app), { auto_submit: false });
});

test("the key for one-time codes is kept, replaced or removed", () => {
  assert.deepEqual(changeOf({ ...untouched, one_time_code: " " }, app), {});
  assert.deepEqual(changeOf({ ...untouched, one_time_code: " JBSW " }, app), { one_time_code: "JBSW" });
  assert.deepEqual(changeOf({ ...untouched, one_time_code: "JBSW", remove_code: "on" }, app), {
    one_time_code: "",
  });
});

test("notes that were shown can be emptied", () => {
  assert.deepEqual(changeOf({ ...untouched, notes: "" }, app), { notes: "" });
});
