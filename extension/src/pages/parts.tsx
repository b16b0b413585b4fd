// What several pages are made of.

import type { ComponentChildren } from "preact";
import { strings } from "../strings.ts";
import type { Action, Screen } from "./screen.ts";

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

type Message = Extract<Screen, { message: unknown }>["message"];

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
        <button type="button" class="button filled wide" onClick={() => act(action)}>
          {ACTIONS[action]}
        </button>
      )}
    </div>
  );
}

export function Note({ children }: { children: ComponentChildren }) {
  return (
    <p class="note" role="status">
      {children}
    </p>
  );
}

const ACTIONS = { pair: strings.connect, open: strings.open_lanyard, retry: strings.try_again };
