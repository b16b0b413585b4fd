// Fills: values go into the answer to a page's own message, so the browser itself sees to it that they reach that document
// and no other.

import type {
  FillCause,
  FillOutcome,
  FormHint,
  Frame,
  NotFilled,
  Part,
} from "../../../crates/protocol/bindings/browser.ts";
import type { Problem } from "../../../crates/protocol/bindings/common.ts";
import { ext, type Tab } from "../ext.ts";
import type { Asked, Filled, Looked, Task, Trouble, Values } from "../messages.ts";
import { filled_text, problem_text, trouble_problem, trouble_text } from "../strings.ts";
import { automatic_of, automatic_task, filled_in, spend_automatic } from "./automatic.ts";
import { is_known, show_notice } from "./badge.ts";
import { open_chooser } from "./choose.ts";
import { chosen } from "./chosen.ts";
import { begin_flow, continue_flow, flow_of, flow_task, give_back, take_parts } from "./flows.ts";
import { is_way_out, names } from "./frames.ts";
import { documents_of, inject_filling, tell_page } from "./inject.ts";
import { bound_right, right_of, right_task, spend_right } from "./launch.ts";
import { companion, ready } from "./link.ts";
import { verify_first } from "./security-key.ts";
import type { Flow } from "./session.ts";
import { step_taken } from "./steps.ts";
import { accounts_for, hint_for, top_page } from "./suggest.ts";
import { known, task } from "./task.ts";

/** A page takes this long at most to fill and tell. */
const PATIENCE = 10_000;

/** What the person asked for and is waiting to see. In memory only: if the worker ends, nothing is filled. */
type Wish = {
  tab: number;
  app: string;
  form: FormHint | null;
  fill: string | null;
  done: (filled: Filled) => void;
};

/** Nothing of what was given stayed in the page: the form may be drawn anew, and ask again. */
const NOTHING_STAYED: NotFilled[] = ["page_changed", "form_gone", "values_not_kept"];

const wishes = new Map<string, Wish>();

/** A fill on its way: the document that may tell what became of it, and what its page asked for. */
type UnderWay = { document: string; parts: Part[]; trouble: Trouble | null };

const under_way = new Map<string, UnderWay>();

/** A page has a form. What it asks for, if the person launched it or asked for it, or it is the next step of that. */
export async function form_found(frame: Frame, asked: Asked): Promise<Values | null> {
  if (asked.parts.length === 0) return null;
  const wish = wishes.get(asked.wish);
  if (wish && wish.tab === frame.tab && wish.fill === null) {
    if (is_way_out(asked.action, frame.frame_origin, wish.form, true)) return refused_action(frame, wish);
    return fill(frame, { app: wish.app, cause: { gesture: {} }, form: wish.form }, asked, wish);
  }
  return asked.wish === "" ? fill_unasked(frame, asked) : null;
}

/** A page tells what became of its fill. */
export async function fill_ended(frame: Frame, id: string, outcome: FillOutcome): Promise<void> {
  const ended = under_way.get(id);
  if (ended?.document !== frame.document) return;
  under_way.delete(id);
  if ("not_filled" in outcome && NOTHING_STAYED.includes(outcome.not_filled.reason))
    give_back(frame.tab, id, ended.parts);
  const filled: Filled = "filled" in outcome ? outcome.filled : { not_filled: outcome.not_filled.reason };
  const wish = [...wishes.values()].find((other) => other.fill === id);
  if (wish) wish.done(filled);
  await show_notice(frame.tab, filled_text(filled) ?? trouble_text(ended.trouble));
  await companion.ask({ fill_ended: { fill: id, outcome } });
}

/** Fills one account into whichever frame of a tab has the form. */
export async function fill_by_gesture(tab: number, app: string): Promise<Filled> {
  const filled = await find_and_fill(tab, app);
  // Of what came into the page the page itself has told.
  if (!("submitted" in filled)) await show_notice(tab, filled_text(filled));
  return filled;
}

/** The keyboard shortcut: fills the only account of the page or the tab's, asks which where there are several, else says why not. */
export async function fill_by_shortcut(tab: Tab): Promise<void> {
  if (tab.id === undefined) return;
  const found = await accounts_for(tab.id);
  const account = chosen(tab.id, found?.accounts ?? []);
  if (account) return void (await fill_by_gesture(tab.id, account.app));
  if (found && found.accounts.length > 1) return open_chooser(tab.id, "keys");
  if (found?.problem) await show_notice(tab.id, problem_text(found.problem));
  // Not every browser lets the popup be opened; the icon shows that something is to be read there.
  await ext.action.openPopup?.().catch(() => undefined);
}

/** What makes a fill somebody's wish, without anybody asking for it on this page. */
async function fill_unasked(frame: Frame, asked: Asked): Promise<Values | null> {
  const { parts, action } = asked;
  const right = right_of(frame);
  if (right) {
    if (is_way_out(action, frame.frame_origin, right.form, false)) return refused_action(frame, null);
    spend_right(right);
    const { app, launch, form } = right;
    return fill(frame, { app, cause: { launch: { launch } }, form }, asked, null);
  }
  const flow = await flow_of(frame);
  if (flow) {
    if (parts.every((part) => flow.given.includes(part))) return null;
    if (!flow.again.every((part) => parts.includes(part))) return null;
    if (is_way_out(action, frame.frame_origin, flow.form, false)) return refused_action(frame, null);
    return fill_step(frame, flow, asked);
  }
  const automatic = automatic_of(frame);
  if (!automatic) return null;
  spend_automatic(automatic);
  const { app, form } = automatic;
  if (is_way_out(action, frame.frame_origin, form, false)) return refused_action(frame, null);
  return fill(frame, { app, cause: { arrival: {} }, form }, asked, null);
}

