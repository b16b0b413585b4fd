// The native messaging host, started as a browser starts it: frames with a length in front, on stdin and stdout. What is
// asked over it is sealed as the extension seals it, by the extension's own channel.

import { type ChildProcess, spawn } from "node:child_process";
import type { FromCompanion, FromExtension } from "../../crates/protocol/bindings/channel.ts";
import { type Bytes, from_base64, to_base64, utf8 } from "../../extension/src/background/channel/bytes.ts";
import { type Called, Calling, make_fresh } from "../../extension/src/background/channel/call.ts";
import type { Pin, Unconfirmed } from "../../extension/src/background/channel/pairing.ts";
import { type KeyPair, key_pair, make_key_pair } from "../../extension/src/background/channel/primitives.ts";
import { prologue } from "../../extension/src/background/channel/prologue.ts";
import type { Transport } from "../../extension/src/background/channel/transport.ts";
import { Queue } from "../../extension/src/background/queue.ts";
import { extensionId } from "./chromium.ts";
import { frame } from "./frame.ts";
import { within } from "./process.ts";
import { program } from "./stage.ts";

export type Outcome = { ok: unknown } | { problem: { code: string; message: string; hint: string } };

const PATIENCE = 10_000;

/** What a browser profile has: its key, and the companion that it was paired with. Two hosts with one are a copy. */
export type Profile = { own: KeyPair; pin: Pin | null };

export async function newProfile(): Promise<Profile> {
  return { own: await key_pair(await make_key_pair()), pin: null };
}

/** First digits of the profile's id, as lists show them. */
export function digitsOf({ own }: Profile): string {
  return Buffer.from(own.public).toString("hex").slice(0, 6);
}

export class Host {
  readonly process: ChildProcess;
  readonly ended: Promise<number>;
  #origin: string;
  #asked = 0;
  #received = Buffer.alloc(0);
  #waiting = new Map<number, (outcome: Outcome) => void>();
  #carried = new Queue<Bytes>();
  #called: Called | null = null;
  #unconfirmed: Unconfirmed | null = null;
  #profile: Profile | null = null;
  #transport: Transport | null = null;
  /** What nobody asked for, oldest first. */
  readonly news: unknown[] = [];
  stderr = "";

  /** `args` are what the browser tells it about who asks; `instead` is a program that is started in its place, and starts it. */
  constructor(
    args = [`chrome-extension://${extensionId()}/`],
    env: Record<string, string> = {},
    instead: string[] = [],
  ) {
    this.#origin = args[0]?.startsWith("chrome-extension:") ? args[0] : `moz-extension:${args[1]}`;
    const [file = "", ...rest] = [...instead, program("lanyard-native-host"), ...args];
    this.process = spawn(file, rest, { env: { ...process.env, ...env } });
    this.process.stdout?.on("data", (bytes) => this.#receive(bytes));
    this.process.stderr?.on("data", (text) => {
      this.stderr += text;
    });
    this.process.stdin?.on("error", () => {});
    this.ended = new Promise((resolve) =>
      this.process.on("close", (code) => {
        this.#carried.end();
        resolve(code ?? -1);
      }),
    );
  }

  /** Calls, and goes on where the profile is paired. Without that it waits to be paired. */
  async call(profile: Profile, browser = "Chromium", versions = [4]): Promise<"open" | "waits"> {
    this.#profile = profile;
    const agreed = prologue(versions, this.#origin);
    const { calling, message_1 } = await Calling.begin(profile.own, agreed, profile.pin, await make_fresh());
    this.say({ begin: { versions, browser, message: to_base64(message_1) } });
    const { called, message_3 } = await calling.hear(await this.#carried.next(PATIENCE));
    this.say({ channel: to_base64(message_3) });
    this.#called = called;
    if (!profile.pin) return "waits";
    const answer = await called.hear(await this.#carried.next(PATIENCE));
    if ("cloned" in answer) {
      this.say({ channel: to_base64(answer.cloned.frame) });
      throw new Error("the companion is elsewhere: a copy");
    }
    if (!("going_on" in answer)) throw new Error("it did not go on");
    profile.pin = answer.going_on.pin;
    const { frame, transport } = answer.going_on.stored();
    this.say({ channel: to_base64(frame) });
    this.#transport = transport;
    return "open";
  }

  /** The person clicks "Connect" in the browser. The code that the browser shows. */
  async connect(): Promise<string> {
    this.say({ pair: {} });
    return this.code();
  }

  /** The code that the browser shows, once the person may look. */
  async code(): Promise<string> {
    const answer = await this.#called?.hear(await this.#carried.next(PATIENCE));
    if (!answer || !("pairing" in answer)) throw new Error("nothing is paired");
    this.#unconfirmed = answer.pairing;
    return answer.pairing.code;
  }

  /** The person says in the browser that it is the same, and the browser greets. */
  async confirm(): Promise<Outcome> {
    if (!this.#unconfirmed || !this.#profile) throw new Error("there is no code");
    const { pin, transport } = this.#unconfirmed.confirm();
    this.#profile.pin = pin;
    this.#transport = transport;
    return this.hello();
  }

  hello(): Promise<Outcome> {
    return this.ask({ hello: { extension_version: "0" } }, 30_000);
  }

  /** Sends a request and waits for its reply. */
  async ask(request: object, timeout = PATIENCE): Promise<Outcome> {
    const id = ++this.#asked;
    const reply = new Promise<Outcome>((resolve) => this.#waiting.set(id, resolve));
    await this.seal({ id, request });
    return within(timeout, `a reply to ${Object.keys(request)[0]}`, reply);
  }

  /** Sends something in the channel, whatever it is. */
  async seal(message: unknown): Promise<void> {
    for (const sealed of (await this.#transport?.seal(utf8(JSON.stringify(message)))) ?? []) {
      this.say({ channel: to_base64(sealed) });
    }
  }

  say(message: FromExtension): void {
    this.write(frame(message));
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
      this.#hear(JSON.parse(this.#received.subarray(4, 4 + length).toString()));
      this.#received = this.#received.subarray(4 + length);
    }
  }

  #hear(message: FromCompanion): void {
    if (!("channel" in message)) {
      this.news.push(message);
      return;
    }
    const bytes = from_base64(message.channel) ?? new Uint8Array();
    if (!this.#transport) this.#carried.put(bytes);
    else void this.#transport.open(bytes).then((plain) => plain && this.#deliver(plain));
  }

  #deliver(plain: Bytes): void {
    const message: { reply?: { id: number; result: Outcome }; event?: unknown } = JSON.parse(
      new TextDecoder().decode(plain),
    );
    if (!message.reply) {
      this.news.push(message.event);
      return;
    }
    this.#waiting.get(message.reply.id)?.(message.reply.result);
    this.#waiting.delete(message.reply.id);
  }
}

/** The value below which this part of the sorted values lies. */
export function percentile(values: number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.floor(sorted.length * part));
  return sorted[index] ?? Number.NaN;
}
