// The command `lanyard`, as a person or a script types it.

import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { program } from "./stage.ts";

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Named in an environment: a process whose user and mount namespaces the command is to run in. */
export const INSIDE = "LANYARD_E2E_INSIDE";

/** Starts it. */
export function startLanyard(
  args: string[],
  env: Record<string, string> = {},
): ChildProcessWithoutNullStreams {
  const command = [program("lanyard"), ...args];
  const enter = ["nsenter", "--preserve-credentials", "--user", "--mount", "--target"];
  const [file = "", ...rest] = env[INSIDE] ? [...enter, env[INSIDE], ...command] : command;
  return spawn(file, rest, { env: { ...process.env, ...env } });
}

/** Runs it to its end. */
export function lanyard(
  args: string[],
  options: { input?: string; env?: Record<string, string> } = {},
): Promise<Ended> {
  const child = startLanyard(args, options.env);
  const ended: Ended = { code: -1, stdout: "", stderr: "" };
  child.stdout.on("data", (text) => {
    ended.stdout += text;
  });
  child.stderr.on("data", (text) => {
    ended.stderr += text;
  });
  child.stdin.on("error", () => {});
  child.stdin.end(options.input ?? "");
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ ...ended, code: code ?? -1 }));
  });
}

/** Runs it with `--json`, which has to succeed, and returns what it printed. */
export async function lanyardJson(
  args: string[],
  options: { input?: string; env?: Record<string, string> } = {},
): Promise<unknown> {
  const { code, stdout, stderr } = await lanyard([...args, "--json"], options);
  if (code !== 0)
    throw new Error(`lanyard ${args.join(" ")} ended with ${code}: ${stderr.trim() || stdout.trim()}`);
  return JSON.parse(stdout);
}

export interface Status {
  account: { name: string } | null;
  vault: { unlocked: object } | { locked: object } | { unavailable: { problem: { message: string } } };
  apps: number | null;
  browsers: number;
  revocation_queued: boolean;
}

export async function status(env: Record<string, string> = {}): Promise<Status> {
  return (await lanyardJson(["status"], { env })) as Status;
}

export interface Paired {
  name: string;
  profile: string;
  connected: boolean;
  caution?: "copied" | "unverified" | null;
}

/** The browsers that are connected to Lanyard, open or not. */
export async function pairedBrowsers(): Promise<Paired[]> {
  return ((await lanyardJson(["browsers", "list"])) as { paired: Paired[] }).paired;
}

/** Waits until a companion that has just started has opened its vault. */
export async function vaultIsThere(env: Record<string, string> = {}): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const { vault } = await status(env);
    if (!("unavailable" in vault)) return;
    if (Date.now() > deadline)
      throw new Error(`the vault did not open: ${vault.unavailable.problem.message}`);
  }
}
