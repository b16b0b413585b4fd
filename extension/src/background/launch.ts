// Launches: the right to fill one app once, because the person opened it from Lanyard. It is bound to one tab, ends by
// itself, and never leaves this worker.

import type { Frame, Launch } from "../../../crates/protocol/bindings/browser.ts";
import { ext, type Tab } from "../ext.ts";
import type { Task } from "../messages.ts";
import { Arrivals } from "./arrivals.ts";
import { is_of_app } from "./frames.ts";
import { begin_filling } from "./inject.ts";
import { keep_prepared, prepare_pages } from "./prepare.ts";
import { web_origin } from "./sender.ts";
import { type Right, remember, remembered, session } from "./session.ts";
import { task } from "./task.ts";

const unconnected_arrivals = new Arrivals();
const RIGHT_AFTER = 2_000;

/** Launches whose page is being opened. */
let beginning: Promise<unknown> = Promise.resolve();

/** A launch came from the companion. */
export function begin_launch(launch: Launch, greeted_at: number | null): void {
  beginning = Promise.allSettled([beginning, begin(launch, greeted_at)]);
}

/** Whoever comes before a page does, as a question for a sign-in does, waits until its tab is known. */
export async function launches_begun(): Promise<void> {
  await beginning;
}

async function begin(launch: Launch, greeted_at: number | null): Promise<void> {
  await remembered;
  const right: Right = {
    launch: launch.launch,
    app: launch.app,
    origin: launch.origin,
    ends: Date.now() + launch.expires_in,
    tab: null,
    form: launch.form ?? null,
  };
  await prepare_pages(right.launch, right.origin);
  setTimeout(end_old_rights, launch.expires_in);
  if (launch.open !== null) {
    // Bound to the tab before its page can begin: no other tab at the same origin can come first.
    const tab = await open_tab(launch.open);
    if (tab?.id === undefined) return;
    right.tab = tab.id;
    remember({ rights: [...live_rights(), right] });
    await ext.windows.update(tab.windowId, { focused: true });
    return;
  }
  remember({ rights: [...live_rights(), right] });
  const is_just_greeted = greeted_at !== null && performance.now() - greeted_at < RIGHT_AFTER;
  if (!is_just_greeted) return;
  const earlier = unconnected_arrivals.latest(right.origin, performance.now());
  if (earlier) await watch_for_form(earlier);
}

/** A page began. If a launch waits for it, its form is looked for. */
export async function launch_arrived(frame: Frame, connected: boolean): Promise<void> {
  if (frame.frame === 0) {
    if (connected) unconnected_arrivals.clear();
    else unconnected_arrivals.add(frame, performance.now());
  }
  await watch_for_form(frame);
}

/** The right that waits for this page; the first page at its origin binds it to its tab. */
export function bound_right(frame: Frame): Right | null {
  const right = live_rights().find(
    (other) => is_for(other, frame) && (other.tab ?? (frame.frame === 0 ? frame.tab : null)) === frame.tab,
  );
  if (right && right.tab === null) bind(right, frame.tab);
  return right ?? null;
}

/** The right that is bound to this page's tab. */
export function right_of(frame: Frame): Right | null {
  return live_rights().find((other) => is_for(other, frame) && other.tab === frame.tab) ?? null;
}

/** One use: what comes after it in the tab continues it (flows.ts). */
export function spend_right(right: Right): void {
  set_rights(session.rights.filter((other) => other.launch !== right.launch));
}

/** The worker that would have ended them may be gone. */
export function end_old_rights(): void {
  set_rights(live_rights());
}

export function forget_tab_rights(tab: number): void {
  if (session.rights.some((right) => right.tab === tab)) {
    set_rights(session.rights.filter((right) => right.tab !== tab));
  }
}

async function watch_for_form(frame: Frame): Promise<void> {
  const is_first = live_rights().some((other) => is_for(other, frame) && other.tab === null);
  // Before anything is waited for: the next page that begins finds it bound.
  const right = bound_right(frame);
  if (!right) return;
  const is_there = await begin_filling(frame, () => right_task(right));
  if (!is_there && is_first) bind(right, null);
}

export function right_task({ form, ends }: Right): Task {
  return task(form, true, ends - Date.now());
}

/** Rights that are left after one was used or its tab closed. */
function set_rights(rights: Right[]): void {
  remember({ rights });
  void keep_prepared(rights.map((right) => right.launch));
}

function bind(right: Right, tab: number | null): void {
  right.tab = tab;
  remember({ rights: session.rights });
}

function is_for(right: Right, frame: Frame): boolean {
  return is_of_app(frame, right.origin, right.form);
}

function live_rights(): Right[] {
  const now = Date.now();
  return session.rights.filter((right) => right.ends > now);
}

/** The companion's URL goes to the browser as it is, if it is one of a web page. */
async function open_tab(url: string): Promise<Tab | undefined> {
  if (web_origin(url) === null) return undefined;
  try {
    return await ext.tabs.create({ url, active: true });
  } catch {
    // No window is open any longer, only the browser's background: make one.
    const window = await ext.windows.create({ url, focused: true });
    return window?.tabs?.[0];
  }
}
