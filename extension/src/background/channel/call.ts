// The extension calls the companion. Each step gives what the next one needs, and is taken once.
//
//   begin ─message 2─> Called ─first of companion─> Answer
//     pairing   confirm ─> pin to store, transport
//     going_on  its pin is stored ─> frame to send, transport
//     cloned    the frame to send, and the end
//
// One call at a time: another begins when the port of the one before has ended, with the pin as it is stored then.

import { are_equal, type Bytes, from_text, to_base64 } from "./bytes.ts";
import { ChannelError } from "./error.ts";
import { parse_first_of_companion, write_cloned, write_proof, write_wish } from "./first.ts";
import { message_2, Noise } from "./noise.ts";
import { check_commitment, derive_code, type Pin, Unconfirmed } from "./pairing.ts";
import { KEY, type KeyPair, key_pair, make_key_pair } from "./primitives.ts";
import { first_ratchet, follow } from "./ratchet.ts";
import { Transport } from "./transport.ts";

const NOTHING = new Uint8Array();

/** The randomness of one channel: used up by it. */
export type Fresh = { ephemeral: KeyPair; nonce: Bytes };

export async function make_fresh(): Promise<Fresh> {
  const nonce = crypto.getRandomValues(new Uint8Array(KEY));
  return { ephemeral: await key_pair(await make_key_pair()), nonce };
}

export type Answer =
  /** The code is compared. */
  | { pairing: Unconfirmed }
  /** The companion is where we can follow. */
  | { going_on: Followed }
  /** It is not: there is a copy of this extension. The frame is sent, then pin and key are forgotten. */
  | { cloned: { frame: Bytes } };

/** Message 1 is on its way. */
export class Calling {
  readonly #noise: Noise;
  readonly #nonce: Bytes;
  readonly #pin: Pin | null;

  private constructor(noise: Noise, nonce: Bytes, pin: Pin | null) {
    this.#noise = noise;
    this.#nonce = nonce;
    this.#pin = pin;
  }

  /** With a pin it goes on with that companion and no other; without one it pairs. */
  static async begin(
    own: KeyPair,
    prologue: Bytes,
    pin: Pin | null,
    fresh: Fresh,
  ): Promise<{ calling: Calling; message_1: Bytes }> {
    const noise = await Noise.begin("initiator", own, prologue, fresh.ephemeral);
    const message_1 = await noise.write(NOTHING);
    return { calling: new Calling(noise, fresh.nonce, pin), message_1 };
  }

  /** Reads message 2, and answers with message 3. Another companion than the pinned one does not learn who calls. */
  async hear(message: Bytes): Promise<{ called: Called; message_3: Bytes }> {
    const commitment = await this.#noise.read(message, message_2(KEY));
    const pin = this.#pin;
    if (pin && !are_equal(from_text(pin.key), this.#noise.peer)) throw new ChannelError("other_key");
    const message_3 = await this.#noise.write(write_wish(pin ? "go_on" : "pair", this.#nonce));
    return { called: new Called(this.#noise, this.#nonce, commitment, pin), message_3 };
  }
}

/** Message 3 is on its way. */
export class Called {
  readonly #noise: Noise;
  readonly #nonce: Bytes;
  readonly #commitment: Bytes;
  readonly #pin: Pin | null;

  constructor(noise: Noise, nonce: Bytes, commitment: Bytes, pin: Pin | null) {
    this.#noise = noise;
    this.#nonce = nonce;
    this.#commitment = commitment;
    this.#pin = pin;
  }

  /** Reads the companion's first frame. */
  async hear(frame: Bytes): Promise<Answer> {
    const done = await this.#noise.done();
    const transport = new Transport(done, "extension");
    const said = parse_first_of_companion(await transport.open_short(frame));
    if ("not_paired" in said) throw new ChannelError("not_paired");
    if ("pairing" in said) {
      if (this.#pin) throw new ChannelError("malformed");
      await check_commitment(this.#commitment, said.pairing.nonce);
      return { pairing: await this.#compare(said.pairing.nonce, done, transport) };
    }
    if (!this.#pin) throw new ChannelError("malformed");
    await check_commitment(this.#commitment, said.going_on.nonce);
    return go_on(this.#pin, done.hash, said.going_on.proof, transport);
  }

  async #compare(
    nonce: Bytes,
    { peer, hash }: { peer: Bytes; hash: Bytes },
    transport: Transport,
  ): Promise<Unconfirmed> {
    const ratchet = await first_ratchet(nonce, this.#nonce, hash);
    const code = await derive_code(nonce, this.#nonce, hash);
    return new Unconfirmed(code, { key: to_base64(peer), ratchet }, transport);
  }
}

async function go_on(pin: Pin, hash: Bytes, proof: Bytes, transport: Transport): Promise<Answer> {
  const followed = await follow(pin.ratchet, hash, proof);
  if (!followed) return { cloned: { frame: await transport.seal_short(write_cloned()) } };
  const frame = await transport.seal_short(write_proof(followed.proof));
  return { going_on: new Followed({ key: pin.key, ratchet: followed.ratchet }, frame, transport) };
}

/** We know where the ratchet goes, and have not said so. */
export class Followed {
  /** What is to be stored: the value that the companion is at, beside the next. */
  readonly pin: Pin;
  readonly #frame: Bytes;
  readonly #transport: Transport;

  constructor(pin: Pin, frame: Bytes, transport: Transport) {
    this.pin = pin;
    this.#frame = frame;
    this.#transport = transport;
  }

  /** The pin is stored: the frame to send, after which the channel is open. */
  stored(): { frame: Bytes; transport: Transport } {
    return { frame: this.#frame, transport: this.#transport };
  }
}
