// Programs that a test starts: their first line says that they are ready, their messages go to a file.

import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { logs } from "./stage.ts";

export interface Started {
  process: ChildProcess;
  pid: number;
  /** The first line of its output. */
  ready: string;
  log: string;
  /** The exit code, once it has ended; -1 where a signal ended it. */
  ended: Promise<number>;
}

const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Starts a program and returns when it has written its first line. */
export async function start(
  name: string,
  command: string,
  args: string[],
  environment: Record<string, string> = {},
): Promise<Started> {
  const log = join(logs, `${name}.log`);
  const messages = openSync(log, "a");
  const child = spawn(command, args, {
    stdio: ["pipe", "pipe", messages],
    env: { ...process.env, ...environment },
  });
  closeSync(messages);
  running.add(child);
  const ended = new Promise<number>((resolve) => {
    child.on("exit", (code) => {
      running.delete(child);
      resolve(code ?? -1);
    });
    child.on("error", () => resolve(-1));
  });
  const ready = await firstLine(child, name, log);
  return { process: child, pid: child.pid as number, ready, log, ended };
}

/** Ends a program: asks it first, by closing its input and by a signal. */
export async function end(started: Started | undefined): Promise<void> {
  if (!started || started.process.exitCode !== null) return;
  started.process.stdin?.end();
  started.process.kill("SIGTERM");
  const patience = setTimeout(() => started.process.kill("SIGKILL"), 3000);
  await started.ended;
  clearTimeout(patience);
}

/** Waits for something that has to happen; what it was is in the error. */
export async function within<T>(milliseconds: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not within ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function firstLine(child: ChildProcess, name: string, log: string): Promise<string> {
  const line = new Promise<string>((resolve, reject) => {
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    lines.once("line", resolve);
    child.once("error", (error) => reject(new Error(`${name} could not be started: ${error.message}`)));
    child.once("exit", (code) =>
      reject(new Error(`${name} ended with ${code} before it was ready; see ${log}`)),
    );
  });
  const ready = await within(20_000, `${name} is ready`, line);
  // Whoever wants the rest listens; nobody is stopped by a full pipe.
  child.stdout?.resume();
  return ready;
}

/** Looks again and again until it is so. */
export async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await isSo())) if (Date.now() > deadline) throw new Error(`${what}: not within 20 s`);
}
