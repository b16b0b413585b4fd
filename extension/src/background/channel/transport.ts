// Whole messages over a channel, in as many Noise messages as they need. What one carries is a chunk, a byte and data:
//
//   0 ‖ 65,518 bytes        more follows: a chunk that is not the last is full
//   1 ‖ 0 to 65,518 bytes   the last of its message: empty only where the message is
//
// After the first that is not right nothing more is opened or sealed.

import { type Bytes, join } from "./bytes.ts";
import { ChannelError } from "./error.ts";
import type { Done } from "./noise.ts";
import { type Cipher, TAG } from "./primitives.ts";

export const MAX_FROM_EXTENSION = 64 * 1024;
export const MAX_FROM_COMPANION = 700 * 1024;

/** The longest message that Noise knows. */
const LONGEST = 65_535;
const HEADER = 1;
const CHUNK = LONGEST - TAG - HEADER;
const MORE = 0;
const LAST = 1;
const NOTHING = new Uint8Array();

type Speaker = "extension" | "companion";
const LIMITS = { extension: MAX_FROM_EXTENSION, companion: MAX_FROM_COMPANION };

export class Transport {
  readonly #send: Cipher;
  readonly #receive: Cipher;
  readonly #longest_sent: number;
  readonly #longest_received: number;
  #received: Bytes[] = [];
  #ended = false;
  #sealing = new Turns();
  #opening = new Turns();

  constructor({ send, receive }: Pick<Done, "send" | "receive">, ours: Speaker) {
    this.#send = send;
    this.#receive = receive;
    this.#longest_sent = LIMITS[ours];
    this.#longest_received = LIMITS[ours === "extension" ? "companion" : "extension"];
  }

  /** The Noise messages that carry a message, to be sent in this order. Calls are answered in their order. */
  seal(message: Bytes): Promise<Bytes[]> {
    return this.#sealing.take(async () => {
      if (message.length > this.#longest_sent) throw new ChannelError("too_long");
      const sealed: Bytes[] = [];
      let at = 0;
      for (; message.length - at > CHUNK; at += CHUNK) {
        sealed.push(await this.#seal_chunk(MORE, message.subarray(at, at + CHUNK)));
      }
      sealed.push(await this.#seal_chunk(LAST, message.subarray(at)));
      return sealed;
    });
  }

  /** Opens the next Noise message: the message of which it is the last, or null. Calls are answered in their order. */
  open(sealed: Bytes): Promise<Bytes | null> {
    return this.#opening.take(async () => {
      if (this.#ended) throw new ChannelError("ended");
      try {
        return await this.#open_chunk(sealed);
      } catch (error) {
        this.#ended = true;
        this.#received = [];
        throw error;
      }
    });
  }

  /** The one Noise message of a short message. */
  async seal_short(message: Bytes): Promise<Bytes> {
    const [sealed, ...more] = await this.seal(message);
    if (!sealed || more.length > 0) throw new ChannelError("too_long");
    return sealed;
  }

  /** The short message of one Noise message. */
  async open_short(sealed: Bytes): Promise<Bytes> {
    const message = await this.open(sealed);
    if (!message) throw new ChannelError("malformed");
    return message;
  }

  async #seal_chunk(header: number, data: Bytes): Promise<Bytes> {
    if (this.#ended) throw new ChannelError("ended");
    return this.#send.seal(join(Uint8Array.of(header), data), NOTHING);
  }

  async #open_chunk(sealed: Bytes): Promise<Bytes | null> {
    if (sealed.length < HEADER + TAG || sealed.length > LONGEST) throw new ChannelError("length");
    const plain = await this.#receive.open(sealed, NOTHING);
    const data = plain.subarray(HEADER);
    const is_first = this.#received.length === 0;
    const is_last = plain[0] === LAST && (data.length > 0 || is_first);
    if (!is_last && !(plain[0] === MORE && data.length === CHUNK)) throw new ChannelError("malformed");
    if (this.#received.length * CHUNK + data.length > this.#longest_received) {
      throw new ChannelError("too_long");
    }
    this.#received.push(data);
    if (!is_last) return null;
    const message = join(...this.#received);
    this.#received = [];
    return message;
  }
}

/** One after the other, in the order of the calls, whatever becomes of each. */
class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(act);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
