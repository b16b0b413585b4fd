// The native messaging host, started as a browser starts it: frames with a length in front, on stdin and stdout.

import { type ChildProcess, spawn } from "node:child_process";
import { extensionId } from "./chromium.ts";
import { within } from "./process.ts";
import { program } from "./stage.ts";

export type Outcome = { ok: unknown } | { problem: { code: string; message: string; hint: string } };

export class Host {
  readonly process: ChildProcess;
  readonly ended: Promise<number>;
  #asked = 0;
  #received = Buffer.alloc(0);
  #waiting = new Map<number, (outcome: Outcome) => void>();
  /** News that nobody asked for, oldest first. */
  readonly news: unknown[] = [];
  stderr = "";

  /** `args` are what the browser tells it about who asks. */
  constructor(args = [`chrome-extension://${extensionId()}/`], env: Record<string, string> = {}) {
    this.process = spawn(program("lanyard-native-host"), args, { env: { ...process.env, ...env } });
    this.process.stdout?.on("data", (bytes) => this.#receive(bytes));
    this.process.stderr?.on("data", (text) => {
      this.stderr += text;
    });
    this.process.stdin?.on("error", () => {});
    this.ended = new Promise((resolve) => this.process.on("close", (code) => resolve(code ?? -1)));
  }

  /** Sends a request and waits for its reply. */
  ask(request: object, timeout = 10_000): Promise<Outcome> {
    const id = ++this.#asked;
    const reply = new Promise<Outcome>((resolve) => this.#waiting.set(id, resolve));
    this.write(frame({ id, request }));
    return within(timeout, `a reply to ${Object.keys(request)[0]}`, reply);
  }

  hello(profile: string, browser = "Chromium", versions = [3, 2]): Promise<Outcome> {
    return this.ask({ hello: { versions, extension_version: "0", browser, profile } });
  }

  /** Sends bytes as they are. */
  write(bytes: Uint8Array): void {
    this.process.stdin?.write(bytes);
  }

  /** Closes its input, as a browser that ends does, and waits for its end. */
  close(): Promise<number> {
    this.process.stdin?.end();
    return within(5000, "the native host ends when its input does", this.ended);
  }

  #receive(bytes: Buffer): void {
    this.#received = Buffer.concat([this.#received, bytes]);
    while (this.#received.length >= 4) {
      const length = this.#received.readUInt32LE(0);
      if (this.#received.length < 4 + length) return;
      this.#deliver(JSON.parse(this.#received.subarray(4, 4 + length).toString()));
      this.#received = this.#received.subarray(4 + length);
    }
  }

  #deliver(message: { reply?: { id: number; result: Outcome }; event?: unknown }): void {
    if (!message.reply) {
      this.news.push(message.event);
      return;
    }
    this.#waiting.get(message.reply.id)?.(message.reply.result);
    this.#waiting.delete(message.reply.id);
  }
}

export function frame(message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([length, body]);
}

/** The value below which this part of the sorted values lies. */
export function percentile(values: number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.floor(sorted.length * part));
  return sorted[index] ?? Number.NaN;
}
