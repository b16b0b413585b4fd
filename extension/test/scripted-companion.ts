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
import type { Envelope, Message, Outcome, Problem } from "../../crates/protocol/bindings/common.ts";

type Keys<T> = T extends unknown ? keyof T : never;
type Body<T, K extends PropertyKey> = T extends Record<K, infer B> ? B : never;
export type Kind = Keys<Request>;
type Answers = { [K in Kind]?: (body: Body<Request, K>) => Outcome<Response> | Promise<Outcome<Response>> };

export const READY: State = { paired: true, signed_in: "Alice", vault: { unlocked: {} } };
export const LOCKED: State = { paired: true, signed_in: "Alice", vault: { locked: {} } };
export const SIGNED_OUT: State = { paired: true, signed_in: null, vault: { locked: {} } };
export const UNPAIRED: State = { paired: false, signed_in: null, vault: { locked: {} } };
export const DONE: Outcome<Response> = { ok: { done: {} } };

const ORIGIN_KEY = Buffer.alloc(32, 7);

export class ScriptedCompanion {
  readonly path: string;
  state: State = READY;
  /** Message version that it speaks. */
  version = 4;
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
  #watchers = new Set<() => void>();

  constructor(path: string) {
    this.path = path;
  }

  async start(): Promise<void> {
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
    this.origins = [];
    this.waiting = [];
    this.answers = {};
    this.asked = [];
  }

  /** As the native host says why it ends. */
  tell(event: Event): void {
    this.#write({ event });
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
    let text = "";
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.ends += 1;
      this.#look();
    });
    socket.on("data", (chunk) => {
      text += chunk.toString("utf8");
      for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
        void this.#answer(socket, JSON.parse(text.slice(0, end)) as Envelope<Request>);
        text = text.slice(end + 1);
      }
    });
    this.#look();
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
    if (kind === "suggest") return suggestions([], this.version >= 2 ? "offered" : undefined);
    if (kind === "never_sites") return { ok: { sites: { origins: [] } } };
    return DONE;
  }

  #digests(): string {
    const digest = (origin: string) =>
      createHmac("sha256", ORIGIN_KEY).update(origin).digest().subarray(0, 9).toString("base64url");
    return this.origins.map(digest).join("");
  }

  #write(message: Message<Response, Event>): void {
    this.#socket?.write(`${JSON.stringify(message)}\n`);
  }

  #look(): void {
    for (const look of [...this.#watchers]) look();
  }
}

export function suggestions(accounts: Account[], saving?: Saving): Outcome<Response> {
  return { ok: { suggestions: { accounts, ...(saving && { saving }) } } };
}

export function problem(code: Problem["code"], message: string, hint: string): { problem: Problem } {
  return { problem: { code, message, hint } };
}
