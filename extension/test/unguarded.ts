// The extension without what guards its icon, to show that each attack would work on it.

import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const GUARD = `export class Guard {
  constructor() {
    // Whatever looks like the host, wherever it was clicked and whoever says so.
    addEventListener("click", ({ target }) => {
      if (target.matches?.("[popover=manual][aria-hidden]")) void chrome.runtime.sendMessage({ icon: "clicked" });
    }, true);
  }
  shown() {}
  moved() {}
  end() {}
  judge() { return "fine"; }
}`;

const FOREIGN = "export const is_foreign_frame = () => false, is_enclosed = () => false;";

const unguarded: Plugin = {
  name: "unguarded",
  setup({ onLoad }) {
    onLoad({ filter: /content\/icon-guard\.ts$/ }, () => ({ contents: GUARD, loader: "js" }));
    onLoad({ filter: /content\/foreign\.ts$/ }, () => ({ contents: FOREIGN, loader: "js" }));
    onLoad({ filter: /content\/icon-host\.ts$/ }, async ({ path }) => ({
      contents: changed(await readFile(path, "utf8")),
      loader: "ts",
    }));
  },
};

/** The host of the icon, without what it does for itself. */
function changed(source: string): string {
  const changes: [string, string][] = [
    // Its styles can be overridden by the page.
    ["!important", ""],
    [', "important"', ""],
    ["FIGHTS = 5;", "FIGHTS = 1e9;"],
    // It stays where it is in a page that is zoomed: else it would be up to the browser whether it is pressed before it follows.
    ["#put(): void {", "#put(): void { if (document.documentElement.style.zoom) return;"],
  ];
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`the icon's host no longer has ${from}`);
    return text.replaceAll(from, to);
  }, source);
}

/** A folder with it, to be removed by whoever asked. */
export async function build_unguarded(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "lanyard-unguarded-"));
  await cp(here("../dist/chromium"), folder, { recursive: true });
  await build({
    absWorkingDir: here(".."),
    entryPoints: ["stub", "page", "icon"].map((name) => ({ in: `src/content/${name}.ts`, out: name })),
    outdir: folder,
    bundle: true,
    format: "iife",
    target: "chrome123",
    plugins: [unguarded],
    logLevel: "warning",
  });
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
