// One connection of the scripted companion: the channel under what it says, as crates/channel has it.

import type { FromCompanion, FromExtension } from "../../crates/protocol/bindings/channel.ts";
import type { Problem } from "../../crates/protocol/bindings/common.ts";
import { type Bytes, from_base64, join, to_base64, utf8 } from "../src/background/channel/bytes.ts";
import { type Fresh, make_fresh } from "../src/background/channel/call.ts";
import { derive_code } from "../src/background/channel/pairing.ts";
import type { KeyPair } from "../src/background/channel/primitives.ts";
import { prologue } from "../src/background/channel/prologue.ts";
import type { Transport } from "../src/background/channel/transport.ts";
import { first_value, GivenCompanion, is_proof_of_extension, prove, step } from "./channel-companion.ts";
import { hex } from "./channel-keys.ts";

/** Who calls, and what it called itself. */
export type Caller = { versions: number[]; browser: string; key: string };

export type Side = {
  own: KeyPair;
  /** The origin that the browser named. */
  origin: string;
  /** The ratchet of each extension that is paired, by its key. */
  ratchets: Map<string, Bytes>;
  /** An extension that is not paired wants to be, or is there and could be. Null reveals the code. */
  pair(clicked: boolean): Promise<Problem | null | "later">;
  called(caller: Caller): void;
  /** The code that the window would show. */
  shows(code: string): void;
  write(message: FromCompanion): void;
  opened(text: string): void;
  end(): void;
};

type Step = (message: Bytes) => Promise<void>;

export class ScriptedChannel {
  readonly #side: Side;
  #begun: { versions: number[]; browser: string } = { versions: [], browser: "" };
  #next: Step | null = null;
  #reveal: (() => Promise<void>) | null = null;
  #transport: Transport | null = null;
  #turns: Promise<void> = Promise.resolve();

  constructor(side: Side) {
    this.#side = side;
  }

  /** One after the other, in the order in which they came. What is not as it should be ends the connection. */
  hear(message: FromExtension): void {
    this.#turns = this.#turns.then(() => this.#hear(message)).catch(() => this.#side.end());
  }

  say(text: string): void {
    const transport = this.#transport;
    if (!transport) return;
    void transport.seal(utf8(text)).then((frames) => {
      for (const frame of frames) this.#side.write({ channel: to_base64(frame) });
    });
  }

  async #hear(message: FromExtension): Promise<void> {
    if ("begin" in message) return this.#begin(message.begin);
    if ("pair" in message) return this.#asked(true);
    const bytes = from_base64(message.channel);
    if (!bytes || !this.#next) throw new Error("out of turn");
    await this.#next(bytes);
  }

  async #begin({ versions, browser, message }: { versions: number[]; browser: string; message: string }) {
    this.#begun = { versions, browser };
    const fresh = await make_fresh();
    const companion = await GivenCompanion.listen(
      this.#side.own,
      prologue(versions, this.#side.origin),
      fresh,
    );
    this.#say_frame(await companion.answer(from_base64(message) ?? new Uint8Array()));
    this.#next = (message_3) => this.#called(companion, fresh, message_3);
  }

  async #called(companion: GivenCompanion, { nonce }: Fresh, message_3: Bytes): Promise<void> {
    const { wish, peer, transport } = await companion.open(message_3);
    const key = hex(peer);
    this.#side.called({ ...this.#begun, key });
    if (wish[0] === 1) {
      this.#next = null;
      const theirs = wish.slice(1);
      this.#reveal = async () => {
        this.#side.ratchets.set(key, await first_value(join(nonce, theirs), companion.hash));
        this.#say_frame(await transport.seal_short(companion.pairing()));
        this.#side.shows(await derive_code(nonce, theirs, companion.hash));
        this.#open(transport);
      };
      return this.#asked(false);
    }
    const ratchet = this.#side.ratchets.get(key);
    if (!ratchet) {
      this.#say_frame(await transport.seal_short(Uint8Array.of(0)));
      return this.#side.end();
    }
    const next = await step(ratchet, companion.hash);
    this.#say_frame(await transport.seal_short(companion.going_on(await prove(next, companion.hash))));
    this.#next = async (frame) => {
      const [kind, ...proof] = await transport.open_short(frame);
      const is_theirs = await is_proof_of_extension(next, Uint8Array.from(proof), companion.hash);
      if (kind !== 2 || !is_theirs) throw new Error("a copy");
      this.#side.ratchets.set(key, next);
      this.#open(transport);
    };
  }

  async #asked(clicked: boolean): Promise<void> {
    const answer = await this.#side.pair(clicked);
    if (answer === "later") return;
    if (answer) return this.#side.write({ not_now: answer });
    const reveal = this.#reveal;
    this.#reveal = null;
    await reveal?.();
  }

  #open(transport: Transport): void {
    this.#transport = transport;
    this.#next = async (frame) => {
      const plain = await transport.open(frame);
      if (plain) this.#side.opened(new TextDecoder().decode(plain));
    };
  }

  #say_frame(frame: Bytes): void {
    this.#side.write({ channel: to_base64(frame) });
  }
}
