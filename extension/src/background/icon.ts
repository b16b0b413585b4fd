// The icon in fields: where it may be, and what a page's script tells of it.

import type { Frame } from "../../../crates/protocol/bindings/browser.ts";
import { ext } from "../ext.ts";
import type { IconSaid } from "../messages.ts";
import { word } from "../words.ts";
import { is_known, show_notice } from "./badge.ts";
import { open_chooser } from "./choose.ts";
import { session } from "./session.ts";

const SCRIPT = { files: ["icon.js"], injectImmediately: true };

/** Into a document that has the page script, where an account is known for it and nobody turned the icon off. */
export async function add_icon({ tab, document, frame_origin }: Frame): Promise<void> {
  if (!(await is_wanted(frame_origin))) return;
  await ext.scripting
    .executeScript({ target: { tabId: tab, documentIds: [document] }, ...SCRIPT })
    // The document is gone.
    .catch(() => undefined);
}

export async function icon_said({ tab, frame_origin }: Frame, said: IconSaid): Promise<void> {
  if (!(await is_wanted(frame_origin))) return;
  if (said === "clicked") await open_chooser(tab, "icon");
  else await show_notice(tab, word(said === "covered" ? "icon_covered" : "icon_fought"));
}

/** The organisation's word comes first. An older companion has none. */
async function is_wanted(origin: string): Promise<boolean> {
  if (session.state?.field_icon === false || !(await is_known(origin))) return false;
  // What cannot be read was never turned off.
  const { field_icon } = await ext.storage.local.get("field_icon").catch(() => ({ field_icon: true }));
  return field_icon !== false;
}
