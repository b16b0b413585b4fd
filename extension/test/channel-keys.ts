// Keys and randomness that are given, for tests of the channel; what a file of transcripts or vectors has as digits.

import type { Bytes } from "../src/background/channel/bytes.ts";
import type { Fresh } from "../src/background/channel/call.ts";
import { type KeyPair, key_pair } from "../src/background/channel/primitives.ts";

/** What stands before 32 bytes to make them a private key of X25519 (RFC 8410, section 7). */
const PKCS8 = "302e020100300506032b656e04220420";

export type GivenFresh = { ephemeral: string; nonce: string };

export async function given_key(private_half: string): Promise<KeyPair> {
  const algorithm = { name: "X25519" };
  const bytes = from_hex(PKCS8 + private_half);
  const privateKey = await crypto.subtle.importKey("pkcs8", bytes, algorithm, true, ["deriveBits"]);
  const { kty, crv, x } = await crypto.subtle.exportKey("jwk", privateKey);
  if (!kty || !crv || !x) throw new Error("a key of X25519 has a public half");
  const publicKey = await crypto.subtle.importKey("jwk", { kty, crv, x }, algorithm, true, []);
  return key_pair({ privateKey, publicKey });
}

export async function given_fresh({ ephemeral, nonce }: GivenFresh): Promise<Fresh> {
  return { ephemeral: await given_key(ephemeral), nonce: from_hex(nonce) };
}

export function from_hex(digits: string): Bytes {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
