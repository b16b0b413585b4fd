// A PIN: entered, chosen, changed, removed. It stays in its field: the page keeps no copy.

import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { focusField, readForm } from "../form.ts";
import { Field } from "../parts/field.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { TimeLeft } from "../parts/time-left.tsx";
import { useWords } from "../speech.ts";
import { secondsLeft } from "../time.ts";
import { useNow } from "../use-clock.ts";
import { type Asking, useRequest } from "../use-request.ts";
import type { Request } from "../wire.ts";

interface PinFieldProps {
  name: string;
  label: string;
  hint?: string;
  missing?: string | undefined;
  /** Whether the cursor goes there when it appears. */
  first?: boolean;
}

export function PinField({ name, label, hint, missing, first }: PinFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (first) input.current?.focus();
  }, []);
  return <Field name={name} label={label} type="password" hint={hint} missing={missing} input={input} />;
}

/** Takes what was typed, and leaves nothing in the field. */
export function readPin(form: HTMLFormElement, name: string): string {
  const field = form.elements.namedItem(name);
  if (!(field instanceof HTMLInputElement)) return "";
  const typed = field.value;
  field.value = "";
  return typed;
}

interface EntryProps {
  /** What it opens, on the button. */
  yes: string;
  enter: (pin: string) => void;
  asking: Asking;
  /** Until when none is taken. */
  until: number | null;
  /** What stands beside the button. */
  children?: ComponentChildren;
}

/** The PIN is entered, once the time for too many wrong ones is over. */
export function EnterPin({ yes, enter, asking: { busy, problem }, until, children }: EntryProps) {
  const words = useWords().locked;
  const waits = until !== null && secondsLeft(until, useNow()) > 0;
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    enter(readPin(event.currentTarget, "pin"));
  };
  return (
    <form class="stack start" onSubmit={submit} noValidate>
      <PinField name="pin" label={words.pin} first />
      <ProblemNote problem={problem} />
      {waits && <TimeLeft end={until}>{words.waits}</TimeLeft>}
      <div class="row">
        <button type="submit" class="button primary" disabled={busy || waits}>
          {yes}
        </button>
        {children}
      </div>
    </form>
  );
}

interface Props {
  done: () => void;
  stay: () => void;
}

export function ChangePin({ present, done, stay }: Props & { present: boolean }) {
  const all = useWords();
  const words = all.waysIn;
  const { send, busy, problem } = useRequest();
  const [wrong, setWrong] = useState<"short" | "differs">();
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = event.currentTarget;
    const { pin = "", again = "", present: old = "" } = readForm(form);
    const found = [...pin].length < 4 ? "short" : pin !== again ? "differs" : undefined;
    setWrong(found);
    if (found) return focusField(form, found === "short" ? "pin" : "again");
    form.reset();
    if (await send({ change_slots: { set_pin: { pin, present: present ? old : null } } })) done();
  };
  return (
    <form class="stack tight form" onSubmit={submit} noValidate>
      {present && <PinField name="present" label={words.present} first />}
      <PinField
        name="pin"
        label={words.pinNew}
        hint={words.pinHint}
        missing={wrong === "short" ? words.pinShort : undefined}
        first={!present}
      />
      <PinField
        name="again"
        label={words.pinAgain}
        missing={wrong === "differs" ? words.pinDiffers : undefined}
      />
      <ProblemNote problem={problem} />
      <div class="row">
        <button type="submit" class="button" disabled={busy}>
          {words.pinSave}
        </button>
        <button type="button" class="button" onClick={stay}>
          {all.cancel}
        </button>
      </div>
    </form>
  );
}

export function RemovePin({ slot, done, stay }: Props & { slot: string }) {
  const all = useWords();
  const words = all.waysIn;
  const { send, busy, problem } = useRequest();
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const request: Request = {
      change_slots: { remove: { slot, present: readPin(event.currentTarget, "present") } },
    };
    if (await send(request)) done();
  };
  return (
    <form class="stack tight form" onSubmit={submit} noValidate>
      <PinField name="present" label={words.present} first />
      <ProblemNote problem={problem} />
      <div class="row">
        <button type="submit" class="button danger" disabled={busy}>
          {words.pinRemoveNow}
        </button>
        <button type="button" class="button" onClick={stay}>
          {all.cancel}
        </button>
      </div>
    </form>
  );
}
