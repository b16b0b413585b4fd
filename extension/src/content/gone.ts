// Whether a form that was sent goes away without another document coming. Watched for only while an attempt is open.

import type { FoundForm, Known, Purpose } from "./finder/found.ts";
import { is_visible } from "./finder/visible.ts";
import { forms_here } from "./forms.ts";
import { watch_page } from "./watch.ts";

/** A form that is gone for so long does not come back with an error. */
const STAYS_GONE = 700;

/** A page that is busy is looked at less; whether the field is there costs next to nothing. */
const EVERY = 1_000;

/** True once neither the form nor another one that asks for the same is there; false when the time is over. */
export function until_gone(
  form: FoundForm,
  known: () => Known,
  milliseconds: number,
  signal: AbortSignal,
): Promise<boolean> {
  const field = form.new_passwords[0] ?? form.current_password;
  return new Promise((resolve) => {
    const ending = new AbortController();
    let again: ReturnType<typeof setTimeout> | undefined;
    const end = (is_gone: boolean) => {
      ending.abort();
      clearTimeout(again);
      clearTimeout(last);
      clearInterval(regular);
      resolve(is_gone);
    };
    const is_here = () => is_there(form.purpose, field, known());
    const look = () => {
      clearTimeout(again);
      if (!is_here()) again = setTimeout(() => is_here() || end(true), STAYS_GONE);
    };
    const last = setTimeout(() => end(false), milliseconds);
    const regular = setInterval(look, EVERY);
    signal.addEventListener("abort", () => end(false), { once: true, signal: ending.signal });
    watch_page(milliseconds, look, ending.signal);
  });
}

/** The status of the first answer that a script got since then; 0 where there was none or the browser does not tell. */
export function first_answer_since(time: number): number {
  const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
  const is_asked = ({ initiatorType, startTime }: PerformanceResourceTiming) =>
    startTime >= time && (initiatorType === "fetch" || initiatorType === "xmlhttprequest");
  return entries.find(is_asked)?.responseStatus ?? 0;
}

/** What the page asks a person for. */
export function asked_in(known: Known): Purpose[] {
  return forms_here(known).map(({ purpose }) => purpose);
}

function is_there(purpose: Purpose, field: Element | null | undefined, known: Known): boolean {
  if (field && is_visible(field)) return true;
  return asked_in(known).some((asked) => asked === "one-time-code" || is_same(asked, purpose));
}

function is_same(asked: Purpose, purpose: Purpose): boolean {
  const is_login = (one: Purpose) => one === "login" || one === "password-step";
  return asked === purpose || (is_login(asked) && is_login(purpose));
}
