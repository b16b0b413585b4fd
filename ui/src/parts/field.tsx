// A labelled text field, with what it is for and what is wrong with it underneath.

import type { ComponentChildren, Ref } from "preact";

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
  missing?: string | undefined;
  hint?: string | undefined;
  /** The input itself, for what writes into it. */
  input?: Ref<HTMLInputElement>;
  /** What stands beside it. */
  children?: ComponentChildren;
}

export function Field({ name, label, type = "text", first, missing, hint, input, children, ...rest }: Props) {
  const note = missing ?? hint;
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <div class="row">
        <input
          {...rest}
          {...(input && { ref: input })}
          type={type as "text"}
          id={name}
          name={name}
          data-first={first}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          aria-invalid={missing ? "true" : "false"}
          aria-describedby={note ? `${name}-note` : undefined}
        />
        {children}
      </div>
      {note && (
        <p
          class={missing ? "small danger" : "small dim"}
          id={`${name}-note`}
          role={missing ? "alert" : undefined}
        >
          {note}
        </p>
      )}
    </div>
  );
}
