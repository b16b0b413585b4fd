// Puts the script that finds, fills and captures into a page, where there is something for it to do. On every other page
// only the stub is.

import { ext } from "../ext.ts";
import type { ToPage } from "../messages.ts";

const SCRIPT = { files: ["page.js"], injectImmediately: true };

/** Into one document, and not into the one that may follow it. False where the document is gone. */
export async function inject(tabId: number, document: string): Promise<boolean> {
  const done = ext.scripting.executeScript({ target: { tabId, documentIds: [document] }, ...SCRIPT });
  return done.then(
    () => true,
    () => false,
  );
}

/** Into all frames of a tab that the browser lets us into; the documents it went into, top frame first. */
export async function inject_everywhere(tabId: number): Promise<string[]> {
  try {
    const results = await ext.scripting.executeScript({ target: { tabId, allFrames: true }, ...SCRIPT });
    results.sort((one, other) => one.frameId - other.frameId);
    return results.map(({ documentId }) => documentId);
  } catch {
    return [];
  }
}

/** Asks the script in a document. Undefined where the document is gone, or is a foreign frame. */
export async function tell_page<Reply>(
  tabId: number,
  documentId: string,
  message: ToPage,
): Promise<Reply | undefined> {
  return ext.tabs.sendMessage(tabId, message, { documentId }).catch(() => undefined);
}
