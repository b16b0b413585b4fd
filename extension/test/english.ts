// The browser's words where there is no browser: imported before what says something.

import { readFileSync } from "node:fs";

const words: Record<string, { message: string }> = JSON.parse(
  readFileSync(new URL("../_locales/en/messages.json", import.meta.url), "utf8"),
);

const getMessage = (key: string, values: string[] = []) =>
  (words[key]?.message ?? "").replace(/\$(\d)/g, (_, at: string) => values[Number(at) - 1] ?? "");

globalThis.chrome = { i18n: { getMessage }, runtime: {} } as unknown as typeof chrome;
