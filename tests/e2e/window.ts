// The window's program, as a child of the companion.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Desktop } from "./desktop.ts";
import type { Started } from "./process.ts";

/** The windows of a companion that run, by process id. */
export async function windowsOf(companion: { pid: number }): Promise<number[]> {
  const pgrep = promisify(execFile)("pgrep", ["-P", String(companion.pid), "-x", "lanyard-window"]);
  const found = await pgrep.catch((error: { code: number; stdout: string }) => {
    if (error.code === 1) return { stdout: "" };
    throw error;
  });
  return found.stdout.split("\n").filter(Boolean).map(Number);
}

/** Ends the window of a companion, and waits until the screen is without it. */
export async function closeWindow(
  desktop: Desktop,
  companion: Started,
  signal: NodeJS.Signals = "SIGTERM",
): Promise<void> {
  for (const pid of await windowsOf(companion)) process.kill(pid, signal);
  await desktop.gone({ role: "frame" });
}
