// What both sides must agree on before the first message, without sending it there: the Noise prologue. Pure.
//
//   number of versions (1 byte) ‖ each version (2 bytes) ‖ length of the origin (2 bytes) ‖ the origin (UTF-8)

import { type Bytes, join, two_bytes, utf8 } from "./bytes.ts";
import { ChannelError } from "./error.ts";

const MOST_VERSIONS = 255;
const LONGEST_ORIGIN = 255;

/** The versions that are offered, newest first, and the origin that the companion knows us by. */
export function prologue(versions: number[], origin: string): Bytes {
  const name = utf8(origin);
  const fit = versions.length > 0 && versions.length <= MOST_VERSIONS && versions.every(is_two_bytes);
  if (!fit || name.length === 0 || name.length > LONGEST_ORIGIN) throw new ChannelError("prologue");
  return join(Uint8Array.of(versions.length), ...versions.map(two_bytes), two_bytes(name.length), name);
}

function is_two_bytes(number: number): boolean {
  return Number.isInteger(number) && number >= 0 && number <= 0xffff;
}
