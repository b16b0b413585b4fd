import assert from "node:assert/strict";
import { test } from "node:test";
import { is_from_own_page, is_from_page } from "./messages.ts";
import { is_to_page } from "./to-page.ts";

test("messages of each table pass their own table and no other", () => {
  const arrived = { arrived: {} };
  assert.ok(is_from_page(arrived));
  assert.ok(!is_from_own_page(arrived));
  const fill = { fill: { tab: 1, app: "a" } };
  assert.ok(is_from_own_page(fill));
  assert.ok(!is_from_page(fill));
  assert.ok(is_to_page({ landed: { path: "/", at_once: false } }));
  assert.ok(!is_to_page({ form: { wish: "w" } }));
});

test("a missing field, an unknown one, another type and a second variant are refused", () => {
  const capture = {
    purpose: "login",
    user_name: "alice",
    password: "x",
    extras: [],
    title: "t",
    is_lone: false,
  };
  const { title, ...untitled } = capture;
  assert.ok(is_from_page({ capture }));
  assert.ok(is_from_page({ capture: { ...capture, former_password: title } }));
  assert.ok(!is_from_page({ capture: untitled }));
  assert.ok(!is_from_page({ capture: { ...capture, origin: "https://evil.example" } }));
  assert.ok(!is_from_page({ capture: { ...capture, password: 1 } }));
  assert.ok(!is_from_page({ capture, arrived: {} }));
});

test("what is no object, and what objects inherit, is refused", () => {
  for (const value of [
    null,
    undefined,
    "arrived",
    1,
    [],
    {},
    { toString: {} },
    { constructor: {} },
    { __proto__: {} },
  ]) {
    assert.ok(!is_from_page(value));
  }
});