async function fill_step(frame: Frame, flow: Flow, asked: Asked): Promise<Values | null> {
  const missing = take_parts(flow, asked.parts);
  const { app } = flow;
  const answer = await companion.ask({
    fill: { frame, app, cause: { continue: { fill: flow.fill } }, parts: missing },
  });
  // A step that there is nothing for is the person's: nobody asked for it.
  if ("problem" in answer || !("fill" in answer.ok)) return null;
  continue_flow(flow, answer.ok.fill.fill);
  return on_its_way(frame, answer.ok.fill, { ...asked, parts: missing });
}

type Why = { app: string; cause: FillCause; form: FormHint | null };

async function fill(frame: Frame, why: Why, asked: Asked, wish: Wish | null): Promise<Values | null> {
  const { parts } = asked;
  const { app, cause, form } = why;
  const answer = await companion.ask({ fill: { frame, app, cause, parts } });
  if ("ok" in answer && "fill" in answer.ok) {
    const values = answer.ok.fill;
    if (wish) wish.fill = values.fill;
    begin_flow(frame, app, values.fill, parts, form);
    return on_its_way(frame, values, asked);
  }
  if ("problem" in answer) {
    await refused(frame, answer.problem, wish);
    // Nobody asked for what fills by itself: no window comes up for it.
    if (answer.problem.code === "not_verified" && !("arrival" in cause)) void verify_first(frame.tab, app);
  }
  return null;
}

function on_its_way(frame: Frame, values: Values, { parts, trouble }: Asked): Values {
  under_way.set(values.fill, { document: frame.document, parts, trouble: trouble ?? null });
  const { user_name, password, extras = [] } = values;
  // Should the person type the password that comes after it.
  if (user_name && password === undefined) step_taken(frame, { user_name, extras });
  filled_in(frame.tab, frame.top_origin);
  return values;
}

async function refused(frame: Frame, problem: Problem, wish: Wish | null): Promise<void> {
  if (wish) wish.done({ problem });
  else await show_notice(frame.tab, problem_text(problem));
}

async function refused_action(frame: Frame, wish: Wish | null): Promise<null> {
  const filled: Filled = { not_filled: "foreign_action" };
  if (wish) wish.done(filled);
  else await show_notice(frame.tab, filled_text(filled));
  return null;
}

async function find_and_fill(tab: number, app: string): Promise<Filled> {
  const page = await top_page(tab);
  if (!page) return { not_filled: "no_page" };
  const [hint, documents] = await Promise.all([hint_for(page.frame), documents_of(tab)]);
  const form = hint?.form ?? null;
  const top_origin = page.frame.frame_origin;
  const id = crypto.randomUUID();
  const filled = new Promise<Filled>((done) => {
    wishes.set(id, { tab, app, form, fill: null, done });
    setTimeout(() => done({ not_filled: "page_changed" }), PATIENCE);
  });
  // A page may answer late: what came of the wish is told before what follows from it, as a key that is asked for.
  const ended: Promise<Looked> = filled.then(() => ({ found: true, covered: false }));
  let covered = false;
  let trouble: Trouble | null = null;
  try {
    for (const { document, origin } of documents) {
      if (origin !== top_origin && !names(form, origin)) continue;
      if (!(await inject_filling(tab, document))) continue;
      const look = { wish: id, known: known(form, true) };
      const looked = await Promise.race([tell_page<Looked>(tab, document, { look }), ended]);
      if (looked?.found) return await filled;
      covered ||= looked?.covered === true;
      trouble ??= looked?.trouble ?? null;
    }
    if (trouble) return { problem: trouble_problem(trouble) };
    return { not_filled: covered ? "covered" : "no_form" };
  } finally {
    wishes.delete(id);
  }
}

/** Frames that an app names get the script where something waits for a form; they do not ask for it themselves. */
export async function frame_loaded(top: Frame): Promise<void> {
  const waiting = (await task_of(top)) ?? (await known_task(top));
  if (!waiting?.form || !waiting.task.frames) return;
  for (const { frame, document, origin } of await documents_of(top.tab)) {
    if (frame === 0 || origin === top.frame_origin || !names(waiting.form, origin)) continue;
    if (await inject_filling(top.tab, document))
      await tell_page(top.tab, document, { watch: { ...waiting.task, frames: false } });
  }
}

/** The script of a page is there, and asks what for. */
export async function page_begun(frame: Frame): Promise<Task | null> {
  const waiting = (await task_of(frame)) ?? (await known_task(frame));
  return waiting?.task ?? null;
}

type Waiting = { task: Task; form: FormHint | null };

/** Nothing is filled there, but what a person types may be captured. */
async function known_task(frame: Frame): Promise<Waiting | null> {
  if (!ready() || !(await is_known(frame.frame_origin))) return null;
  const hint = await hint_for(frame);
  return (
    hint && { task: task(hint.form, hint.form !== null || hint.accounts.length > 0, 0), form: hint.form }
  );
}

async function task_of(frame: Frame): Promise<Waiting | null> {
  const right = bound_right(frame);
  if (right) return { task: right_task(right), form: right.form };
  const flow = await flow_of(frame);
  if (flow) return { task: flow_task(flow), form: flow.form };
  const automatic = automatic_of(frame);
  return automatic && { task: automatic_task(automatic), form: automatic.form };
}
