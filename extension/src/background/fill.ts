// Fills: values go into the answer to a page's own message, so the browser itself sees to it that they reach that document
// and no other.

import type { FillCause, FillOutcome, Frame } from "../../../crates/protocol/bindings/browser.ts";
import type { Problem } from "../../../crates/protocol/bindings/common.ts";
import { ext, type Tab } from "../ext.ts";
import type { Filled, Looked, Values } from "../messages.ts";
import { filled_text, problem_text } from "../strings.ts";
import { show_notice } from "./badge.ts";
import { inject_everywhere, tell_page } from "./inject.ts";
import { take_right } from "./launch.ts";
import { companion } from "./link.ts";
import { accounts_for } from "./suggest.ts";

/** A page takes this long at most to fill and tell. */
const PATIENCE = 10_000;

/** What the person asked for and is waiting to see. In memory only: if the worker ends, nothing is filled. */
type Wish = { tab: number; app: string; fill: string | null; done: (filled: Filled) => void };

const wishes = new Map<string, Wish>();

/** Fills on their way, by the document that may tell what became of them. */
const under_way = new Map<string, string>();

/** A page has a login form. Its values, if the person launched it or asked for it. */
export async function form_found(frame: Frame, wish_id: string): Promise<Values | null> {
  const wish = wishes.get(wish_id);
  if (wish && wish.tab === frame.tab && wish.fill === null)
    return fill(frame, wish.app, { gesture: {} }, wish);
  if (wish_id !== "") return null;
  const right = take_right(frame);
  return right && fill(frame, right.app, { launch: { launch: right.launch } }, null);
}

/** A page tells what became of its fill. */
export async function fill_ended(frame: Frame, id: string, outcome: FillOutcome): Promise<void> {
  if (under_way.get(id) !== frame.document) return;
  under_way.delete(id);
  const filled: Filled = "filled" in outcome ? outcome.filled : { not_filled: outcome.not_filled.reason };
  const wish = [...wishes.values()].find((other) => other.fill === id);
  if (wish) wish.done(filled);
  await show_notice(frame.tab, filled_text(filled));
  await companion.ask({ fill_ended: { fill: id, outcome } });
}

/** Fills one account into whichever frame of a tab has the form. */
export async function fill_by_gesture(tab: number, app: string): Promise<Filled> {
  const filled = await find_and_fill(tab, app);
  await show_notice(tab, filled_text(filled));
  return filled;
}

/** The keyboard shortcut: with exactly one account for the page it fills, else the popup asks or says why not. */
export async function fill_by_shortcut(tab: Tab): Promise<void> {
  if (tab.id === undefined) return;
  const found = await accounts_for(tab.id);
  const [account, ...more] = found?.accounts ?? [];
  if (account && more.length === 0) {
    await fill_by_gesture(tab.id, account.app);
    return;
  }
  if (found?.problem) await show_notice(tab.id, problem_text(found.problem));
  // Not every browser lets the popup be opened; the icon shows that something is to be read there.
  await ext.action.openPopup?.().catch(() => undefined);
}

async function fill(frame: Frame, app: string, cause: FillCause, wish: Wish | null): Promise<Values | null> {
  const answer = await companion.ask({ fill: { frame, app, cause } });
  if ("ok" in answer && "fill" in answer.ok) {
    const values = answer.ok.fill;
    under_way.set(values.fill, frame.document);
    if (wish) wish.fill = values.fill;
    return values;
  }
  if ("problem" in answer) await refused(frame, answer.problem, wish);
  return null;
}

async function refused(frame: Frame, problem: Problem, wish: Wish | null): Promise<void> {
  if (wish) wish.done({ problem });
  else await show_notice(frame.tab, problem_text(problem));
}

async function find_and_fill(tab: number, app: string): Promise<Filled> {
  const documents = await inject_everywhere(tab);
  if (documents.length === 0) return { not_filled: "no_page" };
  const id = crypto.randomUUID();
  const filled = new Promise<Filled>((done) => {
    wishes.set(id, { tab, app, fill: null, done });
    setTimeout(() => done({ not_filled: "page_changed" }), PATIENCE);
  });
  try {
    for (const document of documents) {
      const looked = await tell_page<Looked>(tab, document, { look: { wish: id } });
      if (looked?.found) return await filled;
    }
    return { not_filled: "no_form" };
  } finally {
    wishes.delete(id);
  }
}
