// The origins that accounts exist for, as keyed digests: a page is recognised, also while locked, without the list being
// readable from the browser's memory.

const DIGEST_BYTES = 9;
const DIGEST_CHARACTERS = 12;

/** HMAC-SHA256(key, origin), its first nine bytes, base64url. */
export async function digest_of(origin: string, key: string): Promise<string> {
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", from_base64url(key), hmac, false, ["sign"]);
  const mac = await crypto.subtle.sign("HMAC", imported, new TextEncoder().encode(origin));
  return to_base64url(new Uint8Array(mac, 0, DIGEST_BYTES));
}

/** Whether a digest is in a list of digests written one after the other. */
export function lists(digests: string, digest: string): boolean {
  for (let at = digests.indexOf(digest); at >= 0; at = digests.indexOf(digest, at + 1)) {
    if (at % DIGEST_CHARACTERS === 0) return true;
  }
  return false;
}

function from_base64url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function to_base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
