// One-time codes by the time (RFC 6238): six digits, SHA-1, thirty seconds.

import { createHmac } from "node:crypto";

export function codeAt(seed: string, milliseconds: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(milliseconds / 30_000)));
  const digest = createHmac("sha1", base32(seed)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** Whether it is the code of this moment, or of the one before it. */
export function isCode(seed: string, code: string): boolean {
  const now = Date.now();
  return code === codeAt(seed, now) || code === codeAt(seed, now - 30_000);
}

function base32(text: string): Buffer {
  const bits = [...text].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter));
  const binary = bits.map((value) => value.toString(2).padStart(5, "0")).join("");
  return Buffer.from((binary.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
