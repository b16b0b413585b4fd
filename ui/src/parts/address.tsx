// An address, whole, with its host strongest.

import { splitAddress } from "../address.ts";

export function Address({ children }: { children: string }) {
  const { before, host, after } = splitAddress(children);
  return (
    <span class="address">
      {before}
      <b>{host}</b>
      {after}
    </span>
  );
}
