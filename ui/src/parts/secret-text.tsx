// A secret as people read it. Never an attribute, and never in a live region.

import { piecesOf } from "../secret.ts";

export function SecretText({ children }: { children: string }) {
  return (
    <code class="secret">
      {piecesOf(children).map(({ is, text }) => (
        <span class={is}>{text}</span>
      ))}
    </code>
  );
}
