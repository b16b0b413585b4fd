// The vault is closed. Where this laptop alone does not open it, the person does.

import { useState } from "preact/hooks";
import { Heading } from "../parts/heading.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { useWords } from "../speech.ts";
import { useRequest } from "../use-request.ts";
import type { WaysIn } from "../wire.ts";
import { OpenWithCode } from "./open-with-code.tsx";
import { EnterPin } from "./pin-forms.tsx";

interface Props {
  ways: WaysIn;
  say: (what: string) => void;
}

export function Locked({ ways, say }: Props) {
  const words = useWords().locked;
  const [paper, setPaper] = useState(false);
  const device = ways.kinds.includes("device");
  return (
    <div class="centre">
      <section class="plain">
        <svg class="big" viewBox="0 0 24 24" aria-hidden="true">
          <rect x="4.5" y="10.5" width="15" height="10.5" rx="2.5" />
          <path d="M8 10.5V7a4 4 0 0 1 8 0v3.5" />
          <path d="M12 14.5v2.5" />
        </svg>
        <Heading>{words.heading}</Heading>
        {device && <ByDevice />}
        {!device && !paper && <ByPerson ways={ways} paper={() => setPaper(true)} />}
        {!device && paper && <OpenWithCode opened={say} back={() => setPaper(false)} />}
      </section>
    </div>
  );
}

function ByDevice() {
  const words = useWords().locked;
  const { send, busy, problem } = useRequest();
  return (
    <>
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
    </>
  );
}

function ByPerson({ ways, paper }: { ways: WaysIn; paper: () => void }) {
  const words = useWords().locked;
  const asking = useRequest();
  const { send, busy, problem } = asking;
  const pin = ways.kinds.includes("pin");
  return (
    <>
      {!pin && <ProblemNote problem={problem} />}
      {pin && (
        <EnterPin
          yes={words.unlock}
          enter={(pin) => send({ unlock_with: { pin } })}
          asking={asking}
          until={ways.pin_waits_until}
        />
      )}
      {ways.kinds.includes("security_key") && (
        <button
          type="button"
          class={pin ? "button" : "button primary"}
          data-first={!pin}
          disabled={busy}
          onClick={() => send({ unlock_with: { security_key: {} } })}
        >
          {words.key}
        </button>
      )}
      {ways.kinds.includes("recovery_code") && (
        <button type="button" class="link" onClick={paper}>
          {words.paper}
        </button>
      )}
    </>
  );
}
