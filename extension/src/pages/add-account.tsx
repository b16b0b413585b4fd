// A new account for the page in front. What is typed is in the fields only, and goes with them.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { problem_text } from "../strings.ts";
import { word } from "../words.ts";
import { ask } from "./ask.ts";
import { Note, PasswordField } from "./parts.tsx";

type Adding = { tab: number; title: string; added: (name: string) => void; leave: () => void };

const LONGEST_NAME = 100;

export function AddAccount({ tab, title, added, leave }: Adding) {
  const [problem, set_problem] = useState<string | null>(null);
  const user_name = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => user_name.current?.focus(), []);
  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    const { name, user, password } = values_of(event.currentTarget as HTMLFormElement);
    const failed = await ask.add_account(tab, name, user, password);
    if (failed) set_problem(problem_text(failed));
    else added(name);
  };
  const on_key = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    leave();
  };
  return (
    <form class="add" onSubmit={save} onKeyDown={on_key}>
      <h1>{word("add_heading")}</h1>
      <label class="field">
        <span>{word("name")}</span>
        <input
          name="name"
          type="text"
          required
          maxLength={LONGEST_NAME}
          autocomplete="off"
          defaultValue={title.slice(0, LONGEST_NAME)}
        />
      </label>
      <label class="field">
        <span>{word("user_name")}</span>
        <input
          ref={user_name}
          name="user"
          type="text"
          maxLength={4096}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
        />
      </label>
      <PasswordField make={() => ask.make_password(tab)} />
      {problem && <Note>{problem}</Note>}
      <div class="buttons">
        <button type="submit" class="button primary">
          {word("save")}
        </button>
        <button type="button" class="button" onClick={leave}>
          {word("cancel")}
        </button>
      </div>
    </form>
  );
}

function values_of(form: HTMLFormElement): { name: string; user: string; password: string } {
  const value = (name: string) => (form.elements.namedItem(name) as HTMLInputElement).value;
  return { name: value("name").trim(), user: value("user"), password: value("password") };
}
