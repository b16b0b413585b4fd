// An app, typed in by hand.

import { useState } from "preact/hooks";
import { completeAddress } from "../address.ts";
import { firstEmpty, focusField, readForm } from "../form.ts";
import { Field } from "../parts/field.tsx";
import { Heading } from "../parts/heading.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { strings } from "../strings.ts";
import { useRequest } from "../use-request.ts";

const words = strings.add;

const REQUIRED = {
  name: words.nameMissing,
  login_url: words.addressMissing,
  user_name: words.userNameMissing,
  password: words.passwordMissing,
};

interface Props {
  added: (name: string) => void;
  back: () => void;
}

export function AddApp({ added, back }: Props) {
  const { send, busy, problem } = useRequest();
  const [empty, setEmpty] = useState<string>();
  const missing = (name: keyof typeof REQUIRED) => (empty === name ? REQUIRED[name] : undefined);

  // The password is read when the form is sent, and never kept by the page.
  const submit = async (event: SubmitEvent & { currentTarget: HTMLFormElement }) => {
    event.preventDefault();
    const form = event.currentTarget;
    const texts = readForm(form);
    const first = firstEmpty(texts, Object.keys(REQUIRED));
    setEmpty(first);
    if (first) return focusField(form, first);
    const name = (texts.name ?? "").trim();
    const login_url = completeAddress(texts.login_url ?? "");
    const user_name = (texts.user_name ?? "").trim();
    const password = texts.password ?? "";
    const auto_submit = texts.auto_submit !== undefined;
    if (await send({ add_app: { name, login_url, user_name, password, auto_submit } })) {
      form.reset();
      added(name);
    }
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Escape") back();
  };

  return (
    <>
      <header>
        <Heading>{words.heading}</Heading>
        <p class="dim">{words.lead}</p>
      </header>
      <form class="stack form scroll" onSubmit={submit} onKeyDown={onKey} noValidate>
        <Field name="name" label={words.name} first missing={missing("name")} />
        <Field name="login_url" label={words.address} inputMode="url" missing={missing("login_url")} />
        <Field name="user_name" label={words.userName} missing={missing("user_name")} />
        <Password missing={missing("password")} />
        <label class="check">
          <input type="checkbox" name="auto_submit" defaultChecked aria-describedby="auto-submit-note" />
          <span>{words.autoSubmit}</span>
        </label>
        <p class="small dim under" id="auto-submit-note">
          {words.autoSubmitHint}
        </p>
        <ProblemNote problem={problem} />
        <div class="row">
          <button type="submit" class="button primary" disabled={busy}>
            {words.save}
          </button>
          <button type="button" class="button" onClick={back}>
            {strings.cancel}
          </button>
        </div>
      </form>
    </>
  );
}

function Password({ missing }: { missing: string | undefined }) {
  const [shown, setShown] = useState(false);
  return (
    <Field name="password" label={words.password} type={shown ? "text" : "password"} missing={missing}>
      <button
        type="button"
        class="button"
        aria-label={words.show}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
      >
        {shown ? words.hideShort : words.showShort}
      </button>
    </Field>
  );
}
