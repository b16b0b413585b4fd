// The popup: the accounts for this page, or the one thing that stands in the way. `?tab=` names the tab where the popup is
// itself opened in one.

import { useEffect, useRef, useState } from "preact/hooks";
import { ext } from "../ext.ts";
import type { PageStatus, Status } from "../messages.ts";
import { problem_text } from "../strings.ts";
import { word } from "../words.ts";
import { Accounts } from "./accounts.tsx";
import { act } from "./act.ts";
import { AddAccount } from "./add-account.tsx";
import { ask, use_status } from "./ask.ts";
import { Header } from "./header.tsx";
import { NewPassword } from "./new-password.tsx";
import { draw, host_of, MessageView, Note } from "./parts.tsx";
import { type Action, screen_of } from "./screen.ts";

type Said = { text: string; calm?: boolean; undo?: () => void };
type Say = (said: Said | null) => void;

draw(<Popup />, "brand");

function Popup() {
  const tab = use_tab();
  const [status, again] = use_status(tab);
  const [said, say] = useState<Said | null>(null);
  const [adding, set_adding] = useState(false);
  const add = useRef<HTMLButtonElement>(null);
  const screen = screen_of(status);
  const do_it = async (action: Action) => {
    const problem = await act(action);
    if (problem) say({ text: problem_text(problem) });
    again();
  };
  const action = "message" in screen ? screen.message.action : null;
  const page = status && may_change(status, action) ? status.page : null;
  // What became of an earlier fill is old news where something stands in the way of all.
  const text = said?.text ?? (action === null ? status?.notice : null);
  const leave = () => {
    set_adding(false);
    // Once it is drawn again: where the person came from.
    requestAnimationFrame(() => add.current?.focus());
  };
  const added = (name: string) => {
    leave();
    say({ text: word("add_saved", name), calm: true });
    again();
  };
  return (
    <>
      <Header status={status} screen={screen} />
      <main>
        {adding && page && tab !== null ? (
          <AddAccount tab={tab} title={page.title} added={added} leave={leave} />
        ) : "message" in screen ? (
          <MessageView message={screen.message} act={do_it} />
        ) : (
          <Accounts
            accounts={screen.accounts}
            tab={tab}
            say={(text) => say(text === null ? null : { text })}
          />
        )}
        {page && tab !== null && !adding && <NewPassword tab={tab} />}
        {text && !adding && (
          <Note calm={said?.calm} undo={said?.undo}>
            {text}
          </Note>
        )}
        {status?.unsaved && !adding && <Note>{word("unsaved")}</Note>}
      </main>
      {!adding && action === null && (
        <footer>
          {page && page.saving !== "forbidden" && (
            <button type="button" class="link" ref={add} onClick={() => set_adding(true)}>
              {word("add")}
            </button>
          )}
          {page && tab !== null && <Never tab={tab} page={page} say={say} again={again} />}
          <button type="button" class="link last" onClick={() => do_it("open")}>
            {word("open_lanyard")}
          </button>
        </footer>
      )}
    </>
  );
}

/** Whether accounts of the page can be added, and offers be stopped. */
function may_change({ page }: Status, action: Action): boolean {
  return page !== null && page.problem === null && action === null;
}

type NeverOf = { tab: number; page: PageStatus; say: Say; again: () => void };

/** Stops offers on this page, or has them again; each can be taken back. */
function Never({ tab, page: { origin, saving }, say, again }: NeverOf) {
  const change = async (never: boolean) => {
    const problem = await (never ? ask.never(tab) : ask.allow_site(origin));
    const done = word(never ? "never_done" : "allow_done", host_of(origin));
    say(
      problem ? { text: problem_text(problem) } : { text: done, calm: true, undo: () => void change(!never) },
    );
    again();
  };
  if (saving !== "offered" && saving !== "never") return null;
  return (
    <button type="button" class="link" onClick={() => change(saving === "offered")}>
      {word(saving === "offered" ? "never_here" : "offer_again")}
    </button>
  );
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
