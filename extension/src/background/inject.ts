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

/** Presses what has an attribute among the page's own scripts: a link that runs one of them is refused to anybody else. */
export async function press_in_page(tabId: number, document: string, mark: string): Promise<null> {
  if (!/^lanyard-[0-9a-f-]{36}$/.test(mark)) return null;
  const target = { tabId, documentIds: [document] };
  await ext.scripting
    .executeScript({ target, world: "MAIN", func: press, args: [mark], injectImmediately: true })
    .catch(() => undefined);
  return null;
}

/** Runs in the page. */
function press(mark: string): void {
  const control = document.querySelector(`[${mark}]`);
  if (!(control instanceof HTMLElement)) return;
  control.removeAttribute(mark);
  control.click();
}

/** Asks the script in a document. Undefined where the document is gone, or is a foreign frame. */
export async function tell_page<Reply>(
  tabId: number,
  documentId: string,
  message: ToPage,
): Promise<Reply | undefined> {
  return ext.tabs.sendMessage(tabId, message, { documentId }).catch(() => undefined);
}
