// Components of Svelte, compiled as they are bundled.

import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";
import { compile } from "svelte/compiler";

export const svelte: Plugin = {
  name: "svelte",
  setup(build) {
    build.onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
      const { js } = compile(await readFile(path, "utf8"), { filename: path, generate: "client" });
      return { contents: js.code, loader: "js" };
    });
  },
};
