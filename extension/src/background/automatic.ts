// Fills that nobody asks for, of apps that the organisation wants filled as soon as their page is there: once, where a tab
// comes from elsewhere. Never again in a tab where the app was filled, and never where a tab was at the app already: its
// page may be there because somebody signed out.

import type { FormHint, Frame } from "../../../crates/protocol/bindings/browser.ts";
import type { Task } from "../messages.ts";
import { is_known } from "./badge.ts";
import { begin_filling } from "./inject.ts";
import { right_of } from "./launch.ts";
import { ready } from "./link.ts";
import { type Automatic, remember, session, type Visit } from "./session.ts";
import { hint_for } from "./suggest.ts";
import { task } from "./task.ts";

/** Pages that lead on to the login by themselves do so at once; a person who signs out takes longer. */
const LEADING_ON = 2_000;

/** A page shows its form within this time, or is not filled. */
const WAITING = 30_000;

/** A page began on top of a tab. */
export async function automatic_arrived(frame: Frame): Promise<void> {
  if (frame.frame !== 0) return;
  remember({ automatic: session.automatic.filter(({ tab }) => tab !== frame.tab) });
  const visit = visit_of(frame);
  // What somebody launched or began is not automatic.
  if (right_of(frame) || session.flows.some(({ tab }) => tab === frame.tab)) return;
  const found = await find(frame, visit);
  if (!found) return;
  const automatic = { tab: frame.tab, document: frame.document, ...found };
  remember({ automatic: [...session.automatic, automatic] });
  await begin_filling(frame, () => automatic_task(automatic));
}

/** The app that is filled where the browser itself asks, before there is a page. */
export async function automatic_app(frame: Frame): Promise<string | null> {
  return (await find(frame, visit_of(frame)))?.app ?? null;
}

async function find(frame: Frame, visit: Visit): Promise<{ app: string; form: FormHint } | null> {
  if (visit.filled || Date.now() - visit.began > LEADING_ON) return null;
  if (!ready() || !(await is_known(frame.frame_origin))) return null;
  const hint = await hint_for(frame);
  const [account, ...more] = hint?.accounts ?? [];
  if (!hint?.form?.automatic || !account || more.length > 0) return null;
  return { app: account.app, form: hint.form };
}

export function automatic_of(frame: Frame): Automatic | null {
  return session.automatic.find(({ document }) => document === frame.document) ?? null;
}

/** One use. */
export function spend_automatic(spent: Automatic): void {
  remember({ automatic: session.automatic.filter((other) => other !== spent) });
}

export function automatic_task({ form }: Automatic): Task {
  return task(form, true, WAITING);
}

/** An account was filled into a tab. */
export function filled_in(tab: number, origin: string): void {
  const [others, before] = [
    session.visits.filter((visit) => !is_at(visit, tab, origin)),
    visit_in(tab, origin),
  ];
  remember({ visits: [...others, { tab, origin, began: before?.began ?? Date.now(), filled: true }] });
}

export function forget_tab_visits(tab: number): void {
  remember({
    visits: session.visits.filter((visit) => visit.tab !== tab),
    automatic: session.automatic.filter((automatic) => automatic.tab !== tab),
  });
}

/** Of each origin where the tab was filled one is kept, and the one where it is. */
function visit_of({ tab, top_origin }: Frame): Visit {
  const before = visit_in(tab, top_origin);
  const is_there = session.visits.findLast((visit) => visit.tab === tab) === before;
  const visit: Visit =
    before && (is_there || before.filled)
      ? before
      : { tab, origin: top_origin, began: Date.now(), filled: false };
  const kept = session.visits.filter((other) => other.tab !== tab || (other.filled && other !== visit));
  remember({ visits: [...kept, visit] });
  return visit;
}

function visit_in(tab: number, origin: string): Visit | undefined {
  return session.visits.find((visit) => is_at(visit, tab, origin));
}

function is_at(visit: Visit, tab: number, origin: string): boolean {
  return visit.tab === tab && visit.origin === origin;
}
