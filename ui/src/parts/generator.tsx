// Makes passwords until one is taken.

import { useState } from "preact/hooks";
import {
  clampLength,
  DEFAULT_RULES,
  LONGEST,
  makePassword,
  type PasswordRules,
  SHORTEST,
  strengthBits,
  strengthOf,
} from "../../shared/generate.ts";
import { useWords } from "../speech.ts";
import { SecretText } from "./secret-text.tsx";

const CLASSES = ["lower", "upper", "digits", "symbols"] as const;

/** Bits at which the bar is full. */
const FULL = 128;

export function Generator({ use, close }: { use: (password: string) => void; close: () => void }) {
  const all = useWords();
  const words = all.generator;
  const [rules, setRules] = useState(DEFAULT_RULES);
  const [password, setPassword] = useState(() => makePassword(DEFAULT_RULES));
  const change = (changed: Partial<PasswordRules>) => {
    const next = { ...rules, ...changed };
    // At least one kind of character is needed.
    if (!CLASSES.some((name) => next[name])) return;
    setRules(next);
    setPassword(makePassword(next));
  };
  const bits = Math.floor(strengthBits(rules));
  const strength = strengthOf(bits);
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    close();
  };
  return (
    <div class="panel generator" role="group" aria-label={words.heading} onKeyDown={onKey}>
      <p class="made">
        <SecretText>{password}</SecretText>
      </p>
      <div class="strength">
        <meter aria-label={words.strengthLabel} class={strength} max={FULL} value={Math.min(bits, FULL)} />
        <p class="small dim" role="status">
          {words.strength[strength]} · {words.bits(bits)}
        </p>
      </div>
      <label class="row">
        <span class="label">{words.length}</span>
        <input
          type="range"
          class="grow"
          min={SHORTEST}
          max={LONGEST}
          value={rules.length}
          onInput={(event) => change({ length: clampLength(event.currentTarget.valueAsNumber) })}
        />
        <span class="digits count" aria-hidden="true">
          {rules.length}
        </span>
      </label>
      <fieldset class="row wrap">
        <legend class="hidden">{words.characters}</legend>
        {CLASSES.map((name) => (
          <label class="check" key={name}>
            <input type="checkbox" checked={rules[name]} onInput={() => change({ [name]: !rules[name] })} />
            <span>{words[name]}</span>
          </label>
        ))}
        <label class="check">
          <input
            type="checkbox"
            checked={rules.noLookAlikes}
            onInput={() => change({ noLookAlikes: !rules.noLookAlikes })}
          />
          <span>{words.noLookAlikes}</span>
        </label>
      </fieldset>
      <div class="row">
        <button type="button" class="button" onClick={() => use(password)}>
          {words.use}
        </button>
        <button type="button" class="button" onClick={() => change({})}>
          {words.another}
        </button>
        <button type="button" class="link" onClick={close}>
          {all.cancel}
        </button>
      </div>
    </div>
  );
}
