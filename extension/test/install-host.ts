// The scripted native messaging host, written where a browser looks for its manifest.

import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("scripted-host.ts", import.meta.url));

/** `folder` is where the companion's socket is, `manifests` where the browser looks, `allowed` who may connect. */
export async function install_host(folder: string, manifests: string, allowed: object): Promise<void> {
  const program = join(folder, "host.sh");
  const [node, socket] = [process.execPath, join(folder, "companion.sock")];
  await writeFile(
    program,
    `#!/bin/sh\nexec "${node}" --disable-warning=ExperimentalWarning "${SCRIPT}" "${socket}" 2>/dev/null\n`,
  );
  await chmod(program, 0o755);
  await mkdir(manifests, { recursive: true });
  const manifest = {
    name: "lanyard.native_host",
    description: "Lanyard",
    path: program,
    type: "stdio",
    ...allowed,
  };
  await writeFile(join(manifests, "lanyard.native_host.json"), JSON.stringify(manifest));
}
