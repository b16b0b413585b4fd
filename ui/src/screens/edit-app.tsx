// Changes an app. What is left empty or untouched stays as it is.

import { useRef, useState } from "preact/hooks";
import type { Walk } from "../app.tsx";
import { changeOf } from "../change.ts";
import { firstEmpty, focusField, readForm } from "../form.ts";
import { AutoSubmit } from "../parts/auto-submit.tsx";
import { Field } from "../parts/field.tsx";
import { Heading } from "../parts/heading.tsx";
import { Loading } from "../parts/loading.tsx";
import { PasswordField } from "../parts/password-field.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { Verify } from "../parts/verify.tsx";
import { useWords } from "../speech.ts";
import { useCredential } from "../use-credential.ts";
import { useRequest } from "../use-request.ts";
import { type CredentialView, carried, type WaysIn } from "../wire.ts";

interface Props {
  app: string;
  ways: WaysIn;
  walk: Walk;
}

export function EditApp({ app, ...rest }: Props) {
  const { view, problem } = useCredential(app, 0);
  if (!view) return problem ? <ProblemNote problem={problem} /> : <Loading />;
  return <Form view={view} {...rest} />;
}

function Form({ view, ways, walk }: Omit<Props, "app"> & { view: CredentialView }) {
  const all = useWords();
  const words = all.form;
  const required = { name: words.nameMissing, login_url: words.addressMissing };
  const { app } = view;
  const { send, busy, problem } = useRequest();
  const [empty, setEmpty] = useState<string>();
  const missing = (name: keyof typeof required) => (empty === name ? required[name] : undefined);
  const leave = (said?: string) => walk.go({ at: "credential", app: app.app }, said);

  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = event.currentTarget;
    const texts = readForm(form);
    const first = firstEmpty(texts, Object.keys(required));
    setEmpty(first);
    if (first) return focusField(form, first);
    const change = changeOf(texts, view);
    if (Object.keys(change).length === 0) return leave();
    if (!(await send({ change_credential: { app: app.app, change } }))) return;
    form.reset();
    leave(all.credential.saved);
  };

  return (
    <>
      <header>
        <Heading>{words.edit(app.name)}</Heading>
      </header>
      <form class="stack form scroll" onSubmit={submit} noValidate>
        <Field name="name" label={words.name} first defaultValue={app.name} missing={missing("name")} />
        <Field
          name="login_url"
          label={words.address}
          inputMode="url"
          defaultValue={app.login_url}
          missing={missing("login_url")}
        />
        <Field name="user_name" label={words.userName} defaultValue={app.user_name} />
        <PasswordField label={words.newPassword} hint={words.newPasswordHint} />
        <AutoSubmit on={app.auto_submit} />
        <Verify on={view.verify} forced={view.verify_forced} ways={ways} />
        <Field
          name="one_time_code"
          label={view.one_time_code ? words.newSeed : words.seed}
          hint={words.seedHint}
        />
        {view.one_time_code && (
          <label class="check">
            <input type="checkbox" name="remove_code" />
            <span>{words.removeSeed}</span>
          </label>
        )}
        <Notes view={view} />
        <ProblemNote problem={problem} />
        <div class="row">
          <button type="submit" class="button primary" disabled={busy}>
            {all.save}
          </button>
          <button type="button" class="button" onClick={() => leave()}>
            {all.cancel}
          </button>
        </div>
      </form>
    </>
  );
}

/** Notes can hold anything, so they are shown only when somebody wants to edit them. */
function Notes({ view }: { view: CredentialView }) {
  const words = useWords().form;
  const { send, busy, problem } = useRequest();
  const [open, setOpen] = useState(!view.notes);
  const text = useRef("");
  const load = async () => {
    const revealed = carried(await send({ reveal: { app: view.app.app, part: "notes" } }), "revealed");
    const shown = carried(revealed, "text");
    if (shown === undefined) return;
    text.current = shown;
    setOpen(true);
  };
  const fill = (field: HTMLTextAreaElement | null) => {
    if (!field || !text.current) return;
    field.value = text.current;
    text.current = "";
    field.focus();
  };
  if (open) {
    return (
      <div class="field">
        <label for="notes">{words.notes}</label>
        <textarea id="notes" name="notes" rows={3} ref={fill} />
      </div>
    );
  }
  return (
    <div class="field">
      <span class="label">{words.notes}</span>
      <div class="row">
        <button type="button" class="button" disabled={busy} onClick={load}>
          {words.loadNotes}
        </button>
      </div>
      <ProblemNote problem={problem} />
    </div>
  );
}
