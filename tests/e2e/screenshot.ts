// Pictures of the whole desktop.

import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { promisify } from "node:util";
import type { Rectangle } from "./desktop.ts";
import { out } from "./stage.ts";

/** What stays as it is for this long was drawn to its end. */
const STILL = 500;
const LONGEST = 3000;

/** Takes one of what is on the screen once it is still, and returns its path. */
export async function screenshot(name: string): Promise<string> {
  await stillness();
  const path = join(out, `${name}.png`);
  await importRoot(path);
  return path;
}

/** Waits until a part of the screen is not of one colour: programs say what they show before they have drawn it, and no
 *  event tells of the drawing. */
export async function drawn([left, top, width, height]: Rectangle): Promise<void> {
  const began = performance.now();
  const crop = ["-crop", `${width}x${height}+${left}+${top}`];
  while (performance.now() - began < LONGEST) {
    const { stdout } = await importRoot("rgb:-", crop);
    if (!stdout.subarray(3).equals(stdout.subarray(0, -3))) return;
  }
}

async function stillness(): Promise<void> {
  const began = performance.now();
  let last = await pixels();
  let since = performance.now();
  while (performance.now() - since < STILL && performance.now() - began < LONGEST) {
    await setTimeout(100);
    const next = await pixels();
    if (!next.equals(last)) since = performance.now();
    last = next;
  }
}

async function pixels(): Promise<Buffer> {
  return (await importRoot("rgb:-")).stdout;
}

function importRoot(to: string, options: string[] = []): Promise<{ stdout: Buffer }> {
  const output = { encoding: "buffer", maxBuffer: 64 << 20 } as const;
  return promisify(execFile)("import", ["-silent", "-window", "root", ...options, "-depth", "8", to], output);
}
