// What the extension's own pages ask.

import type { OfferAnswer } from "../../../crates/protocol/bindings/browser.ts";
import type { Problem } from "../../../crates/protocol/bindings/common.ts";
import type { OfferReply, Status } from "../messages.ts";
import { browser_name } from "./browser-name.ts";
import { profile_digits } from "./keys.ts";
import { companion } from "./link.ts";
import { open_pair_window } from "./pair-window.ts";
import type { Answer } from "./pending.ts";
import { remember, session } from "./session.ts";
import { accounts_for, is_let_in } from "./suggest.ts";
import { no_message } from "./wire.ts";

/** A page that shows the end of a connection does not `connect`: that would start again what was just ended. */
export async function status(tab: number, connect: boolean): Promise<Status> {
  const problem = connect ? await companion.connected() : session.trouble;
  const page = problem ? null : await accounts_for(tab);
  const [browser, profile, let_in] = await Promise.all([browser_name(), profile_digits(), is_let_in()]);
  const { trouble, state, pairing } = session;
  return {
    browser,
    profile,
    trouble,
    let_in,
    unsaved: session.unsaved,
    state,
    pairing,
    page,
    notice: session.notices[tab] ?? null,
  };
}

/** What becomes of it is in `session`. A code that waits is shown again. */
export async function pair(): Promise<void> {
  if ("comparing" in session.pairing) return open_pair_window();
  if ("asking" in session.pairing || "confirmed" in session.pairing) return;
  // Who knew another companion, or has a copy, begins anew.
  const begin = "other" in session.pairing ? companion.pair_anew() : companion.pair();
  remember({ pairing: { asking: {} } });
  const problem = await begin;
  if (problem) remember({ pairing: { failed: problem } });
}

/** The person compared the code. */
export async function compared(is_same: boolean): Promise<void> {
  if (!("comparing" in session.pairing)) return;
  if (is_same) remember({ pairing: { confirmed: {} } });
  await companion.confirm(is_same);
}

export async function open_lanyard(): Promise<Problem | null> {
  return problem_of(await companion.ask({ open_lanyard: {} }));
}

export async function get_offer(capture: string): Promise<OfferReply> {
  const answer = await companion.ask({ offer: { capture } });
  if ("problem" in answer) return answer;
  return "offer" in answer.ok ? { offer: answer.ok.offer } : { problem: no_message() };
}

export async function answer_offer(capture: string, answer: OfferAnswer): Promise<Problem | null> {
  return problem_of(await companion.ask({ answer_offer: { capture, answer } }));
}

function problem_of(answer: Answer): Problem | null {
  return "problem" in answer ? answer.problem : null;
}
