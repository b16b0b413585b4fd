// A field that searches as you type.

import type { Ref } from "preact";

interface Props {
  label: string;
  value: string;
  onInput: (value: string) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  input?: Ref<HTMLInputElement>;
  first?: boolean;
}

export function Search({ label, value, onInput, onKeyDown, input, first }: Props) {
  return (
    <div class="search">
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="7" cy="7" r="4.5" />
        <path d="m10.5 10.5 3.5 3.5" />
      </svg>
      <input
        {...(input && { ref: input })}
        type="search"
        data-first={first}
        value={value}
        placeholder={label}
        aria-label={label}
        spellcheck={false}
        autocomplete="off"
        onInput={(event) => onInput(event.currentTarget.value)}
        {...(onKeyDown && { onKeyDown })}
      />
    </div>
  );
}
