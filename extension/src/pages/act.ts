// What the filled button of a message does.

import { ext } from "../ext.ts";
import { ask } from "./ask.ts";
import type { Action } from "./screen.ts";

/** Does it. Resolves once there is something new to be shown; with a problem where it was not done. */
export async function act(action: Action) {
  if (action === "pair" || action === "compare") await ask.pair();
  if (action === "open") return ask.open_lanyard();
  if (action === "help") await show_help();
  if (action === "permit") await ask_to_be_let_in();
  return null;
}

/** In this tab, or in a new one where the page is the popup. */
async function show_help(): Promise<void> {
  const [tab, url] = [await ext.tabs.getCurrent(), ext.runtime.getURL("help.html")];
  if (tab) location.assign(url);
  else {
    await ext.tabs.create({ url });
    close();
  }
}

/** The browser asks the person itself. */
async function ask_to_be_let_in(): Promise<void> {
  const { host_permissions: origins = [] } = ext.runtime.getManifest();
  await ext.permissions.request({ origins });
}
