// The accounts for the page that a tab shows.

import type { Account, FormHint, Frame } from "../../../crates/protocol/bindings/browser.ts";
import { ext } from "../ext.ts";
import type { PageStatus } from "../messages.ts";
import { companion } from "./link.ts";
import { web_origin } from "./sender.ts";

/** A page as the browser names it. */
export type TopPage = { frame: Frame; url: string; title: string };

export type Hint = { accounts: Account[]; form: FormHint | null };

/** Null where the tab shows no page that a form could be in. */
export async function accounts_for(tab: number): Promise<PageStatus | null> {
  const page = await top_page(tab);
  if (!page) return null;
  const answer = await companion.ask({ suggest: { frame: page.frame } });
  const none = {
    origin: page.frame.frame_origin,
    title: page.title,
    accounts: [],
    saving: null,
    problem: null,
  };
  if ("problem" in answer) return { ...none, problem: answer.problem };
  if (!("suggestions" in answer.ok)) return none;
  const { accounts, saving } = answer.ok.suggestions;
  return { ...none, accounts, saving };
}

/** What the companion knows of a page: whose accounts, and where its fields are. Null where it tells nothing. */
export async function hint_for(frame: Frame): Promise<Hint | null> {
  const answer = await companion.ask({ suggest: { frame } });
  if ("problem" in answer || !("suggestions" in answer.ok)) return null;
  const { accounts, form = null } = answer.ok.suggestions;
  return { accounts, form };
}

/** Null where no script may go into a tab's page: the browser's own pages and the extension shop. */
export async function top_page(tab: number): Promise<TopPage | null> {
  try {
    const [top] = await ext.scripting.executeScript({
      target: { tabId: tab },
      func: () => null,
      injectImmediately: true,
    });
    const { url = "", title = "" } = await ext.tabs.get(tab);
    const origin = web_origin(url);
    if (!top || origin === null) return null;
    const frame = { tab, frame: 0, document: top.documentId, frame_origin: origin, top_origin: origin };
    return { frame, url, title };
  } catch {
    return null;
  }
}

/** Whether the browser lets the extension into web pages: a person can take that away. */
export async function is_let_in(): Promise<boolean> {
  const { host_permissions: origins = [] } = ext.runtime.getManifest();
  return ext.permissions.contains({ origins });
}
