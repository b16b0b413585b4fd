// What the tests of the finder's judgement call in a page: its forms, with fields by name.

import { find_forms, NOTHING_KNOWN } from "../src/content/find.ts";
import type { FoundForm, Known } from "../src/content/finder/found.ts";

const calls = {
  forms: (known: Partial<Known> = {}) => find_forms(document, { ...NOTHING_KNOWN, ...known }).map(named),

  /** Through the roots of hosts: the last of the selectors is of what gets the focus. */
  focus(...selectors: string[]): void {
    let root: Document | ShadowRoot | null | undefined = document;
    for (const host of selectors.slice(0, -1)) root = root?.querySelector(host)?.shadowRoot;
    root?.querySelector<HTMLElement>(selectors.at(-1) ?? "")?.focus();
  },

  /** Puts fields where only a browser finds them again. */
  attach(host: string, html: string): void {
    const root = document.querySelector(host)?.attachShadow({ mode: "open" });
    if (root) root.innerHTML = html;
  },
};

function named(form: FoundForm) {
  return {
    purpose: form.purpose,
    evidence: form.evidence,
    username: form.username?.name ?? null,
    current: form.current_password?.name ?? null,
    fresh: form.new_passwords.map(({ name }) => name),
    code: form.one_time_code.map(({ name }) => name),
    extras: form.extras.map(({ name }) => name),
    submit: form.submit?.textContent?.trim() || form.submit?.getAttribute("value") || null,
  };
}

declare global {
  var judgement: typeof calls;
}
globalThis.judgement = calls;
