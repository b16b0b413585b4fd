// The script of an app that is made with a framework, bundled from the published modules.

import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

const made = new Map<string, Promise<string>>();

/** Bundles a file beside an app, once. */
export function bundle(entry: URL, plugins: Plugin[] = []): Promise<string> {
  const path = fileURLToPath(entry);
  const known = made.get(path) ?? make(path, plugins);
  made.set(path, known);
  return known;
}

async function make(entry: string, plugins: Plugin[]): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    // What the project says of JSX is not what these apps are made with.
    tsconfigRaw: "{}",
    jsx: "automatic",
    jsxImportSource: "react",
    conditions: ["browser", "production"],
    define: {
      "process.env.NODE_ENV": '"production"',
      __VUE_OPTIONS_API__: "true",
      __VUE_PROD_DEVTOOLS__: "false",
    },
    alias: { vue: "vue/dist/vue.esm-bundler.js" },
    plugins,
    logLevel: "error",
  });
  return outputFiles[0]?.text ?? "";
}
