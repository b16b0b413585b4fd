// Logins in several steps: what the earlier ones were told is put beside the password when that is typed, in the same tab
// and on the same site. User names and companies only; forgotten with the tab and after three minutes.

import type { Extra, Frame } from "../../../crates/protocol/bindings/browser.ts";
import type { Captured } from "../messages.ts";
import { remember, session } from "./session.ts";
import { is_same_site } from "./site.ts";

export type Step = { tab: number; origin: string; user_name: string; extras: Extra[]; ends: number };

const LIFETIME = 180_000;

/** Longer ones nobody types. */
const LONGEST = 4_096;
const MOST_EXTRAS = 8;

export function step_taken(
  frame: Frame,
  { user_name, extras }: { user_name: string; extras: Extra[] },
): void {
  if (user_name.length > LONGEST || extras.some(({ value }) => value.length > LONGEST)) return;
  const before = step_of(frame);
  const step: Step = {
    tab: frame.tab,
    origin: frame.frame_origin,
    user_name: user_name || (before?.user_name ?? ""),
    extras: merged(before?.extras ?? [], extras),
    ends: Date.now() + LIFETIME,
  };
  set_steps([...session.steps.filter(({ tab }) => tab !== frame.tab), step]);
  setTimeout(() => set_steps(session.steps.filter((other) => other !== step)), LIFETIME);
}

/** With what was typed in the steps before. Null where a password alone says nothing and nothing came before it. */
export function with_steps(frame: Frame, captured: Captured): Captured | null {
  const step = step_of(frame);
  if (!step) return captured.is_lone ? null : captured;
  return {
    ...captured,
    user_name: captured.user_name || step.user_name,
    extras: merged(step.extras, captured.extras),
  };
}

export function forget_tab_steps(tab: number): void {
  set_steps(session.steps.filter((step) => step.tab !== tab));
}

/** The worker that would have forgotten them may be gone. */
export function forget_old_steps(): void {
  set_steps(session.steps.filter(({ ends }) => ends > Date.now()));
}

function step_of({ tab, frame_origin }: Frame): Step | undefined {
  const now = Date.now();
  return session.steps.find(
    (step) => step.tab === tab && step.ends > now && is_same_site(step.origin, frame_origin),
  );
}

function merged(before: Extra[], after: Extra[]): Extra[] {
  const kept = before.filter(({ field }) => !after.some((extra) => extra.field === field));
  return [...kept, ...after].slice(0, MOST_EXTRAS);
}

function set_steps(steps: Step[]): void {
  if (steps.length !== session.steps.length || steps.some((step, at) => step !== session.steps[at]))
    remember({ steps });
}
