// What was done last. The place is there before the words are, so that readers hear them.

import { toSentence } from "../language.ts";

export function Said({ children }: { children: string }) {
  return (
    <p class={children ? "note" : "note none"} role="status">
      {toSentence(children)}
    </p>
  );
}
