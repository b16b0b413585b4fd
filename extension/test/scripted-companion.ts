// The companion as tests need it: a table of answers, and a list of what was asked. Everything on the wire is real.

import { createHmac } from "node:crypto";
import { rm } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import type {
  Account,
  Event,
  Request,
  Response,
  Saving,
  State,
} from "../../crates/protocol/bindings/browser.ts";
import type { FromCompanion } from "../../crates/protocol/bindings/channel.ts";
import type { Envelope, Message, Outcome, Problem } from "../../crates/protocol/bindings/common.ts";

import type { Bytes } from "../src/background/channel/bytes.ts";
import { type KeyPair, key_pair, make_key_pair } from "../src/background/channel/primitives.ts";
import { type Caller, ScriptedChannel } from "./scripted-channel.ts";

type Keys<T> = T extends unknown ? keyof T : never;
type Body<T, K extends PropertyKey> = T extends Record<K, infer B> ? B : never;
export type Kind = Keys<Request>;
type Answers = { [K in Kind]?: (body: Body<Request, K>) => Outcome<Response> | Promise<Outcome<Response>> };

const SAVING = { field_icon: true, saving: "offered" } as const;
export const READY: State = { signed_in: "Alice", vault: { unlocked: {} }, ...SAVING };
export const LOCKED: State = { signed_in: "Alice", vault: { locked: {} }, ...SAVING };
export const SIGNED_OUT: State = { signed_in: null, vault: { locked: {} }, ...SAVING };
export const DONE: Outcome<Response> = { ok: { done: {} } };

const ORIGIN_KEY = Buffer.alloc(32, 7);

/** What is asked at the window where an extension is not paired: null shows the code, a problem says no. */
type Pairs = (clicked: boolean) => Promise<Problem | null | "later">;

const AT_ONCE: Pairs = async () => null;

export class ScriptedCompanion {
  readonly path: string;
  readonly origin: string;
  state: State = READY;
  /** Message version that it speaks. */
  version = 4;
  pairs: Pairs = AT_ONCE;
  /** Codes that the window would have shown. */
  codes: string[] = [];
  /** Who called. */
  callers: Caller[] = [];
  /** Origins told after the greeting. */
  origins: string[] = [];
  /** Told right after the greeting, as launches that waited for a browser are. */
  waiting: Event[] = [];
  answers: Answers = {};
  asked: Request[] = [];
  connections = 0;
  /** Connections that ended, by either side. */
  ends = 0;
  #server: Server | null = null;
  #socket: Socket | null = null;
  #channel: ScriptedChannel | null = null;
  #own: KeyPair | null = null;
  #ratchets = new Map<string, Bytes>();
  #watchers = new Set<() => void>();

  /** `origin` is the extension's, as its browser names it. */
  constructor(path: string, origin: string) {
    this.path = path;
    this.origin = origin;
  }

