// The connection to the companion through its native messaging host: made on demand, greeted once, and made again when it
// ended. Every request gets an answer: the companion's, or a problem that says what to do.

import type { Event, Request, State } from "../../../crates/protocol/bindings/browser.ts";
import type { Envelope, Problem } from "../../../crates/protocol/bindings/common.ts";
import type { Port } from "../ext.ts";
import { type Answer, Pending } from "./pending.ts";
import { no_message, parse_message } from "./wire.ts";

/** Versions of the messages that this extension speaks, newest first: a companion may be older by one. */
export const VERSIONS = [4, 3, 2];

/** The host starts the companion where it is not running, and waits up to 15 s for it. */
const HELLO = 20_000;
const ORDINARY = 10_000;
/** The question at the window lasts two minutes. */
const PAIR = 130_000;
/** After an attempt that failed, a page that begins does not try again sooner. A person who asks does. */
const REST = 2_000;

export type Surroundings = {
  connect(): Port;
  /** Why the port that just ended did so. */
  why_ended(port: Port | null): Problem;
  hello(): Promise<Request>;
  on_welcome(version: number, state: State): void;
  on_event(event: Event): void;
  on_trouble(problem: Problem): void;
};

export class Companion {
  /** When the other end said welcome, on the clock of `performance.now`; null while there is none. */
  greeted_at: number | null = null;
  readonly #surroundings: Surroundings;
  readonly #pending = new Pending();
  #port: Port | null = null;
  #greeted: Promise<Problem | null> | null = null;
  #told: Problem | null = null;
  #failed_at = Number.NEGATIVE_INFINITY;
  #retry: ReturnType<typeof setTimeout> | null = null;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** Asks, and connects before where it has to. */
  async ask(request: Request): Promise<Answer> {
    const problem = await this.connected();
    if (problem) return { problem };
    return this.#send(request, "pair" in request ? PAIR : ORDINARY);
  }

  /** Sees to it that there is a connection soon: a page began, and a launch may wait for it. */
  keep_connected(): void {
    if (this.#greeted || this.#retry) return;
    const rest = Math.max(0, this.#failed_at + REST - performance.now());
    this.#retry = setTimeout(() => {
      this.#retry = null;
      void this.connected();
    }, rest);
  }

  /** Connects where there is no connection. Null, or why there is none. */
  connected(): Promise<Problem | null> {
    this.#greeted ??= this.#greet().catch(() => this.#give_up());
    return this.#greeted;
  }

  async #greet(): Promise<Problem | null> {
    const hello = await this.#surroundings.hello();
    this.#told = null;
    const port = this.#surroundings.connect();
    this.#port = port;
    port.onMessage.addListener((message: unknown) => this.#on_message(port, message));
    port.onDisconnect.addListener(() => this.#end(port, this.#told ?? this.#surroundings.why_ended(port)));
    const answer = await this.#send(hello, HELLO);
    if ("problem" in answer) {
      this.#end(port, answer.problem);
      return answer.problem;
    }
    const { version, state } = "welcome" in answer.ok ? answer.ok.welcome : {};
    if (!state || !version || !VERSIONS.includes(version)) {
      this.#end(port, no_message());
      return no_message();
    }
    this.greeted_at = performance.now();
    this.#surroundings.on_welcome(version, state);
    return null;
  }

  /** The browser itself did not let it come to a connection. */
  #give_up(): Problem {
    const problem = this.#surroundings.why_ended(this.#port);
    this.#end(this.#port, problem);
    return problem;
  }

  #send(request: Request, milliseconds: number): Promise<Answer> {
    const { id, answer } = this.#pending.add(milliseconds);
    const envelope: Envelope<Request> = { id, request };
    try {
      if (!this.#port) throw new Error("no port");
      this.#port.postMessage(envelope);
    } catch {
      // The port closed in between; its end answers everybody who waits.
      this.#pending.settle(id, { problem: this.#told ?? this.#surroundings.why_ended(this.#port) });
    }
    return answer;
  }

  #on_message(port: Port, value: unknown): void {
    if (port !== this.#port) return;
    const message = parse_message(value);
    if (!message) this.#end(port, no_message());
    else if ("reply" in message) this.#pending.settle(message.reply.id, message.reply.result);
    // Whoever ends tells why, the companion before its host; the end itself says less.
    else if ("unavailable" in message.event) this.#told ??= message.event.unavailable;
    else this.#surroundings.on_event(message.event);
  }

  #end(port: Port | null, problem: Problem): void {
    if (port !== this.#port) return;
    this.#port = null;
    this.#greeted = null;
    if (this.greeted_at === null) this.#failed_at = performance.now();
    this.greeted_at = null;
    port?.disconnect();
    this.#surroundings.on_trouble(problem);
    this.#pending.fail(problem);
  }
}
