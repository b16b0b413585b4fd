// The vault is closed.

import { Heading } from "../parts/heading.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { useWords } from "../speech.ts";
import { useRequest } from "../use-request.ts";

export function Locked() {
  const words = useWords().locked;
  const { send, busy, problem } = useRequest();
  return (
    <div class="centre">
      <section class="plain">
        <svg class="big" viewBox="0 0 24 24" aria-hidden="true">
          <rect x="4.5" y="10.5" width="15" height="10.5" rx="2.5" />
          <path d="M8 10.5V7a4 4 0 0 1 8 0v3.5" />
          <path d="M12 14.5v2.5" />
        </svg>
        <Heading>{words.heading}</Heading>
        <p class="dim">{words.body}</p>
        <ProblemNote problem={problem} />
        <button
          type="button"
          class="button primary"
          data-first
          disabled={busy}
          onClick={() => send({ unlock: {} })}
        >
          {words.unlock}
        </button>
      </section>
    </div>
  );
}
