// The companion's side of the channel, for tests: the real one is crates/channel, and the transcripts hold this one to it.

import type { Bytes } from "../src/background/channel/bytes.ts";
import { join, utf8 } from "../src/background/channel/bytes.ts";
import type { Fresh } from "../src/background/channel/call.ts";
import { Noise } from "../src/background/channel/noise.ts";
import { hkdf, hmac, is_hmac, type KeyPair, sha256 } from "../src/background/channel/primitives.ts";
import { Transport } from "../src/background/channel/transport.ts";

/** It says what it is told to say. */
export class GivenCompanion {
  /** Its nonce, as the extension hears it; a test may have it say another. */
  nonce: Bytes;
  hash: Bytes = new Uint8Array();
  readonly #noise: Noise;
  readonly #commitment: Bytes;

  private constructor(noise: Noise, nonce: Bytes, commitment: Bytes) {
    this.#noise = noise;
    this.nonce = nonce;
    this.#commitment = commitment;
  }

  static async listen(own: KeyPair, prologue: Bytes, { ephemeral, nonce }: Fresh): Promise<GivenCompanion> {
    const noise = await Noise.begin("responder", own, prologue, ephemeral);
    return new GivenCompanion(noise, nonce, await sha256(nonce));
  }

  /** Message 2. */
  async answer(message_1: Bytes): Promise<Bytes> {
    await this.#noise.read(message_1);
    return this.#noise.write(this.#commitment);
  }

  /** What the extension wants, a 1 or a 2, with its nonce; who it is; and the open channel. */
  async open(message_3: Bytes): Promise<{ wish: Bytes; peer: Bytes; transport: Transport }> {
    const wish = await this.#noise.read(message_3);
    const done = await this.#noise.done();
    this.hash = done.hash;
    return { wish, peer: done.peer, transport: new Transport(done, "companion") };
  }

  pairing(): Bytes {
    return join(Uint8Array.of(1), this.nonce);
  }

  going_on(proof: Bytes): Bytes {
    return join(Uint8Array.of(2), this.nonce, proof);
  }
}

/** The next value of the ratchet. */
export function step(value: Bytes, hash: Bytes): Promise<Bytes> {
  return hkdf(value, hash, utf8("lanyard channel 1 ratchet"));
}

/** The companion's proof that it is there. */
export function prove(next: Bytes, hash: Bytes): Promise<Bytes> {
  return hmac(next, utf8("lanyard channel 1 proof of the companion"), hash);
}

export function is_proof_of_extension(next: Bytes, proof: Bytes, hash: Bytes): Promise<boolean> {
  return is_hmac(next, proof, utf8("lanyard channel 1 proof of the extension"), hash);
}

/** Where the ratchet begins. */
export function first_value(nonces: Bytes, hash: Bytes): Promise<Bytes> {
  return hkdf(nonces, hash, utf8("lanyard channel 1 first ratchet"));
}
