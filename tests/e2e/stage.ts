// Where the programs under test are, and where a run leaves what is to be kept: `cargo xtask` lays both out.

import { mkdirSync } from "node:fs";
import { join } from "node:path";

export const stage = required("LANYARD_STAGE");
export const out = required("LANYARD_E2E_OUT");
export const home = required("HOME");
export const config = process.env.XDG_CONFIG_HOME ?? join(home, ".config");
export const data = process.env.XDG_DATA_HOME ?? join(home, ".local/share");
export const logs = join(out, "log");

mkdirSync(logs, { recursive: true });

/** A program as it is installed. */
export function program(name: string): string {
  return join(stage, "bin", name);
}

function required(name: string): string {
  const value = process.env[name];
  if (value) return value;
  console.error(
    `error: ${name} is not set\nhint: run this with \`cargo xtask demo\`, \`test\`, \`bench\` or \`session\``,
  );
  process.exit(2);
}
