// What the extension says of fills and problems.

import type { Problem } from "../../crates/protocol/bindings/common.ts";
import type { Filled, Trouble } from "./messages.ts";
import { type Key, translated, word } from "./words.ts";

/** Problems come in lower case and without a full stop. */
export function sentence(said: string): string {
  const text = translated(said);
  const first = text.charAt(0).toLocaleUpperCase() + text.slice(1);
  return /[.?:]$/u.test(first) ? first : `${first}.`;
}

export function problem_text({ message, hint }: Problem): string {
  return `${sentence(message)} ${sentence(hint)}`;
}

/** What to say of a fill; null where the page shows it. */
export function filled_text(filled: Filled): string | null {
  if ("submitted" in filled) return null;
  if ("problem" in filled) return problem_text(filled.problem);
  return word(NOT_FILLED[filled.not_filled]);
}

/** A definition that does not fit a page is not the person's to mend. */
export function trouble_problem({ selector, why }: Trouble): Problem {
  const message = word(why === "invalid" ? "selector_invalid" : "selector_several", selector);
  return { code: "invalid", message, hint: word("selector_hint") };
}

export function trouble_text(trouble: Trouble | null): string | null {
  return trouble && problem_text(trouble_problem(trouble));
}

const NOT_FILLED = {
  no_form: "no_form",
  no_page: "no_way_in",
  page_changed: "page_changed",
  form_gone: "form_gone",
  values_not_kept: "values_not_kept",
  covered: "covered",
  too_long: "too_long",
  foreign_action: "foreign_action",
  other_account: "other_account",
  rejected: "rejected",
} satisfies Record<string, Key>;
