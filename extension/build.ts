// Builds the extension into dist/<browser>/. The same sources give the same bytes. `--measure` prints sizes as JSON.

import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import type { Browser } from "./browsers/browser.ts";
import { chromium } from "./browsers/chromium.ts";
import { firefox } from "./browsers/firefox.ts";
import { manifest } from "./manifest.ts";
import { markup, PAGES } from "./markup.ts";
import { said_in } from "./said.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Most bytes, minified. `stub.js` goes into every page, `page.js` beside it where a form is looked for, `icon.js` where an
 * account is known. `page.js` is to be 28 kB; until it is, its bound keeps it from growing.
 */
const BUDGETS = { "stub.js": 5_000, "page.js": 70_000, "icon.js": 9_500 };

type Sizes = Record<string, number>;

const measured: Record<string, Sizes> = {};
for (const browser of [chromium, firefox]) measured[browser.folder] = await build_for(browser);
await report(measured);

async function build_for(browser: Browser): Promise<Sizes> {
  const out = here(`dist/${browser.folder}`);
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await bundle(browser, out);
  for (const page of PAGES) await writeFile(`${out}/${page}.html`, markup(page));

  for (const language of await readdir(here("_locales"))) await write_words(language, out);
  await cp(here("icons"), `${out}/icons`, { recursive: true, filter: (name) => !/\.(svg|ts)$/.test(name) });
  await writeFile(`${out}/manifest.json`, `${JSON.stringify(manifest(browser, await version()), null, 2)}\n`);
  return sizes_in(out);
}

async function write_words(language: string, out: string): Promise<void> {
  const own = JSON.parse(await readFile(here(`_locales/${language}/messages.json`), "utf8"));
  const words = { ...(await said_in(language)), ...own };
  await mkdir(`${out}/_locales/${language}`, { recursive: true });
  await writeFile(`${out}/_locales/${language}/messages.json`, `${JSON.stringify(words, null, 1)}\n`);
}

async function bundle(browser: Browser, outdir: string): Promise<void> {
  await build({
    absWorkingDir: here("."),
    entryPoints: [
      { in: "src/content/stub.ts", out: "stub" },
      { in: "src/content/page.ts", out: "page" },
      { in: "src/content/icon.ts", out: "icon" },
      { in: "src/background/main.ts", out: "background" },
      { in: "src/pages/look.css", out: "look" },
      ...PAGES.map((page) => ({ in: `src/pages/${page}.tsx`, out: page })),
    ],
    outdir,
    bundle: true,
    format: "iife",
    target: browser.target,
    minify: true,
    // Words of other alphabets as they are, not three times as long.
    charset: "utf8",
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
    logLevel: "warning",
  });
}

/** The workspace's version, so that extension and desktop carry the same. */
async function version(): Promise<string> {
  const found = /\[workspace\.package\][^[]*?\nversion = "([^"]+)"/.exec(
    await readFile(here("../Cargo.toml"), "utf8"),
  );
  if (!found?.[1]) throw new Error("Cargo.toml has no [workspace.package] version");
  return found[1];
}

async function sizes_in(out: string): Promise<Sizes> {
  const names = [
    "stub.js",
    "page.js",
    "icon.js",
    "background.js",
    "look.css",
    ...PAGES.map((page) => `${page}.js`),
  ];
  const sizes: Sizes = {};
  for (const name of names) sizes[name] = (await stat(`${out}/${name}`)).size;
  return sizes;
}

/** Measured is Chromium's; the others are made of the same sources and have the same budgets. */
async function report(measured: Record<string, Sizes>): Promise<void> {
  if (process.argv.includes("--measure")) {
    const sizes = measured[chromium.folder] ?? {};
    console.log(
      JSON.stringify({ sizes, content_script_kb: kb(sizes["stub.js"]), with_finder_kb: kb(total(sizes)) }),
    );
  }
  for (const [folder, sizes] of Object.entries(measured)) {
    if (!process.argv.includes("--measure")) await print(folder, sizes);
    for (const [name, budget] of Object.entries(BUDGETS)) {
      if ((sizes[name] ?? 0) > budget)
        throw new Error(`${folder}/${name} has ${sizes[name]} bytes, its budget is ${budget}`);
    }
  }
}

async function print(folder: string, sizes: Sizes): Promise<void> {
  console.log(folder);
  for (const [name, size] of Object.entries(sizes)) {
    const packed = gzipSync(await readFile(here(`dist/${folder}/${name}`))).length;
    console.log(`  ${name.padEnd(16)}${String(size).padStart(7)} B${String(packed).padStart(7)} B gzip`);
  }
}

function total(sizes: Sizes): number {
  return (sizes["stub.js"] ?? 0) + (sizes["page.js"] ?? 0);
}

function kb(bytes = 0): number {
  return Math.round(bytes / 10) / 100;
}
