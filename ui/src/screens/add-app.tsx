// An app, typed in by hand.

import { useState } from "preact/hooks";
import { completeAddress } from "../address.ts";
import type { Walk } from "../app.tsx";
import { firstEmpty, focusField, readForm } from "../form.ts";
import { AutoSubmit } from "../parts/auto-submit.tsx";
import { Field } from "../parts/field.tsx";
import { Heading } from "../parts/heading.tsx";
import { PasswordField } from "../parts/password-field.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { useWords } from "../speech.ts";
import { useRequest } from "../use-request.ts";
import type { NewApp } from "../wire.ts";

export function AddApp({ walk }: { walk: Walk }) {
  const all = useWords();
  const words = all.form;
  const required = {
    name: words.nameMissing,
    login_url: words.addressMissing,
    user_name: words.userNameMissing,
    password: words.passwordMissing,
  };
  const { send, busy, problem } = useRequest();
  const [empty, setEmpty] = useState<string>();
  const missing = (name: keyof typeof required) => (empty === name ? required[name] : undefined);

  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = event.currentTarget;
    const texts = readForm(form);
    const first = firstEmpty(texts, Object.keys(required));
    setEmpty(first);
    if (first) return focusField(form, first);
    const app = newApp(texts);
    if (!(await send({ add_app: app }))) return;
    form.reset();
    walk.go({ at: "apps" }, all.list.added(app.name));
  };

  return (
    <>
      <header>
        <Heading>{words.add}</Heading>
        <p class="dim">{words.addLead}</p>
      </header>
      <form class="stack form scroll" onSubmit={submit} noValidate>
        <Field name="name" label={words.name} first missing={missing("name")} />
        <Field name="login_url" label={words.address} inputMode="url" missing={missing("login_url")} />
        <Field name="user_name" label={words.userName} missing={missing("user_name")} />
        <PasswordField label={words.password} missing={missing("password")} />
        <AutoSubmit on />
        <details>
          <summary>{words.more}</summary>
          <div class="stack">
            <Field name="one_time_code" label={words.seed} hint={words.seedHint} />
            <div class="field">
              <label for="notes">{words.notes}</label>
              <textarea id="notes" name="notes" rows={3} />
            </div>
          </div>
        </details>
        <ProblemNote problem={problem} />
        <div class="row">
          <button type="submit" class="button primary" disabled={busy}>
            {words.addNow}
          </button>
          <button type="button" class="button" onClick={() => walk.go({ at: "apps" })}>
            {all.cancel}
          </button>
        </div>
      </form>
    </>
  );
}

/** The password is read when the form is sent, and never kept by the page. */
function newApp(texts: Record<string, string>): NewApp {
  const { one_time_code, notes } = texts;
  return {
    name: (texts.name ?? "").trim(),
    login_url: completeAddress(texts.login_url ?? ""),
    user_name: (texts.user_name ?? "").trim(),
    password: texts.password ?? "",
    auto_submit: texts.auto_submit !== undefined,
    ...(one_time_code?.trim() && { one_time_code: one_time_code.trim() }),
    ...(notes?.trim() && { notes }),
  };
}