  async start(): Promise<void> {
    this.#own = await key_pair(await make_key_pair());
    await rm(this.path, { force: true });
    this.#server = createServer((socket) => this.#serve(socket));
    await new Promise<void>((resolve) => this.#server?.listen(this.path, resolve));
  }

  /** Ends, with its connections. Hosts that come later find nobody. */
  stop(): void {
    this.#server?.close();
    this.#socket?.destroy();
    this.#server = null;
  }

  /** Forgets what one test scripted. */
  reset(): void {
    this.state = READY;
    this.version = 4;
    this.pairs = AT_ONCE;
    this.codes = [];
    this.callers = [];
    this.origins = [];
    this.waiting = [];
    this.answers = {};
    this.asked = [];
  }

  tell(event: Event): void {
    this.#write({ event });
  }

  /** Outside of the channel, as a native host does where it does not reach the companion. */
  tell_outside(message: FromCompanion): void {
    this.#socket?.write(`${JSON.stringify(message)}\n`);
  }

  /** Removed in the window: the extension is none that is known. What follows is asked at the window. */
  unpair(pairs: Pairs): void {
    this.pairs = pairs;
    this.#ratchets.clear();
    this.drop_connection();
  }

  /** Set up anew: another companion, as far as an extension can tell. */
  async begin_anew(): Promise<void> {
    this.#own = await key_pair(await make_key_pair());
    this.drop_connection();
  }

  /** Another has used what the extension has: from here on it is behind. */
  go_ahead(): void {
    for (const [key, value] of this.#ratchets)
      this.#ratchets.set(
        key,
        value.map((byte) => byte ^ 1),
      );
    this.drop_connection();
  }

  change_state(state: State): void {
    this.state = state;
    this.tell({ state });
  }

  tell_origins(): void {
    this.tell({ origins: { key: ORIGIN_KEY.toString("base64url"), digests: this.#digests(), part: 0 } });
  }

  /** Something on the wire that is no message. */
  tell_garbage(line: string): void {
    this.#socket?.write(`${line}\n`);
  }

  /** Something in the channel that is no message. */
  tell_sealed_garbage(text: string): void {
    this.#channel?.say(text);
  }

  drop_connection(): void {
    this.#socket?.destroy();
  }

  /** The bodies of all requests of a kind. */
  all<K extends Kind>(kind: K): Body<Request, K>[] {
    return this.asked.flatMap((request) =>
      kind in request ? [(request as Record<K, Body<Request, K>>)[kind]] : [],
    );
  }

  /** The n-th request of a kind, when it comes. */
  async next<K extends Kind>(kind: K, nth = 1): Promise<Body<Request, K>> {
    await this.until(() => this.all(kind).length >= nth, `request ${nth} of ${kind}`);
    return this.all(kind)[nth - 1] as Body<Request, K>;
  }

  until(condition: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!condition()) return;
        clearTimeout(timer);
        this.#watchers.delete(look);
        resolve();
      };
      const timer = setTimeout(() => {
        this.#watchers.delete(look);
        reject(new Error(`waited in vain for ${what}; asked: ${JSON.stringify(this.asked)}`));
      }, 8_000);
      this.#watchers.add(look);
      look();
    });
  }

  #serve(socket: Socket): void {
    this.#socket = socket;
    this.connections += 1;
    const channel = this.#open_channel(socket);
    this.#channel = channel;
    let text = "";
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.ends += 1;
      this.#look();
    });
    socket.on("data", (chunk) => {
      text += chunk.toString("utf8");
      for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
        channel.hear(JSON.parse(text.slice(0, end)));
        text = text.slice(end + 1);
      }
    });
    this.#look();
  }

  #open_channel(socket: Socket): ScriptedChannel {
    if (!this.#own) throw new Error("it was not started");
    return new ScriptedChannel({
      own: this.#own,
      origin: this.origin,
      ratchets: this.#ratchets,
      pair: (clicked) => this.pairs(clicked),
      called: (caller) => {
        this.callers.push(caller);
        this.#look();
      },
      shows: (code) => {
        this.codes.push(code);
        this.#look();
      },
      write: (message) => socket.write(`${JSON.stringify(message)}\n`),
      opened: (text) => void this.#answer(socket, JSON.parse(text) as Envelope<Request>),
      end: () => socket.destroy(),
    });
  }

  async #answer(socket: Socket, { id, request }: Envelope<Request>): Promise<void> {
    this.asked.push(request);
    this.#look();
    const result = await this.#result(request);
    if (socket === this.#socket) this.#write({ reply: { id, result } });
    if ("hello" in request && "ok" in result) {
      this.tell_origins();
      for (const event of this.waiting.splice(0)) this.tell(event);
    }
  }

  async #result(request: Request): Promise<Outcome<Response>> {
    const [[kind, body]] = Object.entries(request) as [[Kind, never]];
    const scripted = this.answers[kind] as ((body: never) => Outcome<Response>) | undefined;
    if (scripted) return await scripted(body);
    if (kind === "hello")
      return { ok: { welcome: { version: this.version, companion_version: "0.1.0", state: this.state } } };
    if (kind === "suggest") return suggestions([]);
    if (kind === "never_sites") return { ok: { sites: { origins: [] } } };
    return DONE;
  }

  #digests(): string {
    const digest = (origin: string) =>
      createHmac("sha256", ORIGIN_KEY).update(origin).digest().subarray(0, 9).toString("base64url");
    return this.origins.map(digest).join("");
  }

  #write(message: Message<Response, Event>): void {
    this.#channel?.say(JSON.stringify(message));
  }

  #look(): void {
    for (const look of [...this.#watchers]) look();
  }
}

export function suggestions(accounts: Account[], saving: Saving = "offered"): Outcome<Response> {
  return { ok: { suggestions: { accounts, saving } } };
}

export function problem(code: Problem["code"], message: string, hint: string): { problem: Problem } {
  return { problem: { code, message, hint } };
}
