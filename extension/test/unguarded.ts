// The extension without what guards its icon, to show that each attack would work on it.

import { cp, mkdtemp, rm } from "node:fs/promises";
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
    // With styles of the host that the page can override.
    onLoad({ filter: /content\/icon-host\.ts$/ }, async ({ path }) => {
      const { readFile } = await import("node:fs/promises");
      const source = await readFile(path, "utf8");
      const start = source.indexOf("const STYLE");
      const end = source.indexOf("`;", start);
      const style = source.slice(start, end).replaceAll("!important", "");
      const rest = source.slice(end).replaceAll(', "important"', "");
      // And without an end of its patience.
      const patient = source.slice(0, start).replace("const FIGHTS = 5;", "const FIGHTS = 1e9;");
      return { contents: patient + style + rest, loader: "ts" };
    });
  },
};

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
