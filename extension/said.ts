// The companion's sentences in other languages. The window has a table of them for each: the extension says them in the
// same words.

import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { key_of } from "./src/said.ts";

type Table = { words: { sentences: Record<string, string> } };

/** Entries for messages.json. Sentences with something filled in are left out: they are shown as they come. */
export async function said_in(language: string): Promise<Record<string, { message: string }>> {
  const file = fileURLToPath(new URL(`../ui/locales/${language}.ts`, import.meta.url));
  if (!existsSync(file)) return {};
  const { words } = (await import(file)) as Table;
  const whole = Object.entries(words.sentences).filter(([english]) => !english.includes("{}"));
  // A dollar sign would stand for a value.
  const entries = whole.map(([english, other]) => [
    key_of(english),
    { message: other.replaceAll("$", "$$$$") },
  ]);
  return Object.fromEntries(entries.toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1)));
}
