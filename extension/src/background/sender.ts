// Who sent a message, in the browser's own words. A missing word is a refusal. Pure.

import type { Frame } from "../../../crates/protocol/bindings/browser.ts";
import type { Sender } from "../ext.ts";

/** The page that a content script speaks from; null where the browser does not vouch for all of it. */
export function frame_of(sender: Sender, own_id: string): Frame | null {
  const { id, tab, frameId: frame, documentId: document, origin } = sender;
  if (id !== own_id || tab?.id === undefined || frame === undefined || !document || !origin) return null;
  // A document that is prerendered or kept for the back button is not one that the person sees.
  if (sender.documentLifecycle !== "active") return null;
  const frame_origin = web_origin(origin);
  const top_origin = frame === 0 ? frame_origin : web_origin(tab.url ?? "");
  if (frame_origin === null || top_origin === null || frame_origin !== origin) return null;
  return { tab: tab.id, frame, document, frame_origin, top_origin };
}

/** Whether one of our own pages speaks: popup, offer, welcome. */
export function is_own_page(sender: Sender, own_id: string, own_origin: string): boolean {
  return (
    sender.id === own_id && sender.origin === own_origin && sender.url?.startsWith(`${own_origin}/`) === true
  );
}

/** The origin of a web page's URL; null for everything that is not http or https. */
export function web_origin(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { protocol, origin } = new URL(url);
  return protocol === "https:" || protocol === "http:" ? origin : null;
}

/** A page's address without query and fragment, which may carry secrets. */
export function plain_address(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
