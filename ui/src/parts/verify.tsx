// Whether an app wants a security key or the PIN before it is filled.

import { useWords } from "../speech.ts";
import { useView } from "../use-view.ts";
import type { WaysIn } from "../wire.ts";

interface Props {
  on: boolean;
  forced: boolean;
  ways: WaysIn;
}

export function Verify({ on, forced, ways }: Props) {
  const words = useWords().form;
  const { view } = useView({ security_keys: {} }, "security_keys", []);
  const neither = !ways.kinds.includes("pin") && view && !view.keys.some(({ usable }) => usable);
  return (
    <div class="choice">
      <label class="check">
        <input
          type="checkbox"
          name="verify"
          defaultChecked={on}
          disabled={forced}
          aria-describedby="verify-note"
        />
        <span>{words.verify}</span>
      </label>
      <p class="small dim under" id="verify-note">
        {forced ? words.verifyForced : words.verifyHint} {neither && words.verifyNeither}
      </p>
    </div>
  );
}
