// Why the companion cannot be reached, in words for the person. Pure.

import type { Code, Problem } from "../../../crates/protocol/bindings/common.ts";
import { type Key, word } from "../words.ts";
import { ChannelError } from "./channel/error.ts";

/** What browsers say when a native messaging host ends, and what it means: Chromium first, then Firefox. */
const KNOWN: [said: RegExp, code: Code, message: Key, hint: Key][] = [
  [/host not found|No such native application/, "not_found", "not_installed", "not_installed_hint"],
  [/host is forbidden/, "unavailable", "foreign", "foreign_hint"],
  [/Failed to start/, "unavailable", "not_started", "not_started_hint"],
  [/has exited/, "unavailable", "ended", "open_again_hint"],
];

export function trouble_of(last_error: string | undefined): Problem {
  const known = KNOWN.find(([said]) => last_error !== undefined && said.test(last_error));
  const [, code, message, hint] = known ?? [
    null,
    "unavailable" as const,
    "lost" as const,
    "open_again_hint" as const,
  ];
  return { code, message: word(message), hint: word(hint) };
}

/** Somebody in between, or a companion of another kind. What was sent says nothing of what it was. */
export function channel_trouble(error: unknown): Problem {
  const too_long = error instanceof ChannelError && error.problem === "too_long";
  if (too_long) return { code: "invalid", message: word("too_much"), hint: word("too_much_hint") };
  return { code: "unavailable", message: word("in_between"), hint: word("in_between_hint") };
}

/** Nothing is asked before the person connected this browser. */
export function not_paired(): Problem {
  return { code: "not_paired", message: word("not_paired"), hint: word("not_paired_hint") };
}

export function code_too_late(): Problem {
  return { code: "declined", message: word("code_too_late"), hint: word("code_too_late_hint") };
}
