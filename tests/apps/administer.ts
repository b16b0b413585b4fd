// What an administrator does: writes files in JSON below the folder that is given to the program.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export function administer(files: Record<string, object>): void {
  const [etc] = process.argv.slice(2);
  if (!etc) throw new Error("say which folder");
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(etc, path)), { recursive: true });
    writeFileSync(join(etc, path), JSON.stringify(content, null, 2));
  }
}
