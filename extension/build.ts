// Builds the extension into dist/<browser>/. The same sources give the same bytes.

import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { type BuildOptions, build, type Plugin } from "esbuild";
import type { Browser } from "./browsers/browser.ts";
import { chromium } from "./browsers/chromium.ts";
import { firefox } from "./browsers/firefox.ts";
import { manifest } from "./manifest.ts";
import { markup, PAGES } from "./markup.ts";
import { said_in } from "./said.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Most bytes, minified. `stub.js` goes into every page; `finder.js` and `page.js` where a form is looked for, `fill.js` beside
 * them where one is filled; `icon.js` where an account is known.
 */
const BUDGETS = {
  "stub.js": 5_000,
  "finder.js": 30_000,
  "page.js": 17_500,
  "fill.js": 15_000,
  "icon.js": 9_500,
};

/** What finder.ts calls the finder, in the world that the scripts of a page share. */
const FINDER = "lanyard_finder";

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
  await cp(here("managed.json"), `${out}/managed.json`);
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
  const how: BuildOptions = {
    absWorkingDir: here("."),
    outdir,
    bundle: true,
    format: "iife",
    target: browser.target,
    minify: true,
    // Words of other alphabets as they are, not three times as long.
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
  };
  const content = (name: string) => ({ in: `src/content/${name}.ts`, out: name });
  await build({ ...how, entryPoints: ["page", "fill"].map(content), plugins: [finder_is_there()] });
  await build({
    ...how,
    entryPoints: [
      ...["stub", "finder", "icon"].map(content),
      { in: "src/background/main.ts", out: "background" },
      { in: "src/pages/look.css", out: "look" },
      ...PAGES.map((page) => ({ in: `src/pages/${page}.tsx`, out: page })),
    ],
    jsx: "automatic",
    jsxImportSource: "preact",
  });
}

/** Scripts that come after `finder.js` use the finder that is there, and have none of their own. */
function finder_is_there(): Plugin {
  return {
    name: "finder-is-there",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /\/finder\/\w+\.ts$/ }, () => ({ path: FINDER, namespace: FINDER }));
      onLoad({ filter: /./, namespace: FINDER }, async () => {
        const source = await readFile(here("src/content/finder.ts"), "utf8");
        const [, names] = /\nconst finder = \{([^}]*)\}/.exec(source) ?? [];
        if (!names) throw new Error("finder.ts does not say what it has");
        return { contents: `export const {${names}} = ${FINDER};` };
      });
    },
  };
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
  const names = [...Object.keys(BUDGETS), "background.js", "look.css", ...PAGES.map((page) => `${page}.js`)];
  const sizes: Sizes = {};
  for (const name of names) sizes[name] = (await stat(`${out}/${name}`)).size;
  return sizes;
}

async function report(measured: Record<string, Sizes>): Promise<void> {
  for (const [folder, sizes] of Object.entries(measured)) {
    await print(folder, sizes);
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
