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

/** A document that is shown in a tab. */
export type Shown = { frame: number; document: string; origin: string };

/** The documents of a tab that the browser lets us into, top frame first. Nothing is left in them. */
export async function documents_of(tabId: number): Promise<Shown[]> {
  try {
    const results = await ext.scripting.executeScript({
      target: { tabId, allFrames: true },
      func: () => self.origin,
      injectImmediately: true,
    });
    return results
      .map(({ frameId, documentId, result }) => ({
        frame: frameId,
        document: documentId,
        origin: `${result}`,
      }))
      .sort((one, other) => one.frame - other.frame);
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
