import assert from "node:assert/strict";
import { test } from "node:test";
import { groupApps } from "./groups.ts";
import type { AppView } from "./wire.ts";

const app = (name: string, compartment: AppView["compartment"]): AppView => ({
  app: name,
  name,
  user_name: "alice",
  origin: "https://app.example",
  login_url: "https://app.example/login",
  auto_submit: true,
  compartment,
});
const apps = [app("a", "personal"), app("b", "organisation"), app("c", "personal"), app("d", "organisation")];
const shape = (groups: ReturnType<typeof groupApps>) =>
  groups.map((group) => [group.is, group.apps.map(({ name }) => name).join("")]);

test("recent apps come first and are not shown twice", () => {
  assert.deepEqual(shape(groupApps(apps, 1, false)), [
    ["recent", "a"],
    ["organisation", "bd"],
    ["personal", "c"],
  ]);
});

test("empty groups have no heading", () => {
  assert.deepEqual(shape(groupApps([app("c", "personal")], 0, false)), [["personal", "c"]]);
  assert.deepEqual(shape(groupApps([], 0, false)), []);
});

test("a search has one group in the companion's order", () => {
  assert.deepEqual(shape(groupApps(apps, 2, true)), [["found", "abcd"]]);
});
