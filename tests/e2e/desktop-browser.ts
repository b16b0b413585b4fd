// Which browser the desktop opens pages in.

import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { config, home } from "./stage.ts";

/** Makes a browser the desktop's. `opener` opens the page `$1`. Returns the variables to start programs with. */
export function makeDefault(opener: string): Record<string, string> {
  const bin = join(home, "bin");
  mkdirSync(bin, { recursive: true });
  const open = join(bin, "open-in-browser");
  writeFileSync(open, `#!/bin/sh\nexec ${opener} >/dev/null 2>&1\n`);
  chmodSync(open, 0o755);
  const applications = join(process.env.XDG_DATA_HOME ?? join(home, ".local/share"), "applications");
  mkdirSync(applications, { recursive: true });
  writeFileSync(
    join(applications, "open-in-browser.desktop"),
    `[Desktop Entry]\nType=Application\nName=Browser\nExec=${open} %u\nMimeType=x-scheme-handler/http;x-scheme-handler/https;\n`,
  );
  mkdirSync(config, { recursive: true });
  const handlers = ["http", "https"].map((scheme) => `x-scheme-handler/${scheme}=open-in-browser.desktop\n`);
  writeFileSync(join(config, "mimeapps.list"), `[Default Applications]\n${handlers.join("")}`);
  return { BROWSER: open };
}
