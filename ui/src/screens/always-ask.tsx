// Whether a PIN or a security key is needed every time. Whoever changes it knows the PIN.

import { useState } from "preact/hooks";
import { ProblemNote } from "../parts/problem-note.tsx";
import { useWords } from "../speech.ts";
import { useRequest } from "../use-request.ts";
import { PinField, readPin } from "./pin-forms.tsx";

interface Props {
  on: boolean;
  /** Whether there is something for the day when the keyring is lost. */
  ready: boolean;
  /** Whether there is a PIN. */
  pin: boolean;
  locked: boolean;
  again: () => void;
}

export function AlwaysAsk({ on, ready, pin, locked, again }: Props) {
  const all = useWords();
  const words = all.waysIn;
  const { send, busy, problem } = useRequest();
  const [asking, setAsking] = useState(false);
  const change = async (present: string | null) => {
    if (!(await send({ change_slots: { always_ask: { on: !on, present } } }))) return;
    setAsking(false);
    again();
  };
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    change(readPin(event.currentTarget, "present"));
  };
  return (
    <li class="stack tight">
      <div class="row">
        <span class="names wraps grow">
          <b>{on ? words.alwaysOn : words.alwaysOff}</b>
          <span>{on ? words.alwaysOnHint : ready ? words.alwaysOffHint : words.alwaysNotReady}</span>
        </span>
        {!asking && (
          <button
            type="button"
            class="button small"
            disabled={locked || busy || (!on && !ready)}
            onClick={() => (pin ? setAsking(true) : change(null))}
          >
            {on ? words.alwaysStop : words.alwaysStart}
          </button>
        )}
      </div>
      {asking && (
        <form class="stack tight" onSubmit={submit} noValidate>
          <PinField name="present" label={words.present} first />
          <div class="row">
            <button type="submit" class="button" disabled={busy}>
              {on ? words.alwaysStop : words.alwaysStart}
            </button>
            <button type="button" class="button" onClick={() => setAsking(false)}>
              {all.cancel}
            </button>
          </div>
        </form>
      )}
      <ProblemNote problem={problem} />
    </li>
  );
}
