// Whether an app wants a security key before it is filled.

import { useWords } from "../speech.ts";

export function Verify({ on, forced }: { on: boolean; forced: boolean }) {
  const words = useWords().form;
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
        {forced ? words.verifyForced : words.verifyHint}
      </p>
    </div>
  );
}
