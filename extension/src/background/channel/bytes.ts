// Bytes as WebCrypto takes them, put together, compared and written down. Pure.

export type Bytes = Uint8Array<ArrayBuffer>;

const PIECE = 0x8000;

export function join(...parts: Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export function utf8(text: string): Bytes {
  return new TextEncoder().encode(text);
}

/** Two bytes, big-endian. */
export function two_bytes(number: number): Bytes {
  return Uint8Array.of(number >> 8, number & 0xff);
}

/** Whether they are equal, in a time that does not depend on where they differ. */
export function are_equal(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  return one.reduce((difference, byte, at) => difference | (byte ^ (other[at] ?? 0)), 0) === 0;
}

/** Whether it is 32 bytes as they are stored. */
export function is_text_of_32(value: unknown): value is string {
  return typeof value === "string" && /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(value);
}

export function from_text(text: string): Bytes {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Bytes of any number, as they travel. Not all at once: a call takes only so many arguments. */
export function to_base64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += PIECE) {
    binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  }
  return btoa(binary);
}

/** What `to_base64` wrote; null where it is something else. */
export function from_base64(text: string): Bytes | null {
  try {
    return from_text(text);
  } catch {
    return null;
  }
}
