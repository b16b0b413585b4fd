// Whether a form that was sent goes away without another document coming. Watched for only while an attempt is open.

import type { FoundForm, Known, Purpose } from "./finder/found.ts";
import { find_forms } from "./finder/index.ts";
import { is_visible } from "./finder/visible.ts";

/** A form that is gone for so long does not come back with an error. */
const STAYS_GONE = 700;

/** One look for all changes of so long a time. */
const BETWEEN_LOOKS = 100;

/** What no change of the page tells of, such as a transition that ends. */
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
    let next: ReturnType<typeof setTimeout> | undefined;
    let gone_since: number | null = null;
    const end = (is_gone: boolean) => {
      observer.disconnect();
      clearTimeout(next);
      clearTimeout(last);
      clearInterval(regular);
      resolve(is_gone);
    };
    const look = () => {
      next = undefined;
      if (is_there(form.purpose, field, known())) {
        gone_since = null;
        return;
      }
      gone_since ??= performance.now();
      const left = gone_since + STAYS_GONE - performance.now();
      if (left <= 0) end(true);
      else next = setTimeout(look, left);
    };
    const soon = () => {
      next ??= setTimeout(look, BETWEEN_LOOKS);
    };
    const observer = new MutationObserver(soon);
    for (const root of roots_of(field)) observer.observe(root, CHANGES);
    const regular = setInterval(soon, EVERY);
    const last = setTimeout(() => end(false), milliseconds);
    signal.addEventListener("abort", () => end(false), { once: true });
  });
}

const CHANGES = {
  subtree: true,
  childList: true,
  attributes: true,
  attributeFilter: ["class", "style", "hidden", "open"],
};

/** The status of the first answer that a script got since then; 0 where there was none or the browser does not tell. */
export function first_answer_since(time: number): number {
  const entries = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
  const is_asked = ({ initiatorType, startTime }: PerformanceResourceTiming) =>
    startTime >= time && (initiatorType === "fetch" || initiatorType === "xmlhttprequest");
  return entries.find(is_asked)?.responseStatus ?? 0;
}

/** What the page asks a person for. */
export function asked_in(known: Known): Purpose[] {
  return find_forms(document, known).map(({ purpose }) => purpose);
}

function is_there(purpose: Purpose, field: Element | null | undefined, known: Known): boolean {
  if (field && is_visible(field)) return true;
  return asked_in(known).some((asked) => asked === "one-time-code" || is_same(asked, purpose));
}

function is_same(asked: Purpose, purpose: Purpose): boolean {
  const is_login = (one: Purpose) => one === "login" || one === "password-step";
  return asked === purpose || (is_login(asked) && is_login(purpose));
}

/** The document, and every shadow root around a field. */
function roots_of(field: Element | null | undefined): Node[] {
  const roots: Node[] = [document];
  for (let root = field?.getRootNode(); root instanceof ShadowRoot; root = root.host.getRootNode())
    roots.push(root);
  return roots;
}
