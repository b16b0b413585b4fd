// Every sentence that the companion can say has a counterpart in every language but its own.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Where sentences for people are written. */
const SOURCES = ["broker", "companion", "identity", "presence", "vault", "audit"].map((name) =>
  here(`../../crates/${name}/src`),
);
const CONNECTION = here("../../src-tauri/src/window/connection.rs");

/** What the reader takes for a sentence and is none. */
const NO_SENTENCES = ["Key"];

test("what the companion says is known in every language", async () => {
  const connection = readSentences(await readFile(CONNECTION, "utf8"));
  const said = new Set([...connection, ...(await Promise.all(SOURCES.map(sentencesBelow))).flat()]);
  assert.ok(said.size > 150, `only ${said.size} sentences were found`);
  for (const file of await readdir(here("../locales"))) {
    if (file === "en.ts") continue;
    const { words } = await import(here(`../locales/${file}`));
    const known = new Set(Object.keys(words.sentences));
    const missing = [...said].filter((sentence) => !known.has(sentence));
    assert.deepEqual(missing, [], `${file} has no counterpart`);
  }
});

test("a translation uses each name of its sentence, and no other", async () => {
  for (const file of await readdir(here("../locales"))) {
    const { words } = await import(here(`../locales/${file}`));
    for (const [english, other] of Object.entries<string>(words.sentences)) {
      const names = english.split("{}").length - 1;
      const used = [...other.matchAll(/\{(\d)\}/g)].map(([, place]) => Number(place)).sort();
      assert.deepEqual(
        used,
        Array.from({ length: names }, (_, index) => index),
        `${file}: ${english}`,
      );
    }
  }
});

test("the reader of sources finds messages, hints, causes and reasons", () => {
  const source = `
    #[error("cannot read \`{path}\`", path.display())]
    Problem::new(Code::Invalid, format!("two apps are called \\"{}\\"", name), "rename (or remove) one")
    fn hint(&self) -> &str { match self { Self::A => "do this", } }
    entry.reason = Some("gone".into());
    let unrelated = "not a sentence for people";
    #[cfg(test)] mod tests { Problem::new(Code::Busy, "in a test", "only") }`;
  assert.deepEqual(
    readSentences(source).sort(),
    ["cannot read `{}`", "do this", "gone", 'two apps are called "{}"', "rename (or remove) one"].sort(),
  );
});

async function sentencesBelow(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  const sources = files.filter((file) => file.endsWith(".rs") && !/(^|\/)tests(\/|\.rs)/.test(file));
  const texts = await Promise.all(sources.map((file) => readFile(join(folder, file), "utf8")));
  return texts.flatMap(readSentences);
}

/** The sentences of a source: names and paths in them are `{}`. */
function readSentences(source: string): string[] {
  const code = source.split("#[cfg(test)]")[0] ?? "";
  const places = [
    ...placesOf(code, /#\[error\(/g),
    ...placesOf(code, /\b(?:Problem::new|invalid|nothing_there|lock)\(/g),
    ...placesOf(code, /\breason\s*=\s*Some\(/g),
    ...placesOf(code, /InvalidIssuer \{ reason: (?=")/g),
    // A function that gives a hint or a reason, and a refusal in a table of them.
    ...placesOf(code, /\bfn (?:hint|reason|names_of)\b[^{]*\{/g),
    ...placesOf(code, /\bRefusal::\w+ =>\s*\{?\s*\(/g),
    ...placesOf(code, /\bNotFilled::\w+ => (?=")/g),
    ...placesOf(code, /\bf\.write_str\(/g),
  ];
  const sentences = places.flatMap((place) => place.match(/"(?:[^"\\]|\\.)*"/gs) ?? []);
  return [...new Set(sentences.map(toText).filter(isSentence))];
}

/** What stands between the bracket that a pattern ends with and its counterpart; a bare literal stands for itself. */
function* placesOf(code: string, pattern: RegExp): Generator<string> {
  for (const match of code.matchAll(pattern)) {
    const start = match.index + match[0].length;
    if (code[start] === '"' && !/[({]$/.test(match[0])) {
      yield code.slice(start).match(/^"(?:[^"\\]|\\.)*"/s)?.[0] ?? "";
      continue;
    }
    let depth = 1;
    let end = start;
    // Brackets in literals do not count.
    for (const token of code.slice(start).matchAll(/"(?:[^"\\]|\\.)*"|[(){}[\]]/gs)) {
      if (/^[({[]$/.test(token[0])) depth++;
      else if (!token[0].startsWith('"')) depth--;
      end = start + token.index;
      if (depth === 0) break;
    }
    yield code.slice(start, end);
  }
}

function toText(literal: string): string {
  const text = literal.slice(1, -1).replace(/\\\n\s*/g, "");
  return text.replace(/\\(.)/g, "$1").replace(/\{[^{}]*\}/g, "{}");
}

/** Words, not a name of a field or a file. */
function isSentence(text: string): boolean {
  return /[a-z]{2}/.test(text) && !/^[\w./-]*[_./][\w./-]*$/.test(text) && !NO_SENTENCES.includes(text);
}
