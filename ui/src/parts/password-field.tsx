// A password that is typed or generated. It stays in the field: the page keeps no copy.

import { useRef, useState } from "preact/hooks";
import { useWords } from "../speech.ts";
import { Field } from "./field.tsx";
import { Generator } from "./generator.tsx";

interface Props {
  label: string;
  missing?: string | undefined;
  hint?: string;
}

export function PasswordField({ label, missing, hint }: Props) {
  const words = useWords();
  const [shown, setShown] = useState(false);
  const [making, setMaking] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const use = (password: string) => {
    if (input.current) input.current.value = password;
    setMaking(false);
    input.current?.focus();
  };
  return (
    <>
      <Field
        name="password"
        label={label}
        type={shown ? "text" : "password"}
        missing={missing}
        hint={hint}
        input={input}
      >
        <button
          type="button"
          class="button"
          aria-label={words.form.showPassword}
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          {shown ? words.hide : words.show}
        </button>
        <button type="button" class="button" aria-expanded={making} onClick={() => setMaking(!making)}>
          {words.form.generate}
        </button>
      </Field>
      {making && <Generator use={use} close={() => use(input.current?.value ?? "")} />}
    </>
  );
}
