// The popup: the accounts for this page, or the one thing that stands in the way. `?tab=` names the tab where the popup is
// itself opened in one.

import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Account } from "../../../crates/protocol/bindings/browser.ts";
import { ext } from "../ext.ts";
import type { Status } from "../messages.ts";
import { strings } from "../strings.ts";
import { ask, use_status } from "./ask.ts";
import { Mark, MessageView, Note, Origin, Tile } from "./parts.tsx";
import { type Action, type Screen, screen_of } from "./screen.ts";

render(<Popup />, document.body);

function Popup() {
  const tab = use_tab();
  const [status, again] = use_status(tab);
  const [notice, set_notice] = useState<string | null>(null);
  const screen = screen_of(status);
  const act = async (action: Action) => {
    if (action === "pair") await ask.pair();
    if (action === "open") await open_lanyard(set_notice);
    again();
  };
  const action = "message" in screen ? screen.message.action : null;
  // What became of an earlier fill is old news where something stands in the way of all.
  const says = notice ?? (action === null ? status?.notice : null);
  return (
    <>
      <Header status={status} screen={screen} />
      <main>
        {"message" in screen ? (
          <MessageView message={screen.message} act={act} />
        ) : (
          <Accounts accounts={screen.accounts.accounts} tab={tab} say={set_notice} />
        )}
        {says && <Note>{says}</Note>}
      </main>
      {(action === null || action === "pair") && (
        <footer>
          <button type="button" class="link" onClick={() => open_lanyard(set_notice)}>
            {strings.open_lanyard}
          </button>
        </footer>
      )}
    </>
  );
}

function Header({ status, screen }: { status: Status | null; screen: Screen }) {
  const tone = "message" in screen ? screen.message.tone : "ok";
  return (
    <header>
      <Mark />
      {status?.page ? <Origin origin={status.page.origin} /> : <b>{strings.brand}</b>}
      <span class={`dot ${tone}`} aria-hidden="true" />
    </header>
  );
}

type AccountsOf = { accounts: Account[]; tab: number | null; say: (notice: string | null) => void };

function Accounts({ accounts, tab, say }: AccountsOf) {
  const [filling, set_filling] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => list.current?.querySelector("button")?.focus(), []);
  const fill = async (app: string) => {
    if (tab === null || filling) return;
    set_filling(app);
    say(null);
    const filled = await ask.fill(tab, app);
    set_filling(null);
    say(strings.filled(filled));
    if ("submitted" in filled) close();
  };
  return (
    <ul
      ref={list}
      class="accounts"
      aria-label={strings.popup.accounts}
      onKeyDown={(event) => step(event, list.current)}
    >
      {accounts.map(({ app, name, user_name }, index) => (
        <li key={app}>
          <Tile name={name} />
          <span class="who" id={`account-${index}`}>
            <b>{user_name || name}</b>
            {user_name && <span class="dim">{name}</span>}
          </span>
          <button
            type="button"
            class={index === 0 ? "button filled small" : "button small"}
            aria-describedby={`account-${index}`}
            aria-busy={filling === app}
            onClick={() => fill(app)}
          >
            {filling === app ? strings.popup.filling : strings.popup.fill}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Arrows go up and down the list. */
function step(event: KeyboardEvent, list: HTMLElement | null): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by || !list) return;
  const buttons = [...list.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  buttons[Math.min(buttons.length - 1, Math.max(0, at + by))]?.focus();
  event.preventDefault();
}

async function open_lanyard(say: (notice: string) => void): Promise<void> {
  const problem = await ask.open_lanyard();
  if (problem) say(strings.problem(problem));
}

function use_tab(): number | null {
  const [tab, set_tab] = useState<number | null>(null);
  useEffect(() => void find_tab().then(set_tab), []);
  return tab;
}

async function find_tab(): Promise<number> {
  const named = Number.parseInt(new URLSearchParams(location.search).get("tab") ?? "", 10);
  if (Number.isSafeInteger(named)) return named;
  const [tab] = await ext.tabs.query({ active: true, currentWindow: true });
  return tab?.id ?? -1;
}
