// The ratchet that tells a copy of this extension from the one that was paired. How the two sides keep step, also where one
// is cut off, is said in crates/channel/src/ratchet.rs.

import { type Bytes, from_text, join, to_base64, utf8 } from "./bytes.ts";
import { hkdf, hmac, is_hmac } from "./primitives.ts";

const FIRST = utf8("lanyard channel 1 first ratchet");
const NEXT = utf8("lanyard channel 1 ratchet");
const OF_COMPANION = utf8("lanyard channel 1 proof of the companion");
const OF_EXTENSION = utf8("lanyard channel 1 proof of the extension");

/** As it is stored. `next` is of a channel of which we do not know whether the companion has accepted it. */
export type Ratchet = { current: string; next?: string };

/** Begins at pairing, from what both sides gave for it and only they know. */
export async function first_ratchet(companion: Bytes, extension: Bytes, hash: Bytes): Promise<Ratchet> {
  return { current: to_base64(await hkdf(join(companion, extension), hash, FIRST)) };
}

/** What is kept, and our proof, by the companion's: null where neither of our values is the companion's. */
export async function follow(
  ratchet: Ratchet,
  hash: Bytes,
  proof: Bytes,
): Promise<{ ratchet: Ratchet; proof: Bytes } | null> {
  for (const current of [ratchet.current, ratchet.next]) {
    if (current === undefined) continue;
    const next = await hkdf(from_text(current), hash, NEXT);
    if (!(await is_hmac(next, proof, OF_COMPANION, hash))) continue;
    return { ratchet: { current, next: to_base64(next) }, proof: await hmac(next, OF_EXTENSION, hash) };
  }
  return null;
}
