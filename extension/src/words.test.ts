// Every language has every word, with the same places for values, and no word is left over.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const folder = new URL("../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, folder), "utf8");
const words_of = (language: string): Record<string, { message: string }> =>
  JSON.parse(read(`_locales/${language}/messages.json`));
const english = words_of("en");
const others = readdirSync(new URL("_locales", folder)).filter((language) => language !== "en");

assert.ok(others.includes("de"));
for (const language of others) {
  test(`${language} has the words that English has, each with its values`, () => {
    const words = words_of(language);
    // English has no need to say the companion's sentences in other words.
    const own = Object.entries(words).filter(([key]) => !key.startsWith("said_"));
    assert.deepEqual(own.map(([key]) => key).sort(), Object.keys(english).sort());
    for (const [key, { message }] of own) {
      assert.ok(message.trim() !== "", key);
      assert.deepEqual(values_in(message), values_in(english[key]?.message ?? ""), key);
    }
  });
}

test("every word is said somewhere", () => {
  const files = readdirSync(new URL("src", folder), { recursive: true, encoding: "utf8" });
  const sources = files.filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$/.test(file));
  const code = [...sources.map((file) => `src/${file}`), "manifest.ts"].map(read).join("\n");
  const unused = Object.keys(english).filter(
    (key) => !code.includes(`"${key}"`) && !code.includes(`__MSG_${key}__`),
  );
  assert.deepEqual(unused, []);
});

test("no word is one that means nothing to the person who reads it", () => {
  for (const [key, { message }] of Object.entries(english)) {
    assert.doesNotMatch(
      message,
      /token|vault|handshake|native messaging|exception|please|successfully|!/i,
      key,
    );
  }
});

function values_in(message: string): string[] {
  return [...new Set(message.match(/\$\d/g))].sort();
}

test("what the companion says is said in the language that has it, and as it came where none has", () => {
  const [said, other] = ["the keychain is locked", "der Schlüsselbund ist gesperrt"];
  const chrome_before = globalThis.chrome;
  const getMessage = (key: string) => (key === "said_the_keychain_is_locked" ? other : "");
  globalThis.chrome = { i18n: { getMessage }, runtime: {} } as unknown as typeof chrome;
  return import("./words.ts").then(({ translated }) => {
    assert.equal(translated(said), other);
    assert.equal(translated("something else"), "something else");
    globalThis.chrome = chrome_before;
  });
});
