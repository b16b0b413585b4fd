// What several pages are made of.

import { type ComponentChildren, type JSX, render } from "preact";
import { useState } from "preact/hooks";
import type { Made } from "../messages.ts";
import { type Key, word } from "../words.ts";
import type { Action, Message } from "./screen.ts";

/** Draws a page, in the language that its words are in. */
export function draw(page: JSX.Element, title: Key): void {
  document.documentElement.lang = word("language");
  document.title = word(title);
  render(page, document.body);
}

export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M6 1.5 10 7l4-5.5" />
      <rect x="4" y="7" width="12" height="11.5" rx="2.2" />
      <circle cx="10" cy="12" r="1.7" />
      <path d="M7.2 16.2c.6-1.2 1.6-1.7 2.8-1.7s2.2.5 2.8 1.7" />
    </svg>
  );
}

/** An origin is shown whole, its host strongest. */
export function Origin({ origin }: { origin: string }) {
  const { protocol, hostname, port } = new URL(origin);
  return (
    <span class="origin">
      <span class="dim">{`${protocol}//`}</span>
      <b>{hostname}</b>
      {port && <span class="dim">:{port}</span>}
    </span>
  );
}

/** The host of an origin, for sentences. */
export function host_of(origin: string): string {
  return new URL(origin).host;
}

const HUES = 8;

/** The first letter, in one of eight hues by name. */
export function Tile({ name }: { name: string }) {
  let sum = 0;
  for (const character of name) sum += character.codePointAt(0) ?? 0;
  const letter = name.match(/[\p{L}\p{N}]/u)?.[0].toLocaleUpperCase() ?? "·";
  return (
    <span class={`tile hue-${sum % HUES}`} aria-hidden="true">
      {letter}
    </span>
  );
}

export function MessageView({ message, act }: { message: Message; act: (action: Action) => void }) {
  const { heading, text, action, busy } = message;
  return (
    <div class="message">
      <div role="status">
        <h1>{heading}</h1>
        <p class="dim">{text}</p>
      </div>
      {busy && <div class="bar" />}
      {action && (
        <button type="button" class="button primary wide" onClick={() => act(action)}>
          {word(ACTIONS[action])}
        </button>
      )}
      {action === "help" && (
        <button type="button" class="button wide" onClick={() => act("retry")}>
          {word("try_again")}
        </button>
      )}
    </div>
  );
}

const ACTIONS = {
  pair: "connect",
  compare: "compare",
  open: "open_lanyard",
  retry: "try_again",
  help: "what_to_do",
  permit: "permit",
} satisfies Record<NonNullable<Action>, Key>;

type NoteOf = { children: ComponentChildren; calm?: boolean | undefined; undo?: (() => void) | undefined };

/** Something that happened, and perhaps the way back. Calm is what went as the person wanted. */
export function Note({ children, calm, undo }: NoteOf) {
  return (
    <div class={calm ? "note" : "note warn"} role="status">
      <p>{children}</p>
      {undo && (
        <button type="button" class="link" onClick={undo}>
          {word("undo")}
        </button>
      )}
    </div>
  );
}

type PasswordFieldOf = { make: () => Promise<Made> };

/** A password to type or to make. It is in the field and nowhere else; one that was made is shown, to be copied. */
export function PasswordField({ make }: PasswordFieldOf) {
  const [is_shown, show] = useState(false);
  const fill = async ({ currentTarget }: { currentTarget: HTMLButtonElement }) => {
    const field = currentTarget.form?.elements.namedItem("password");
    const made = await make();
    if (!(field instanceof HTMLInputElement) || "problem" in made) return;
    field.value = made.password;
    show(true);
    field.focus();
    field.select();
  };
  return (
    <div class="field">
      <label for="password">{word("password")}</label>
      <div class="row">
        <input
          id="password"
          name="password"
          {...(is_shown ? { type: "text" as const } : { type: "password" as const })}
          class={is_shown ? "mono" : ""}
          required
          maxLength={4096}
          autocomplete="off"
          spellcheck={false}
        />
        <Eye is_shown={is_shown} show={show} />
        <button type="button" class="button" onClick={fill}>
          {word("generate")}
        </button>
      </div>
    </div>
  );
}

/** Shows a password or hides it. */
export function Eye({ is_shown, show }: { is_shown: boolean; show: (is_shown: boolean) => void }) {
  return (
    <button
      type="button"
      class="button icon"
      aria-label={word("show_password")}
      title={word("show_password")}
      aria-pressed={is_shown}
      onClick={() => show(!is_shown)}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Z" />
        <circle cx="8" cy="8" r="2" />
        {is_shown && <path d="m2.5 13.5 11-11" />}
      </svg>
    </button>
  );
}
