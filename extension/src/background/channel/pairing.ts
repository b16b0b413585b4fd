// Pairing: what the person compares on two screens, and what is kept once the person has. Why nobody in between can make
// the codes equal is said in crates/channel/src/pairing.rs.

import { record, type Shape } from "../../shape.ts";
import { are_equal, type Bytes, is_text_of_32, join, utf8 } from "./bytes.ts";
import { ChannelError } from "./error.ts";
import { hmac, sha256 } from "./primitives.ts";
import type { Ratchet } from "./ratchet.ts";
import type { Transport } from "./transport.ts";

const LABEL = utf8("lanyard channel 1 pairing code");

/** Crockford's base 32: no I, L, O or U. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHARACTERS = 6;

/** The companion as we know it, as it is stored. */
export type Pin = { key: string; ratchet: Ratchet };

export const is_pin: Shape<Pin> = record<Pin>({
  key: is_text_of_32,
  ratchet: record<Ratchet>({ current: is_text_of_32 }, { next: is_text_of_32 }),
});

/** The first 30 bits of HMAC-SHA256(Nc ‖ Ne, label ‖ h): two groups of three characters. It is never a key. */
export async function derive_code(companion: Bytes, extension: Bytes, hash: Bytes): Promise<string> {
  const tag = await hmac(join(companion, extension), LABEL, hash);
  let bits = new DataView(tag.buffer).getUint32(0) >>> 2;
  let characters = "";
  for (let at = 0; at < CHARACTERS; at += 1) {
    characters = ALPHABET.charAt(bits & 31) + characters;
    bits >>>= 5;
  }
  return `${characters.slice(0, 3)}-${characters.slice(3)}`;
}

/** The companion says what it had committed to, or it is none. */
export async function check_commitment(commitment: Bytes, nonce: Bytes): Promise<void> {
  if (!are_equal(await sha256(nonce), commitment)) throw new ChannelError("commitment");
}

/** A channel that nothing is said over yet: the person compares the code on both screens. */
export class Unconfirmed {
  readonly code: string;
  readonly #pin: Pin;
  readonly #transport: Transport;

  constructor(code: string, pin: Pin, transport: Transport) {
    this.code = code;
    this.#pin = pin;
    this.#transport = transport;
  }

  /** The person confirmed here. The pin is stored before the channel is used. */
  confirm(): { pin: Pin; transport: Transport } {
    return { pin: this.#pin, transport: this.#transport };
  }
}
