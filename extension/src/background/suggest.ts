// The accounts for the page that a tab shows.

import type { Account, Frame } from "../../../crates/protocol/bindings/browser.ts";
import type { Problem } from "../../../crates/protocol/bindings/common.ts";
import { ext } from "../ext.ts";
import { companion } from "./link.ts";
import { web_origin } from "./sender.ts";

export type Suggested = { origin: string; accounts: Account[]; problem: Problem | null };

/** Null where the tab shows no page that a form could be in. */
export async function accounts_for(tab: number): Promise<Suggested | null> {
  const frame = await top_frame(tab);
  if (!frame) return null;
  const origin = frame.frame_origin;
  const answer = await companion.ask({ suggest: { frame } });
  if ("problem" in answer) return { origin, accounts: [], problem: answer.problem };
  const accounts = "suggestions" in answer.ok ? answer.ok.suggestions.accounts : [];
  return { origin, accounts, problem: null };
}

/** The page of a tab as the browser names it. */
async function top_frame(tab: number): Promise<Frame | null> {
  try {
    const [top] = await ext.scripting.executeScript({
      target: { tabId: tab },
      func: () => null,
      injectImmediately: true,
    });
    const origin = web_origin((await ext.tabs.get(tab)).url ?? "");
    if (!top || origin === null) return null;
    return { tab, frame: 0, document: top.documentId, frame_origin: origin, top_origin: origin };
  } catch {
    // The browser's own pages and the extension shop let no script in.
    return null;
  }
}
