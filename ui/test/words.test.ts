// Every language has the same words, and the screens use each of them.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { words as english } from "../locales/en.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

test("no language lacks a word or has one too many", async () => {
  for (const file of await readdir(here("../locales"))) {
    const { words } = await import(here(`../locales/${file}`));
    assert.deepEqual(shapeOf(words), shapeOf(english), file);
  }
});

test("no word is left over", async () => {
  const files = await readdir(here("../src"), { recursive: true });
  const sources = await Promise.all(
    files.filter((file) => /\.tsx?$/.test(file)).map((file) => readFile(join(here("../src"), file), "utf8")),
  );
  const code = sources.join("\n");
  const unused = shapeOf(english)
    .map((entry) => entry.split(" ")[0] ?? "")
    .filter((path) => !DYNAMIC.some((prefix) => path.startsWith(prefix)))
    .filter((path) => !new RegExp(`\\.${path.split(".").pop()}\\b`).test(code));
  assert.deepEqual(unused, []);
});

/** Words that are chosen by what the companion says. */
const DYNAMIC = [
  "places.",
  "palette.",
  "activity.events.",
  "browsers.caution.",
  "browsers.reach.",
  "generator.",
  "keys.remembered.",
  "question.parts.",
  "openWithCode.lost.",
  "question.slotKinds.",
  "settings.themes.",
  "time.",
];

/** Paths to all words, and whether each is a text or made from something; the table of sentences is apart. */
function shapeOf(words: object, path = ""): string[] {
  return Object.entries(words)
    .filter(([name]) => path !== "" || name !== "sentences")
    .flatMap(([name, value]) =>
      typeof value === "object"
        ? shapeOf(value, `${path}${name}.`)
        : [`${path}${name} ${value === "" ? "empty" : typeof value}`],
    )
    .sort();
}
