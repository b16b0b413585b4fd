// The connection to the companion through its native messaging host: made on demand, and made again when it ended. What is
// said over it is sealed by a channel with a key that the person confirmed (channel/). Every request gets an answer: the
// companion's, or a problem that says what to do.
//
//   connect ── a pin is stored ──> go on ────────────────────────────────────> hello, requests
//           └─ none ──> wait until the person wants it ──> compare a code ──┘

import type { Event, Request, State } from "../../../crates/protocol/bindings/browser.ts";
import type { FromExtension } from "../../../crates/protocol/bindings/channel.ts";
import type { Envelope, Problem } from "../../../crates/protocol/bindings/common.ts";
import type { Port } from "../ext.ts";
import { type Bytes, from_base64, to_base64, utf8 } from "./channel/bytes.ts";
import { type Called, Calling, make_fresh } from "./channel/call.ts";
import { ChannelError } from "./channel/error.ts";
import type { Pin, Unconfirmed } from "./channel/pairing.ts";
import type { KeyPair } from "./channel/primitives.ts";
import { prologue } from "./channel/prologue.ts";
import type { Transport } from "./channel/transport.ts";
import { type Answer, Pending } from "./pending.ts";
import { NothingCame, Queue } from "./queue.ts";
import { channel_trouble, code_too_late, not_paired } from "./trouble.ts";
import { no_message, parse_carried, parse_message } from "./wire.ts";

/** Versions of the messages that this extension speaks, newest first. */
export const VERSIONS = [4];

/** The host starts the companion where it is not running, and waits up to 15 s for it. */
const HELLO = 20_000;
const ORDINARY = 10_000;
/** The question at the window lasts two minutes. */
const PAIR = 130_000;
/** A browser that is slow to look for its policies has the code shown, until it says that none is needed. */
const SHOWN_AFTER = 1_000;
/** After an attempt that failed, a page that begins does not try again sooner. A person who asks does. */
const REST = 2_000;

export type Surroundings = {
  connect(): Port;
  /** Why the port that just ended did so. */
  why_ended(port: Port | null): Problem;
  /** The origin that the companion knows us by, and what this browser calls itself. */
  who(): Promise<{ origin: string; browser: string }>;
  hello(): Request;
  own_key(): Promise<KeyPair>;
  stored_pin(): Promise<Pin | null>;
  store_pin(pin: Pin): Promise<void>;
  /** Pin and key are of no use any longer. */
  forget_pairing(): Promise<void>;
  /** Whether the organisation has the first companion that answers connected without a code. */
  is_codeless(): Promise<boolean>;
  on_pairing(pairing: PairingStep): void;
  on_welcome(state: State): void;
  on_event(event: Event): void;
  on_trouble(problem: Problem): void;
};

/** How far the pairing is. */
export type PairingStep =
  /** There is none. */
  | "none"
  /** The code is to be compared. */
  | { code: string }
  /** It did not come about. */
  | { failed: Problem }
  /** Another companion answers than the one that is known. */
  | "other"
  /** Two have our key. */
  | "copied";

/** One connection. While it is called over it, whoever waits for what comes is told of its end. */
type Line = { port: Port; is_calling: boolean; heard: Queue<Bytes>; transport: Transport | null };

export class Companion {
  /** When the other end said welcome, on the clock of `performance.now`; null while there is none. */
  greeted_at: number | null = null;
  readonly #surroundings: Surroundings;
  readonly #pending = new Pending();
  #line: Line | null = null;
  #code: { unconfirmed: Unconfirmed; too_late: ReturnType<typeof setTimeout> } | null = null;
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
    return this.#send(request, ORDINARY);
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

  /** Connects where there is no connection. Null, or why nothing can be asked. */
  connected(): Promise<Problem | null> {
    this.#greeted ??= this.#connect();
    return this.#greeted;
  }

  /** The person wants this browser to be connected. What comes of it is told by `on_pairing`. */
  async pair(): Promise<Problem | null> {
    const problem = await this.connected();
    if (problem && problem.code !== "not_paired") return problem;
    if (problem && this.#line) this.#say(this.#line, { pair: {} });
    return null;
  }

  /** The person compared the code. */
  async confirm(is_same: boolean): Promise<void> {
    const [line, unconfirmed] = [this.#line, this.#put_away_code()];
    if (!line || !unconfirmed) return;
    if (!is_same) {
      this.#surroundings.on_pairing("none");
      this.#begin_again(line);
      return;
    }
    const { pin, transport } = unconfirmed.confirm();
    await this.#surroundings.store_pin(pin);
    const greeted = this.#greet(line, transport, PAIR).catch((error: unknown) => this.#fail(line, error));
    this.#greeted = greeted.then(async (problem) => {
      // The window said no, or nothing.
      if (problem) await this.#surroundings.forget_pairing();
      return problem;
    });
    await this.#greeted;
  }

