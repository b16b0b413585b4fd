// Puts the scripts that find, capture and fill into a page, where there is something for them to do. On every other page only
// the stub is.

import type { Frame } from "../../../crates/protocol/bindings/browser.ts";
import { ext } from "../ext.ts";
import type { Task, ToPage } from "../messages.ts";

/** In this order: each uses what the one before has there. */
const CAPTURING = ["finder.js", "page.js"];
export const FILLING = [...CAPTURING, "fill.js"];

/** What a document has, or is being given: false where it is gone. */
type Given = {
  tab: number;
  capturing: Promise<boolean>;
  filling: Promise<boolean> | null;
  /** Once its scripts have asked what there is to do: whether something is to be filled. */
  answer: Promise<boolean> | null;
  asked: () => void;
};

/** By document. Forgotten with the worker: what is put into a page again asks again, and does nothing else. */
const given = new Map<string, Given>();

/** A page that is prepared (prepare.ts) has its scripts, and asks, within this time; should it not, they are put there. */
const PREPARED = 50;

/** Into one document, and not into the one that may follow it: what captures. False where the document is gone. */
export function inject(tab: number, document: string): Promise<boolean> {
  const there = given.get(document);
  if (there) return there.capturing;
  return note(tab, document, put(tab, document, CAPTURING), null).capturing;
}

/** What captures, and what fills. */
export async function inject_filling(tab: number, document: string): Promise<boolean> {
  const there = given.get(document);
  if (!there) {
    const done = put(tab, document, FILLING);
    note(tab, document, done, done);
    return done;
  }
  there.filling ??= there.capturing.then((is_there) => is_there && put(tab, document, ["fill.js"]));
  return there.filling;
}

/** Has a document filled: its scripts ask what for, or are told, where they have asked before. False where it is gone. */
export async function begin_filling({ tab, document }: Frame, task: () => Task): Promise<boolean> {
  if (!(await inject_filling(tab, document))) return false;
  if ((await given.get(document)?.answer) === false) await tell_page(tab, document, { watch: task() });
  return true;
}

/** A document that is prepared has begun. */
export function expect_scripts(tab: number, document: string): void {
  if (given.has(document)) return;
  let asked = () => {};
  const is_there = new Promise<boolean>((resolve) => {
    asked = () => resolve(true);
    setTimeout(resolve, PREPARED, false);
  });
  const done = is_there.then((is_there) => is_there || put(tab, document, FILLING));
  note(tab, document, done, done).asked = asked;
}

/** The scripts of a document have asked what there is to do. */
export function scripts_asked(document: string, task: Promise<Task | null>): void {
  const there = given.get(document);
  if (!there) return;
  there.answer = task.then((task) => task !== null && task.milliseconds > 0);
  there.asked();
}

/** Another page comes into a tab, or the tab is closed. */
export function forget_documents(tab: number): void {
  for (const [document, there] of given) if (there.tab === tab) given.delete(document);
}

function note(
  tab: number,
  document: string,
  capturing: Promise<boolean>,
  filling: Promise<boolean> | null,
): Given {
  const noted: Given = { tab, capturing, filling, answer: null, asked: () => {} };
  given.set(document, noted);
  return noted;
}

async function put(tabId: number, document: string, files: string[]): Promise<boolean> {
  try {
    await ext.scripting.executeScript({
      target: { tabId, documentIds: [document] },
      files,
      injectImmediately: true,
    });
    return true;
  } catch {
    given.delete(document);
    return false;
  }
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
