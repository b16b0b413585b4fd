// Something is on its way. It shows only after a moment, so that what comes at once does not flicker.

import { useWords } from "../speech.ts";

export function Loading() {
  const words = useWords();
  return (
    <div class="loading">
      <progress aria-label={words.loading} />
    </div>
  );
}
