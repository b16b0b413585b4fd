// The window in which a security key is used, and what comes after it, or after the PIN that Lanyard's own window asks for.
// Nothing is decided here: the companion made the question, and verifies the answer.

import type { Problem } from "../../../crates/protocol/bindings/common.ts";
import type { KeyAnswer } from "../../../crates/protocol/bindings/security_key.ts";
import { ext } from "../ext.ts";
import type { KeyTaskReply } from "../messages.ts";
import { problem_text } from "../strings.ts";
import { show_notice } from "./badge.ts";
import { companion } from "./link.ts";
import { remember, session } from "./session.ts";
import { no_message } from "./wire.ts";

const [WIDTH, HEIGHT] = [380, 400];

/** A task, its window, and what is filled once it is done. */
export type KeyPage = {
  task: string;
  /** The tab of our own window; none until it is there, or where Lanyard's window asks. */
  window_tab: number | null;
  fill: { tab: number; app: string } | null;
};

/** The companion wants a key to be used. */
export async function use_security_key(task: string, fill: KeyPage["fill"] = null): Promise<void> {
  await_task(task, fill);
  const url = ext.runtime.getURL(`security-key.html?task=${encodeURIComponent(task)}`);
  const wanted = { url, type: "popup" as const, width: WIDTH, height: HEIGHT, focused: true };
  const window = await ext.windows.create(wanted);
  // One that is closed before it has spoken gives up, too.
  const tab = window?.tabs?.[0]?.id;
  if (tab !== undefined) is_in(task, tab);
}

/** An app wants a key or the PIN before it is filled: has it asked for, and fills after it where there is a form. */
export async function verify_first(tab: number, app: string, has_form = true): Promise<void> {
  const answer = await companion.ask({ verify: { app } });
  if ("problem" in answer) return show_notice(tab, problem_text(answer.problem));
  const fill = has_form ? { tab, app } : null;
  if ("key_task" in answer.ok) await use_security_key(answer.ok.key_task.task, fill);
  if ("asked_in_window" in answer.ok) await_task(answer.ok.asked_in_window.task, fill);
}

/** Lanyard's window has asked for the PIN. What waited for it goes on, where it counts. */
export async function verified(
  { task, problem }: { task: string; problem: Problem | null },
  fill: (tab: number, app: string) => Promise<unknown>,
): Promise<void> {
  const waiting = end(task)?.fill;
  if (!waiting) return;
  if (problem) await show_notice(waiting.tab, problem_text(problem));
  else await fill(waiting.tab, waiting.app);
}

/** Our window is there, and asks what for. */
export async function key_task(task: string, window_tab: number): Promise<KeyTaskReply> {
  is_in(task, window_tab);
  const answer = await companion.ask({ security_key: { task } });
  if ("problem" in answer) return answer;
  return "security_key" in answer.ok ? { task: answer.ok.security_key } : { problem: no_message() };
}

/** The key has answered. Null where it counts; then what waited for it goes on. */
export async function key_answered(
  task: string,
  { json, secret }: { json: string; secret: string | null },
  fill: (tab: number, app: string) => Promise<unknown>,
): Promise<Problem | null> {
  const page = end(task);
  const problem = await tell(task, { credential: secret === null ? { json } : { json, secret } });
  if (!problem && page?.fill) void fill(page.fill.tab, page.fill.app);
  return problem;
}

/** Our window was closed. */
export function forget_key_page(tab: number): void {
  const page = session.key_pages.find((other) => other.window_tab === tab);
  if (!page) return;
  end(page.task);
  void tell(page.task, { gave_up: {} });
}

function await_task(task: string, fill: KeyPage["fill"]): void {
  remember({ key_pages: [...session.key_pages, { task, window_tab: null, fill }] });
}

function is_in(task: string, window_tab: number): void {
  const key_pages = session.key_pages.map((page) => (page.task === task ? { ...page, window_tab } : page));
  remember({ key_pages });
}

function end(task: string): KeyPage | undefined {
  const page = session.key_pages.find((other) => other.task === task);
  remember({ key_pages: session.key_pages.filter((other) => other !== page) });
  return page;
}

async function tell(task: string, answer: KeyAnswer): Promise<Problem | null> {
  const told = await companion.ask({ answer_security_key: { task, answer } });
  return "problem" in told ? told.problem : null;
}
