// Logins over several steps: what is filled for the first goes on with the same account on the pages after it in the same
// tab, each part once, for two minutes. The companion keeps the same count.

import type { FormHint, Frame, Part } from "../../../crates/protocol/bindings/browser.ts";
import type { Task } from "../messages.ts";
import { is_known } from "./badge.ts";
import { is_of_app } from "./frames.ts";
import { begin_filling } from "./inject.ts";
import { type Flow, remember, session } from "./session.ts";
import { task } from "./task.ts";

const LIFETIME = 120_000;

/** A page after a step shows the next one within this time, or shows none. */
const NEXT_STEP = 30_000;

const EVERY_PART = 4;

/** The first step: whatever was under way in the tab ends. */
export function begin_flow(
  frame: Frame,
  app: string,
  fill: string,
  given: Part[],
  form: FormHint | null,
): void {
  const flow = {
    tab: frame.tab,
    app,
    fill,
    origin: frame.top_origin,
    given,
    gave_back: false,
    again: [],
    form,
    ends: Date.now() + LIFETIME,
  };
  remember({ flows: [...others(frame.tab), flow] });
}

/** The flow whose next step this page may be. */
export async function flow_of(frame: Frame): Promise<Flow | null> {
  const flow = session.flows.find((other) => other.tab === frame.tab);
  if (!flow || flow.ends <= Date.now() || flow.given.length >= EVERY_PART) return null;
  if (is_of_app(frame, flow.origin, flow.form)) return flow;
  // Some apps ask for the password at another address; which ones the companion knows.
  const is_own = frame.frame === 0 && (await is_known(frame.top_origin));
  return is_own ? flow : null;
}

/** The parts of a step that were not asked for yet. From now on they are. */
export function take_parts(flow: Flow, parts: Part[]): Part[] {
  const missing = parts.filter((part) => !flow.given.includes(part));
  flow.given = [...flow.given, ...missing];
  flow.again = [];
  remember({ flows: session.flows });
  return missing;
}

export function continue_flow(flow: Flow, fill: string): void {
  flow.fill = fill;
  flow.ends = Date.now() + LIFETIME;
  remember({ flows: session.flows });
}

/** A page that drew its form anew, or did not keep what was filled, may have it once more; the companion agrees, once. */
export function give_back(tab: number, fill: string, parts: Part[]): void {
  const flow = session.flows.find((other) => other.tab === tab && other.fill === fill);
  if (!flow || flow.gave_back) return;
  flow.given = flow.given.filter((part) => !parts.includes(part));
  flow.gave_back = true;
  flow.again = parts;
  remember({ flows: session.flows });
}

/** A page began: the next step may be on it. */
export async function flow_arrived(frame: Frame): Promise<void> {
  const flow = await flow_of(frame);
  if (flow) await begin_filling(frame, () => flow_task(flow));
}

export function flow_task({ form, ends }: Flow): Task {
  return task(form, true, Math.min(ends - Date.now(), NEXT_STEP));
}

export function forget_tab_flows(tab: number): void {
  if (session.flows.some((flow) => flow.tab === tab)) remember({ flows: others(tab) });
}

function others(tab: number): Flow[] {
  const now = Date.now();
  return session.flows.filter((flow) => flow.tab !== tab && flow.ends > now);
}
