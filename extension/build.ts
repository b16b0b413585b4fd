// Builds the extension into dist/<browser>/. The same sources give the same bytes. `--measure` prints sizes as JSON.

import { cp, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { type Browser, chromium } from "./browsers/chromium.ts";
import { manifest } from "./manifest.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Most bytes, minified. `stub.js` goes into every page, `page.js` beside it where a form is looked for. */
const BUDGETS = { "stub.js": 5_000, "page.js": 25_000 };

const PAGES = ["popup", "welcome", "offer"];

for (const browser of [chromium]) await buildFor(browser);

async function buildFor(browser: Browser): Promise<void> {
  const out = here(`dist/${browser.folder}`);
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await bundle(browser, out);
  for (const page of PAGES) await cp(here(`src/pages/${page}.html`), `${out}/${page}.html`);
  await cp(here("icons"), `${out}/icons`, { recursive: true, filter: (name) => !/\.(svg|ts)$/.test(name) });
  await writeFile(`${out}/manifest.json`, `${JSON.stringify(manifest(browser, await version()), null, 2)}\n`);
  await report(out);
}

async function bundle(browser: Browser, outdir: string): Promise<void> {
  await build({
    absWorkingDir: here("."),
    entryPoints: [
      { in: "src/content/stub.ts", out: "stub" },
      { in: "src/content/page.ts", out: "page" },
      { in: "src/background/main.ts", out: "background" },
      { in: "src/pages/look.css", out: "look" },
      ...PAGES.map((page) => ({ in: `src/pages/${page}.tsx`, out: page })),
    ],
    outdir,
    bundle: true,
    format: "iife",
    target: browser.target,
    minify: true,
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

async function report(out: string): Promise<void> {
  const names = ["stub.js", "page.js", "background.js", "look.css", ...PAGES.map((page) => `${page}.js`)];
  const sizes: Record<string, number> = {};
  for (const name of names) sizes[name] = (await stat(`${out}/${name}`)).size;
  if (process.argv.includes("--measure")) {
    console.log(
      JSON.stringify({ sizes, content_script_kb: kb(sizes["stub.js"]), with_finder_kb: kb(total(sizes)) }),
    );
  } else {
    for (const [name, size] of Object.entries(sizes)) {
      const packed = gzipSync(await readFile(`${out}/${name}`)).length;
      console.log(`${name.padEnd(16)}${String(size).padStart(7)} B${String(packed).padStart(7)} B gzip`);
    }
  }
  for (const [name, budget] of Object.entries(BUDGETS)) {
    if ((sizes[name] ?? 0) > budget)
      throw new Error(`${name} has ${sizes[name]} bytes, its budget is ${budget}`);
  }
}

function total(sizes: Record<string, number>): number {
  return (sizes["stub.js"] ?? 0) + (sizes["page.js"] ?? 0);
}

function kb(bytes = 0): number {
  return Math.round(bytes / 10) / 100;
}
