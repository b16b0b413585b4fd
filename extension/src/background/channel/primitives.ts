// What Noise and its neighbours are made from, by WebCrypto: X25519, AES-256-GCM, SHA-256, HMAC, HKDF.

import { type Bytes, join } from "./bytes.ts";
import { ChannelError } from "./error.ts";

/** What encryption adds. */
export const TAG = 16;
/** A key, a hash, a nonce. */
export const KEY = 32;

const X25519 = "X25519";
const HMAC = { name: "HMAC", hash: "SHA-256" };

/** The private half cannot be read, also not by us. */
export type KeyPair = { private: CryptoKey; public: Bytes };

/** A pair that is made here never leaves as bytes. It can be stored as it is in IndexedDB, and nowhere else. */
export async function make_key_pair(): Promise<CryptoKeyPair> {
  return (await crypto.subtle.generateKey({ name: X25519 }, false, ["deriveBits"])) as CryptoKeyPair;
}

export async function key_pair(pair: CryptoKeyPair): Promise<KeyPair> {
  return {
    private: pair.privateKey,
    public: new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)),
  };
}

/** The shared secret. One of nothing but zeros is refused (RFC 7748, section 6.1), as WebCrypto does by itself. */
export async function agree(ours: CryptoKey, theirs: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", theirs, { name: X25519 }, true, []);
  const shared = await not_ours_if_refused(
    crypto.subtle.deriveBits({ name: X25519, public: key }, ours, KEY * 8),
  );
  if (shared.every((byte) => byte === 0)) throw new ChannelError("not_ours");
  return shared;
}

export async function sha256(...parts: Uint8Array[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));
}

export async function hmac(key: Bytes, ...parts: Uint8Array[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign(HMAC, await hmac_key(key, "sign"), join(...parts)));
}

/** Compared by the browser, in constant time. */
export async function is_hmac(key: Bytes, tag: Bytes, ...parts: Uint8Array[]): Promise<boolean> {
  return crypto.subtle.verify(HMAC, await hmac_key(key, "verify"), tag, join(...parts));
}

function hmac_key(key: Bytes, use: "sign" | "verify"): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, HMAC, false, [use]);
}

/** 32 bytes (RFC 5869). */
export async function hkdf(secret: Bytes, salt: Bytes, info: Bytes): Promise<Bytes> {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const parameters = { name: "HKDF", hash: "SHA-256", salt, info };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, KEY * 8));
}

/** Two outputs, as Noise derives them (section 4.3). By HMAC: not every browser's HKDF takes an empty secret. */
export async function noise_hkdf(chaining: Bytes, secret: Bytes): Promise<[Bytes, Bytes]> {
  const extracted = await hmac(chaining, secret);
  const first = await hmac(extracted, Uint8Array.of(1));
  return [first, await hmac(extracted, first, Uint8Array.of(2))];
}

/** One direction: a key, and the number that the next message gets. */
export class Cipher {
  readonly #key: CryptoKey;
  #number = 0;

  private constructor(key: CryptoKey) {
    this.#key = key;
  }

  static async with_key(key: Bytes): Promise<Cipher> {
    return new Cipher(await crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]));
  }

  async seal(plain: Bytes, bound: Bytes): Promise<Bytes> {
    return new Uint8Array(await crypto.subtle.encrypt(this.#next(bound), this.#key, plain));
  }

  async open(sealed: Bytes, bound: Bytes): Promise<Bytes> {
    return not_ours_if_refused(crypto.subtle.decrypt(this.#next(bound), this.#key, sealed));
  }

  /** Four bytes of zeros and the number, big-endian (Noise, section 12.4). Counted before anything is awaited. */
  #next(bound: Bytes): AesGcmParams {
    if (!Number.isSafeInteger(this.#number)) throw new ChannelError("ended");
    const iv = new Uint8Array(12);
    new DataView(iv.buffer).setBigUint64(4, BigInt(this.#number));
    this.#number += 1;
    return { name: "AES-GCM", iv, additionalData: bound, tagLength: TAG * 8 };
  }
}

/** WebCrypto says no more than that it could not. */
async function not_ours_if_refused(operation: Promise<ArrayBuffer>): Promise<Bytes> {
  try {
    return new Uint8Array(await operation);
  } catch (error) {
    if (error instanceof DOMException && error.name === "OperationError") throw new ChannelError("not_ours");
    throw error;
  }
}
