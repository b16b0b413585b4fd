import assert from "node:assert/strict";
import { test } from "node:test";
import { type Command, matchCommands, nextOption } from "./commands.ts";

const commands = ["Sicherheit", "Abmelden …", "App hinzufügen"].map(
  (title): Command => ({ id: title, group: "actions", title, run: () => {} }),
);
const titles = (query: string) => matchCommands(commands, query).map(({ title }) => title);

test("a command is found by how its words begin", () => {
  assert.deepEqual(titles("ab"), ["Abmelden …"]);
  assert.deepEqual(titles("hinzu app"), ["App hinzufügen"]);
  assert.deepEqual(titles("zufügen"), []);
});

test("accents and capitals need not be typed", () => {
  assert.deepEqual(titles("HINZUFUG"), ["App hinzufügen"]);
});

test("nothing typed matches everything", () => {
  assert.equal(titles(" ").length, 3);
});

test("arrows go round, and other keys nowhere", () => {
  assert.equal(nextOption(3, 2, "ArrowDown"), 0);
  assert.equal(nextOption(3, 0, "ArrowUp"), 2);
  assert.deepEqual([nextOption(3, 1, "Home"), nextOption(3, 1, "End")], [0, 2]);
  assert.equal(nextOption(3, 1, "x"), undefined);
  assert.equal(nextOption(0, 0, "ArrowDown"), undefined);
});