  /** The person connects this browser anew, whatever it was connected to. */
  async pair_anew(): Promise<Problem | null> {
    await this.#surroundings.forget_pairing();
    // Whoever began to connect before this still calls with what is forgotten.
    this.#end(this.#line, null);
    return this.pair();
  }

  async #connect(): Promise<Problem | null> {
    let line: Line | null = null;
    try {
      this.#told = null;
      // Before anything is awaited: what is under way can be ended.
      line = this.#open_line();
      const { origin, browser } = await this.#surroundings.who();
      const [own, pin] = await Promise.all([this.#surroundings.own_key(), this.#surroundings.stored_pin()]);
      const agreed = prologue(VERSIONS, origin);
      const { calling, message_1 } = await Calling.begin(own, agreed, pin, await make_fresh());
      this.#say(line, { begin: { versions: VERSIONS, browser, message: to_base64(message_1) } });
      const { called, message_3 } = await calling.hear(await line.heard.next(HELLO));
      this.#must_last(line);
      this.#say(line, { channel: to_base64(message_3) });
      if (pin) return await this.#go_on(line, called);
      this.#surroundings.on_pairing("none");
      void this.#wait_to_pair(line, called).catch((error: unknown) => this.#fail(line, error));
      return not_paired();
    } catch (error) {
      // Also what fails at once fails only after `connected` knows of it.
      await null;
      return this.#fail(line, error);
    }
  }

  async #go_on(line: Line, called: Called): Promise<Problem | null> {
    const answer = await called.hear(await line.heard.next(HELLO));
    if ("cloned" in answer) {
      this.#say(line, { channel: to_base64(answer.cloned.frame) });
      throw new ChannelError("cloned");
    }
    if (!("going_on" in answer)) throw new ChannelError("malformed");
    this.#must_last(line);
    // Before anything is sent: who is behind by two is taken for a copy.
    await this.#surroundings.store_pin(answer.going_on.pin);
    const { frame, transport } = answer.going_on.stored();
    this.#say(line, { channel: to_base64(frame) });
    return this.#greet(line, transport, HELLO);
  }

  /** Until the person wants it: then the companion reveals what the code is made of. */
  async #wait_to_pair(line: Line, called: Called): Promise<void> {
    const answer = await called.hear(await line.heard.next(null));
    if (!("pairing" in answer)) throw new ChannelError("malformed");
    const unconfirmed = answer.pairing;
    line.is_calling = false;
    if (line.heard.has_ended) throw new NothingCame();
    const too_late = setTimeout(() => {
      this.#surroundings.on_pairing({ failed: code_too_late() });
      this.#begin_again(line);
    }, PAIR);
    this.#code = { unconfirmed, too_late };
    const is_shown = () => this.#code?.unconfirmed === unconfirmed;
    const without_code = async () => {
      if ((await this.#surroundings.is_codeless()) && is_shown()) await this.confirm(true);
    };
    await Promise.race([without_code(), new Promise((resolve) => setTimeout(resolve, SHOWN_AFTER))]);
    if (is_shown()) this.#surroundings.on_pairing({ code: unconfirmed.code });
  }

  async #greet(line: Line, transport: Transport, patience: number): Promise<Problem | null> {
    line.transport = transport;
    line.is_calling = false;
    if (line.heard.has_ended) throw new NothingCame();
    const answer = await this.#send(this.#surroundings.hello(), patience);
    if ("problem" in answer) {
      this.#end(line, answer.problem);
      return answer.problem;
    }
    const { version, state } = "welcome" in answer.ok ? answer.ok.welcome : {};
    if (!state || !version || !VERSIONS.includes(version)) {
      this.#end(line, no_message());
      return no_message();
    }
    this.greeted_at = performance.now();
    this.#surroundings.on_welcome(state);
    return null;
  }

  /** What was ended meanwhile keeps nothing and tells nobody: another may have begun since. */
  #must_last(line: Line): void {
    if (line !== this.#line) throw new NothingCame();
  }

  #open_line(): Line {
    const port = this.#surroundings.connect();
    const line: Line = { port, is_calling: true, heard: new Queue(), transport: null };
    this.#line = line;
    port.onMessage.addListener((message: unknown) => this.#on_message(line, message));
    port.onDisconnect.addListener(() => {
      // The browser says why only now.
      this.#told ??= this.#surroundings.why_ended(port);
      line.heard.end();
      if (!line.is_calling) this.#end(line, this.#told);
    });
    return line;
  }

