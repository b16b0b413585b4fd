// A window of its own to choose an account in: the icon in a field opens it, and the keyboard shortcut where there are
// several. Arrows and Enter choose, Escape leaves.

import { useState } from "preact/hooks";
import { problem_text } from "../strings.ts";
import { word } from "../words.ts";
import { Accounts } from "./accounts.tsx";
import { act } from "./act.ts";
import { use_status } from "./ask.ts";
import { Header } from "./header.tsx";
import { draw, MessageView, Note } from "./parts.tsx";
import { type Action, screen_of } from "./screen.ts";

/** What is pressed sooner after a click in a page was meant for the page. */
const SOON = 500;

const named = new URLSearchParams(location.search);
const tab = Number.parseInt(named.get("tab") ?? "", 10);

if (named.get("asked") === "icon") refuse_what_comes_soon();
draw(<Choose />, "choose");

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) close();
});

function Choose() {
  const [status, again] = use_status(tab);
  const [said, say] = useState<string | null>(null);
  const screen = screen_of(status);
  const do_it = async (action: Action) => {
    const problem = await act(action);
    if (problem) say(problem_text(problem));
    again();
  };
  return (
    <>
      <Header status={status} screen={screen} />
      <main>
        <h1 class="hidden">{word("choose")}</h1>
        {"message" in screen ? (
          <MessageView message={screen.message} act={do_it} />
        ) : (
          <Accounts accounts={screen.accounts} tab={tab} say={say} />
        )}
        {said && <Note>{said}</Note>}
      </main>
    </>
  );
}

/** A page that has somebody click in a hurry, or hold a key down, chooses nothing by it. */
function refuse_what_comes_soon(): void {
  let since = performance.now();
  addEventListener("focus", () => {
    since = performance.now();
  });
  const refuse = (event: Event) => {
    const is_held = event instanceof KeyboardEvent && event.repeat && event.key === "Enter";
    if (!is_held && performance.now() - since >= SOON) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  for (const name of ["keydown", "keyup", "click"]) addEventListener(name, refuse, { capture: true });
}
