// What popup and welcome page show for a status: one thing at a time, the first that stands in the way. Pure.

import type { Account } from "../../../crates/protocol/bindings/browser.ts";
import type { Problem } from "../../../crates/protocol/bindings/common.ts";
import type { Status } from "../messages.ts";
import { strings } from "../strings.ts";

/** What the one filled button does. */
export type Action = "pair" | "open" | "retry" | null;
export type Tone = "ok" | "warn" | "dim";

export type Screen =
  | { accounts: { origin: string; accounts: Account[] } }
  | { message: { tone: Tone; heading: string; text: string; action: Action; busy: boolean } };

export function screen_of(status: Status | null): Screen {
  if (!status) return say("dim", strings.connecting, null, true);
  return in_the_way(status) ?? page_screen(status.page);
}

/** What keeps every page from being filled; null where nothing does. */
export function in_the_way({ trouble, state, pairing, browser }: Status): Screen | null {
  if (trouble) return say_problem(trouble, "retry");
  if (!state) return say("dim", strings.connecting, null, true);
  if (!state.paired) {
    if ("asking" in pairing) return say("warn", strings.asking, null, true);
    if ("failed" in pairing) return pairing_failed(pairing.failed);
    return say(
      "warn",
      { heading: strings.not_paired.heading, text: strings.not_paired.text(browser) },
      "pair",
    );
  }
  if ("unavailable" in state.vault) return say_problem(state.vault.unavailable.problem, "open");
  if (state.signed_in === null) return say("warn", strings.signed_out, "open");
  if ("locked" in state.vault) return say("warn", strings.locked, "open");
  return null;
}

function pairing_failed(problem: Problem): Screen {
  return problem.code === "declined" ? say("warn", strings.declined, "pair") : say_problem(problem, "pair");
}

function page_screen(page: Status["page"]): Screen {
  if (!page) return say("dim", strings.no_page, null);
  if (page.problem) return say_problem(page.problem, "open");
  if (page.accounts.length === 0) return say("dim", strings.no_account, null);
  return { accounts: { origin: page.origin, accounts: page.accounts } };
}

function say_problem({ message, hint }: Problem, action: Action): Screen {
  return say(
    "warn",
    { heading: strings.sentence(message).replace(/\.$/, ""), text: strings.sentence(hint) },
    action,
  );
}

function say(tone: Tone, words: { heading: string; text: string }, action: Action, busy = false): Screen {
  return { message: { tone, heading: words.heading, text: words.text, action, busy } };
}
