// Builds what the window shows into ui/dist: index.html, app.js, app.css. The same sources give the same bytes.

import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** `#locales`: every file of ui/locales by its name, so that a new language is a new file and nothing else. */
const locales: Plugin = {
  name: "locales",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^#locales$/ }, () => ({ path: "locales", namespace: "locales" }));
    onLoad({ filter: /.*/, namespace: "locales" }, async () => {
      const files = (await readdir(here("locales"))).filter((file) => /^[\w-]+\.ts$/.test(file)).sort();
      const imports = files.map((file, index) => `import { words as w${index} } from "./locales/${file}";`);
      const entries = files.map((file, index) => `${JSON.stringify(file.replace(".ts", ""))}: w${index}`);
      const contents = `${imports.join("\n")}\nexport const locales = { ${entries.join(", ")} };`;
      return { contents, resolveDir: here("."), loader: "ts" };
    });
  },
};

await rm(here("dist"), { recursive: true, force: true });
await mkdir(here("dist"));
await build({
  absWorkingDir: here("."),
  entryPoints: [
    { in: "src/main.tsx", out: "app" },
    { in: "src/app.css", out: "app" },
  ],
  outdir: "dist",
  bundle: true,
  format: "esm",
  charset: "utf8",
  target: "safari17.5",
  minify: true,
  jsx: "automatic",
  jsxImportSource: "preact",
  legalComments: "none",
  logLevel: "warning",
  plugins: [locales],
});
await copyFile(here("src/index.html"), here("dist/index.html"));
