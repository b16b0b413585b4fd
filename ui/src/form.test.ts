import assert from "node:assert/strict";
import { test } from "node:test";
import { firstEmpty } from "./form.ts";

test("the first field with nothing but spaces is named", () => {
  assert.equal(
    firstEmpty({ name: "Payroll", user_name: "  " }, ["name", "user_name", "password"]),
    "user_name",
  );
  assert.equal(firstEmpty({ name: "Payroll" }, ["name", "password"]), "password");
});

test("nothing is missing where every field has something", () => {
  assert.equal(firstEmpty({ name: "Payroll", password: "x" }, ["name", "password"]), undefined);
});
