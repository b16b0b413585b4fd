// What there is to do in a page when it began, and in those that are open when Lanyard becomes able to do more: it was
// unlocked, or an account was added.

import type { Frame } from "../../../crates/protocol/bindings/browser.ts";
import { ext } from "../ext.ts";
import type { Arrived } from "../messages.ts";
import { is_known } from "./badge.ts";
import { add_icon } from "./icon.ts";
import { inject } from "./inject.ts";
import { ready } from "./link.ts";
import { session } from "./session.ts";

/** An unlocked companion tells its state and its origins one after the other. */
const TOGETHER = 50;

let soon: ReturnType<typeof setTimeout> | null = null;

/** Where an account is known the page script comes at once; where a login may be saved, once its form has the focus. */
export async function what_to_do(frame: Frame): Promise<Arrived> {
  if (!ready()) return { listen: false };
  if (await is_known(frame.frame_origin)) {
    if (await inject(frame.tab, frame.document)) await add_icon(frame);
    return { listen: false };
  }
  return { listen: is_saving_offered() };
}

/** The stub says that a field has the focus which may be one of a login. */
export async function login_focused({ tab, document }: Frame): Promise<boolean> {
  return ready() && inject(tab, document);
}

/** Has the pages that are open ask again. */
export function tell_open_pages(): void {
  if (soon !== null) return;
  soon = setTimeout(() => {
    soon = null;
    void tell_all();
  }, TOGETHER);
}

function is_saving_offered(): boolean {
  return session.state?.saving === "offered";
}

async function tell_all(): Promise<void> {
  if (!ready()) return;
  const tabs = await ext.tabs.query({ url: ["https://*/*", "http://*/*"], discarded: false });
  for (const { id: tabId } of tabs) {
    if (tabId === undefined) continue;
    const target = { tabId, allFrames: true };
    // A tab may be closed by now, or be one that no script may go into.
    ext.scripting.executeScript({ target, func: ask_again, injectImmediately: true }).catch(() => undefined);
  }
}

/** Runs in the page, beside the stub. */
function ask_again(): void {
  globalThis.lanyard_again?.();
}
