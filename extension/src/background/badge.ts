// The extension's icon: filled when signed in, hollow when not, a lock on a page that Lanyard would know how to fill.

import { ext, type Tab } from "../ext.ts";
import { word } from "../words.ts";
import { digest_of, lists } from "./origins.ts";
import { web_origin } from "./sender.ts";
import { remember, session } from "./session.ts";

/** Shows the state on every tab. */
export async function show_state(): Promise<void> {
  await ext.action.setIcon({ path: icon(is_signed_in() ? "on" : "off") });
  for (const tab of await ext.tabs.query({ url: ["https://*/*", "http://*/*"] })) await show_tab(tab);
}

/** Shows on one tab whether its page waits for Lanyard to be unlocked. */
export async function show_tab(tab: Tab): Promise<void> {
  const { id: tabId } = tab;
  const origin = web_origin(tab.url ?? "");
  if (tabId === undefined || origin === null) return;
  const locked = is_locked() && (await is_known(origin));
  const notice = session.notices[tabId];
  try {
    if (locked) await ext.action.setIcon({ tabId, path: icon("locked") });
    else await ext.action.setIcon({ tabId, path: icon(is_signed_in() ? "on" : "off") });
    await ext.action.setTitle({ tabId, title: locked ? word("badge_locked") : (notice ?? word("brand")) });
    await ext.action.setBadgeText({ tabId, text: notice ? "!" : "" });
  } catch {
    // The tab was closed in between.
  }
}

/** Says why nothing was filled, until the tab goes to another page; null takes it back. */
export async function show_notice(tabId: number, notice: string | null): Promise<void> {
  const { [tabId]: before, ...notices } = session.notices;
  if (before === undefined && notice === null) return;
  if (notice !== null) notices[tabId] = notice;
  remember({ notices });
  await ext.tabs.get(tabId).then(show_tab, () => undefined);
}

/** Whether an account exists for an origin, as far as can be told while locked. */
export async function is_known(origin: string): Promise<boolean> {
  const { origin_key, origin_digests } = session;
  return origin_key !== null && lists(origin_digests, await digest_of(origin, origin_key));
}

function is_signed_in(): boolean {
  return session.state !== null && session.state.signed_in !== null;
}

function is_locked(): boolean {
  return session.state !== null && "locked" in session.state.vault;
}

function icon(kind: "on" | "off" | "locked"): Record<string, string> {
  return { 16: `/icons/${kind}-16.png`, 32: `/icons/${kind}-32.png`, 48: `/icons/${kind}-48.png` };
}
