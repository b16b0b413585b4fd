// A recovery code is made: shown once, written down, and shown to have been written down. Until then it opens nothing.

import { useState } from "preact/hooks";
import type { Walk } from "../app.tsx";
import { focusField, readForm } from "../form.ts";
import { Field } from "../parts/field.tsx";
import { Heading } from "../parts/heading.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { Said } from "../parts/said.tsx";
import { useWords } from "../speech.ts";
import { useRequest } from "../use-request.ts";
import { carried, type NewRecoveryCode, type State } from "../wire.ts";
import { PinField, readPin } from "./pin-forms.tsx";

export function Recovery({ state, walk }: { state: State; walk: Walk }) {
  const words = useWords().recovery;
  const [code, setCode] = useState<NewRecoveryCode>();
  const [written, setWritten] = useState(false);
  const leave = (said?: string) => walk.go({ at: "security" }, said);
  return (
    <>
      <header>
        <Heading>{words.heading}</Heading>
      </header>
      <div class="scroll">
        {!code && <Begin state={state} made={setCode} leave={() => leave()} />}
        {code && !written && <Sheet code={code} next={() => setWritten(true)} leave={() => leave()} />}
        {code && written && (
          <Check code={code} back={() => setWritten(false)} done={() => leave(words.done)} />
        )}
      </div>
    </>
  );
}

interface BeginProps {
  state: State;
  made: (code: NewRecoveryCode) => void;
  leave: () => void;
}

function Begin({ state, made, leave }: BeginProps) {
  const all = useWords();
  const words = all.recovery;
  const { send, busy, problem } = useRequest();
  const kinds = state.ways_in.kinds;
  const pin = kinds.includes("pin");
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const present = pin ? readPin(event.currentTarget, "present") : null;
    const code = carried(await send({ make_recovery_code: { present } }), "new_recovery_code");
    if (code) made(code);
  };
  return (
    <form class="stack form" onSubmit={submit} noValidate>
      <div class="text">
        <p>{words.what}</p>
        <p>{words.where}</p>
        {kinds.includes("recovery_code") && <p>{words.replaces}</p>}
      </div>
      {pin && <PinField name="present" label={all.waysIn.present} first />}
      <ProblemNote problem={problem} />
      <div class="row wrap">
        <button type="submit" class="button primary" data-first={!pin} disabled={busy}>
          {words.show}
        </button>
        <button type="button" class="button" onClick={leave}>
          {all.cancel}
        </button>
      </div>
    </form>
  );
}

function Sheet({ code, next, leave }: { code: NewRecoveryCode; next: () => void; leave: () => void }) {
  const all = useWords();
  const words = all.recovery;
  const [saving, setSaving] = useState(false);
  return (
    <section class="stack sheet" aria-labelledby="words">
      <h2 id="words">{words.words}</h2>
      <ol class="panel words">
        {code.words.split(" ").map((word, place) => (
          <li key={place}>
            <span class="dim digits">{place + 1}</span> <b>{word}</b>
          </li>
        ))}
      </ol>
      <p>{words.keep}</p>
      {saving ? (
        <SaveAs path={code.suggested_path} stay={() => setSaving(false)} />
      ) : (
        <div class="row wrap">
          <button type="button" class="button primary" data-first onClick={next}>
            {words.written}
          </button>
          <button type="button" class="button" onClick={() => print()}>
            {words.print}
          </button>
          <button type="button" class="button" onClick={() => setSaving(true)}>
            {words.save}
          </button>
          <button type="button" class="button" onClick={leave}>
            {all.cancel}
          </button>
        </div>
      )}
    </section>
  );
}

function SaveAs({ path, stay }: { path: string; stay: () => void }) {
  const all = useWords();
  const words = all.recovery;
  const { send, busy, problem } = useRequest();
  const [saved, setSaved] = useState("");
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const { path = "" } = readForm(event.currentTarget);
    if (await send({ save_recovery_code: { path } })) setSaved(words.saved(path));
  };
  return (
    <form class="stack tight form" onSubmit={submit} noValidate>
      <Field name="path" label={words.file} hint={words.fileHint} defaultValue={path} />
      <ProblemNote problem={problem} />
      <Said>{saved}</Said>
      <div class="row wrap">
        {!saved && (
          <button type="submit" class="button" disabled={busy}>
            {all.save}
          </button>
        )}
        <button type="button" class="button" onClick={stay}>
          {all.back}
        </button>
      </div>
    </form>
  );
}

function Check({ code, back, done }: { code: NewRecoveryCode; back: () => void; done: () => void }) {
  const all = useWords();
  const words = all.recovery;
  const { send, busy, problem } = useRequest();
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = event.currentTarget;
    const texts = readForm(form);
    const typed = code.asked.map((place) => texts[`word-${place}`] ?? "");
    const empty = typed.findIndex((word) => word.trim() === "");
    if (empty >= 0) return focusField(form, `word-${code.asked[empty]}`);
    if (await send({ change_slots: { confirm_recovery_code: { words: typed } } })) done();
  };
  return (
    <form class="stack form" onSubmit={submit} noValidate>
      <p>{words.check}</p>
      {code.asked.map((place, index) => (
        <PlainField place={place} first={index === 0} key={place} />
      ))}
      <ProblemNote problem={problem} />
      <div class="row wrap">
        <button type="submit" class="button primary" disabled={busy}>
          {words.confirm}
        </button>
        <button type="button" class="button" onClick={back}>
          {words.again}
        </button>
      </div>
    </form>
  );
}

function PlainField({ place, first }: { place: number; first: boolean }) {
  const words = useWords().recovery;
  const focus = (input: HTMLInputElement | null) => {
    if (first && input && document.activeElement?.tagName !== "INPUT") input.focus();
  };
  return <Field name={`word-${place}`} label={words.word(place)} input={focus} />;
}
