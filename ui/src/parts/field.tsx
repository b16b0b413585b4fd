// A labelled text field, with what is wrong with it underneath.

import type { ComponentChildren } from "preact";

interface Props {
  name: string;
  label: string;
  type?: "text" | "password";
  inputMode?: "url";
  placeholder?: string;
  defaultValue?: string;
  /** Whether the cursor is here when the screen appears. */
  first?: boolean;
  /** What to do about a field that was left empty. */
  missing: string | undefined;
  /** What stands beside it. */
  children?: ComponentChildren;
}

export function Field({ name, label, type = "text", first, missing, children, ...input }: Props) {
  const note = `${name}-note`;
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <div class="row">
        <input
          {...input}
          type={type as "text"}
          id={name}
          name={name}
          data-first={first}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          aria-invalid={missing ? "true" : "false"}
          aria-describedby={missing ? note : undefined}
        />
        {children}
      </div>
      {missing && (
        <p class="small danger" id={note} role="alert">
          {missing}
        </p>
      )}
    </div>
  );
}
