// What the pages show for a status: one thing at a time, the first that stands in the way. Pure.

import type { Account } from "../../../crates/protocol/bindings/browser.ts";
import type { Problem } from "../../../crates/protocol/bindings/common.ts";
import type { PageStatus, Pairing, Status } from "../messages.ts";
import { sentence } from "../strings.ts";
import { type Key, word } from "../words.ts";

/** What the one filled button does. */
export type Action = "pair" | "compare" | "open" | "retry" | "help" | "permit" | null;
export type Tone = "ok" | "warn" | "dim";

export type Message = { tone: Tone; heading: string; text: string; action: Action; busy: boolean };
export type Screen = { accounts: Account[] } | { message: Message };

export function screen_of(status: Status | null): Screen {
  if (!status) return say("dim", "connecting", "connecting_text", null, true);
  return in_the_way(status) ?? page_screen(status);
}

/** What keeps every page from being filled; null where nothing does. */
export function in_the_way({ trouble, state, pairing, browser }: Status): { message: Message } | null {
  if (trouble) return say_problem(trouble, trouble.code === "not_found" ? "help" : "retry");
  const unpaired = state ? null : not_paired(pairing, browser);
  if (unpaired) return unpaired;
  if (!state) return say("dim", "connecting", "connecting_text", null, true);
  if ("unavailable" in state.vault) return say_problem(state.vault.unavailable.problem, "open");
  if (state.signed_in === null) return say("warn", "signed_out", "signed_out_text", "open");
  if ("locked" in state.vault) return say("warn", "locked", "locked_text", "open");
  return null;
}

export function show(tone: Tone, heading: string, text: string, action: Action, busy = false) {
  return { message: { tone, heading, text, action, busy } };
}

/** How far the pairing is; null where it is not known that there is none. */
function not_paired(pairing: Pairing, browser: string) {
  if ("none" in pairing)
    return show("warn", word("not_connected"), word("not_connected_text", browser), "pair");
  if ("asking" in pairing) return say("warn", "asking", "asking_text", null, true);
  if ("comparing" in pairing) return say("warn", "comparing", "comparing_text", "compare");
  if ("confirmed" in pairing) return say("warn", "confirmed", "confirmed_text", null, true);
  if ("failed" in pairing) return pairing_failed(pairing.failed);
  if ("other" in pairing) return say("warn", "other_lanyard", "other_lanyard_text", "pair");
  if ("copied" in pairing) return say("warn", "profile_copied", "profile_copied_text", "pair");
  return null;
}

function pairing_failed(problem: Problem) {
  return problem.code === "declined"
    ? say("warn", "declined", "declined_text", "pair")
    : say_problem(problem, "pair");
}

function page_screen({ page, let_in }: Status): Screen {
  if (!let_in) return say("warn", "kept_out", "kept_out_text", "permit");
  if (!page) return say("dim", "no_page", "no_page_text", null);
  if (page.problem) return say_problem(page.problem, "open");
  if (page.accounts.length === 0) return say("dim", "no_account", NO_ACCOUNT[page.saving ?? "offered"], null);
  return { accounts: page.accounts };
}

const NO_ACCOUNT = {
  offered: "no_account_text",
  never: "no_account_never",
  off: "no_account_off",
  forbidden: "no_account_forbidden",
} satisfies Record<NonNullable<PageStatus["saving"]>, Key>;

function say_problem({ message, hint }: Problem, action: Action) {
  return show("warn", sentence(message).replace(/\.$/, ""), sentence(hint), action);
}

function say(tone: Tone, heading: Key, text: Key, action: Action, busy = false) {
  return show(tone, word(heading), word(text), action, busy);
}