  #say(line: Line, message: FromExtension): void {
    try {
      line.port.postMessage(message);
    } catch {
      // The port closed in between; its end answers everybody who waits.
      this.#end(line, this.#told ?? this.#surroundings.why_ended(line.port));
    }
  }

  #send(request: Request, milliseconds: number): Promise<Answer> {
    const { id, answer } = this.#pending.add(milliseconds);
    const [line, envelope] = [this.#line, { id, request } satisfies Envelope<Request>];
    if (!line?.transport) this.#pending.settle(id, { problem: this.#surroundings.why_ended(null) });
    else
      line.transport.seal(utf8(JSON.stringify(envelope))).then(
        (frames) => {
          for (const frame of frames) this.#say(line, { channel: to_base64(frame) });
        },
        (error: unknown) => this.#pending.settle(id, { problem: channel_trouble(error) }),
      );
    return answer;
  }

  #on_message(line: Line, value: unknown): void {
    if (line !== this.#line) return;
    const message = parse_carried(value);
    if (!message) this.#end(line, no_message());
    // Whoever ends tells why, the companion before its host; the end itself says less.
    else if ("unavailable" in message) this.#told ??= message.unavailable;
    else if ("not_now" in message) this.#not_now(line, message.not_now);
    else this.#on_carried(line, from_base64(message.channel));
  }

  #on_carried(line: Line, bytes: Bytes | null): void {
    if (!bytes) this.#end(line, no_message());
    else if (!line.transport) line.heard.put(bytes);
    else
      line.transport.open(bytes).then(
        (plain) => plain && this.#on_sealed(line, plain),
        (error: unknown) => this.#end(line, channel_trouble(error)),
      );
  }

  #on_sealed(line: Line, plain: Bytes): void {
    if (line !== this.#line) return;
    const message = parse_message(plain);
    if (!message) this.#end(line, no_message());
    else if ("reply" in message) this.#pending.settle(message.reply.id, message.reply.result);
    else if ("unavailable" in message.event) this.#told ??= message.event.unavailable;
    else this.#surroundings.on_event(message.event);
  }

  /** The person said no at the window, or could not be asked. Once a code was shown, the next has another channel. */
  #not_now(line: Line, problem: Problem): void {
    const was_shown = this.#put_away_code() !== null || line.transport !== null;
    this.#surroundings.on_pairing({ failed: problem });
    if (!was_shown) return;
    this.#pending.fail(problem);
    this.#begin_again(line);
  }

  /** It was not connected. Whoever wants it after all, here or at the other side, finds it waiting, with another code. */
  #begin_again(line: Line): void {
    this.#end(line, null);
    this.keep_connected();
  }

  /** It did not come to a channel. */
  async #fail(line: Line | null, error: unknown): Promise<Problem | null> {
    if (!(error instanceof ChannelError)) {
      // The browser itself did not let it come to a connection, or the port ended.
      const problem = this.#told ?? this.#surroundings.why_ended(line?.port ?? null);
      this.#end(line, problem);
      return problem;
    }
    // What another line has begun since is not to be taken back.
    if (line !== this.#line) return not_paired();
    const { problem } = error;
    const ends_pairing = problem === "not_paired" || problem === "cloned";
    if (ends_pairing) await this.#surroundings.forget_pairing();
    if (problem === "cloned") this.#surroundings.on_pairing("copied");
    if (problem === "other_key") this.#surroundings.on_pairing("other");
    const is_told = ends_pairing || problem === "other_key";
    this.#end(line, is_told ? null : channel_trouble(error));
    // Removed at the other side: from here on it is one that was never connected.
    if (problem === "not_paired") return this.connected();
    return is_told ? not_paired() : channel_trouble(error);
  }

  /** It is compared, or is no longer good. */
  #put_away_code(): Unconfirmed | null {
    const code = this.#code;
    this.#code = null;
    if (code) clearTimeout(code.too_late);
    return code?.unconfirmed ?? null;
  }

  /** Without a problem where the person was told what there is to tell. */
  #end(line: Line | null, problem: Problem | null): void {
    if (line !== this.#line) return;
    const was_greeted = this.greeted_at !== null;
    this.#line = null;
    this.#greeted = null;
    this.#put_away_code();
    this.greeted_at = null;
    if (!was_greeted) this.#failed_at = performance.now();
    line?.heard.end();
    line?.port.disconnect();
    if (problem) this.#surroundings.on_trouble(problem);
    this.#pending.fail(problem ?? not_paired());
  }
}
