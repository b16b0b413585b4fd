// Whether Lanyard presses the button of the form.

import { useWords } from "../speech.ts";

export function AutoSubmit({ on }: { on: boolean }) {
  const words = useWords().form;
  return (
    <div class="choice">
      <label class="check">
        <input type="checkbox" name="auto_submit" defaultChecked={on} aria-describedby="auto-submit-note" />
        <span>{words.autoSubmit}</span>
      </label>
      <p class="small dim under" id="auto-submit-note">
        {words.autoSubmitHint}
      </p>
    </div>
  );
}
