// The payloads of the handshake's last message and of each side's first transport message. Pure.
//
//   message 3           what we want (1 byte: 1 pair, 2 go on) ‖ Ne
//   first of companion  0 not paired with us, and not pairing | 1 ‖ Nc pairing | 2 ‖ Nc ‖ proof going on
//   first of extension  0 the companion is at none of our values of the ratchet | 2 ‖ proof going on

import { type Bytes, join } from "./bytes.ts";
import { ChannelError } from "./error.ts";
import { KEY } from "./primitives.ts";

const REFUSED = 0;
const PAIR = 1;
const GO_ON = 2;

export type Wish = "pair" | "go_on";

export type FromCompanion =
  | { not_paired: Record<string, never> }
  | { pairing: { nonce: Bytes } }
  | { going_on: { nonce: Bytes; proof: Bytes } };

export function write_wish(wish: Wish, nonce: Bytes): Bytes {
  return join(Uint8Array.of(wish === "pair" ? PAIR : GO_ON), nonce);
}

export function parse_first_of_companion(message: Bytes): FromCompanion {
  const [kind, rest] = [message[0], message.slice(1)];
  if (kind === REFUSED && rest.length === 0) return { not_paired: {} };
  if (kind === PAIR && rest.length === KEY) return { pairing: { nonce: rest } };
  if (kind === GO_ON && rest.length === 2 * KEY) {
    return { going_on: { nonce: rest.slice(0, KEY), proof: rest.slice(KEY) } };
  }
  throw new ChannelError("malformed");
}

export function write_proof(proof: Bytes): Bytes {
  return join(Uint8Array.of(GO_ON), proof);
}

export function write_cloned(): Bytes {
  return Uint8Array.of(REFUSED);
}
