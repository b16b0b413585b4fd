// What went wrong and what to do, beside what caused it.

import { useSpeech } from "../speech.ts";
import type { Problem } from "../wire.ts";

export function ProblemNote({ problem }: { problem: Problem | undefined }) {
  const { tell } = useSpeech();
  if (!problem) return null;
  return (
    <div class="note problem" role="alert">
      <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6.5" />
        <path d="M8 4.8v3.8M8 11.1v.1" />
      </svg>
      <p>
        <strong>{tell(problem.message)}</strong> {tell(problem.hint)}
      </p>
    </div>
  );
}
