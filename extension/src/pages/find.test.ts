import assert from "node:assert/strict";
import { test } from "node:test";
import { find_accounts } from "./find.ts";

const ALICE = { app: "a", name: "Payroll 2004", user_name: "alice" };
const MULLER = { app: "b", name: "Reisekosten", user_name: "j.müller" };

test("a search finds by user name and by name, in any order, without accents", () => {
  const all = [ALICE, MULLER];
  assert.deepEqual(find_accounts(all, ""), all);
  assert.deepEqual(find_accounts(all, "pay ALI"), [ALICE]);
  assert.deepEqual(find_accounts(all, "muller"), [MULLER]);
  assert.deepEqual(find_accounts(all, "alice reise"), []);
});
