// What the extension's own pages ask.

import type { OfferAnswer } from "../../../crates/protocol/bindings/browser.ts";
import type { Problem } from "../../../crates/protocol/bindings/common.ts";
import type { OfferReply, Status } from "../messages.ts";
import { companion } from "./link.ts";
import type { Answer } from "./pending.ts";
import { browser_name, profile_id } from "./profile.ts";
import { remember, session } from "./session.ts";
import { accounts_for, is_let_in } from "./suggest.ts";
import { no_message } from "./wire.ts";

/** As many as Lanyard's window shows. */
const PROFILE_DIGITS = 6;

/** A page that shows the end of a connection does not `connect`: that would start again what was just ended. */
export async function status(tab: number, connect: boolean): Promise<Status> {
  const problem = connect ? await companion.connected() : session.trouble;
  const page = problem ? null : await accounts_for(tab);
  const [browser, profile, let_in] = await Promise.all([browser_name(), profile_id(), is_let_in()]);
  const { trouble, state, pairing } = session;
  return {
    browser,
    profile: profile.slice(0, PROFILE_DIGITS),
    trouble,
    let_in,
    unsaved: session.unsaved_profile !== null,
    state,
    pairing,
    page,
    notice: session.notices[tab] ?? null,
  };
}

/** Answered when the person has decided at the window. What is shown meanwhile comes from `session`. */
export async function pair(): Promise<void> {
  if ("asking" in session.pairing) return;
  remember({ pairing: { asking: {} } });
  const problem = problem_of(await companion.ask({ pair: {} }));
  remember({ pairing: problem ? { failed: problem } : { idle: {} } });
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
