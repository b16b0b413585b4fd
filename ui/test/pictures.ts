// Writes docs/screens: every screen, light and dark, in English and German. Needs ui/dist and ImageMagick's `convert`.

import { execFile } from "node:child_process";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { SHOTS, WORDS } from "./screens.ts";
import { LOOKS, WindowBrowser } from "./window.ts";

const folder = process.env.PICTURES ?? fileURLToPath(new URL("../../docs/screens", import.meta.url));
const only = process.argv.slice(2);

const convert = promisify(execFile);
const browser = await WindowBrowser.start();
await mkdir(folder, { recursive: true });
if (only.length === 0) {
  for (const file of await readdir(folder)) if (file.endsWith(".png")) await rm(join(folder, file));
}
for (const { name, world, go } of SHOTS) {
  if (only.length > 0 && !only.includes(name)) continue;
  for (const look of LOOKS) {
    const page = await browser.open(structuredClone(world), look);
    await page.locator("main").waitFor();
    await go?.(page, WORDS[look.language]);
    await page.evaluate(() => document.fonts.ready);
    const path = join(folder, `${name}-${look.theme}-${look.language}.png`);
    await page.screenshot({ path, animations: "disabled", caret: "hide" });
    await page.context().close();
    await convert("convert", [path, "-strip", "-dither", "None", "-colors", "128", `PNG8:${path}`]);
  }
}
await browser.close();
for (const complaint of browser.complaints) process.stderr.write(`${complaint}\n`);
