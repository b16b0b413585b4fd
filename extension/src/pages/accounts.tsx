// The accounts for a page. Arrows go up and down, Enter fills, and where there are many, typing searches.

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Account } from "../../../crates/protocol/bindings/browser.ts";
import { filled_text } from "../strings.ts";
import { word } from "../words.ts";
import { ask } from "./ask.ts";
import { find_accounts } from "./find.ts";
import { Tile } from "./parts.tsx";

/** More than these do not fit at one glance. */
const SEARCHED = 4;

type AccountsOf = { accounts: Account[]; tab: number | null; say: (text: string | null) => void };

export function Accounts({ accounts, tab, say }: AccountsOf) {
  const [filling, set_filling] = useState<string | null>(null);
  const [search, set_search] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  // Before anything is seen: the first key that is pressed counts.
  useLayoutEffect(() => {
    focusable(list.current)[0]?.focus();
    const on_key = (event: KeyboardEvent) => {
      step(event, list.current);
      // The letter itself goes where the focus is by then.
      if (is_typing(event)) field.current?.focus();
    };
    addEventListener("keydown", on_key);
    return () => removeEventListener("keydown", on_key);
  }, []);
  const fill = async (app: string) => {
    if (tab === null || filling) return;
    set_filling(app);
    say(null);
    const filled = await ask.fill(tab, app);
    set_filling(null);
    say(filled_text(filled));
    if ("submitted" in filled) close();
  };
  const found = find_accounts(accounts, search);
  const on_search_key = (event: KeyboardEvent) => {
    if (event.key === "Enter" && found[0]) void fill(found[0].app);
    // Escape closes the popup where there is nothing to take back.
    if (event.key !== "Escape" || search === "") return;
    event.preventDefault();
    set_search("");
  };
  return (
    <div ref={list}>
      {accounts.length > SEARCHED && (
        <div class="search">
          <input
            ref={field}
            type="search"
            aria-label={word("search")}
            placeholder={word("search")}
            autocomplete="off"
            spellcheck={false}
            value={search}
            onInput={({ currentTarget }) => set_search(currentTarget.value)}
            onKeyDown={on_search_key}
          />
        </div>
      )}
      {found.length === 0 && (
        <p class="nothing dim" role="status">
          {word("nothing_found", search)}
        </p>
      )}
      <ul class="accounts" aria-label={word("accounts")}>
        {found.map(({ app, name, user_name }, index) => (
          <li key={app}>
            <Tile name={name} />
            <span class="who" id={`account-${index}`}>
              <b>{user_name || name}</b>
              {user_name && <span class="dim">{name}</span>}
            </span>
            <button
              type="button"
              class={index === 0 ? "button primary small" : "button small"}
              aria-describedby={`account-${index}`}
              aria-busy={filling === app}
              onClick={() => fill(app)}
            >
              {word(filling === app ? "filling" : "fill")}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function is_typing({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  // A space presses the button that has the focus.
  return key.length === 1 && key !== " " && !ctrlKey && !altKey && !metaKey;
}

function step(event: KeyboardEvent, list: HTMLElement | null): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by || !list) return;
  const stops = focusable(list);
  const at = stops.indexOf(document.activeElement as HTMLElement);
  stops[Math.min(stops.length - 1, Math.max(0, at + by))]?.focus();
  event.preventDefault();
}

function focusable(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>("input, button") ?? [])];
}
