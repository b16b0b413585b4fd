// In every web page. It asks once, when a document began, whether there is anything to do in it; where the answer is no,
// nothing of it stays. Where a login may be saved it listens for the focus of a login's field, and page.ts comes then.
//
// It imports next to nothing and observes nothing, so that a page without an app pays for one message and one listener.

import type { Arrived, FromPage } from "../messages.ts";
import { is_orphaned } from "./alive.ts";
import { is_foreign_frame } from "./foreign.ts";
import { focused_field, may_be_login } from "./login-field.ts";

declare global {
  // In the isolated world of content scripts: pages do not see it. The background worker calls it once Lanyard can do more
  // than when the document began.
  var lanyard_again: (() => void) | undefined;
}

let listening: AbortController | null = null;

async function tell(message: FromPage): Promise<unknown> {
  // Fails where the extension was updated under an open page; that page's next load has the new one.
  try {
    return await chrome.runtime.sendMessage(message);
  } catch {
    return null;
  }
}

async function ask(message: FromPage): Promise<void> {
  const answer = (await tell(message)) as Arrived | null;
  if (answer?.listen) listen();
}

function listen(): void {
  if (listening) return;
  listening = new AbortController();
  const { signal } = listening;
  addEventListener("focusin", ({ target }) => focus(target), { capture: true, passive: true, signal });
  // A page may have given the focus before the answer was there.
  focus(document.activeElement);
}

async function focus(target: EventTarget | null): Promise<void> {
  if (is_orphaned()) return listening?.abort();
  const field = focused_field(target);
  if (!field || !may_be_login(field)) return;
  // Not while Lanyard is locked; it may be unlocked before the next field.
  if ((await tell({ login_focused: {} })) === true) listening?.abort();
}

function begin(): void {
  globalThis.lanyard_again = () => void ask({ still_here: {} });
  void ask({ arrived: {} });
}

// From a foreign frame there is nothing to tell.
if (!is_foreign_frame()) {
  if ("prerendering" in document && document.prerendering) {
    document.addEventListener("prerenderingchange", begin, { once: true });
  } else begin();
}
