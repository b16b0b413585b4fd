// Captures what a person typed into a login form when they submit it. Only what the person does counts, never what the
// page pretends; what Lanyard filled itself is not captured again.

import { find_login_form, type LoginForm } from "./finder.ts";

export type Typed = { user_name: string; password: string; title: string };

/** Fields as Lanyard filled them: until the person types into one, there is nothing new in it. */
const filled = new WeakSet<Element>();

/** Password fields as they were captured: pressing a button gives a click and a submit, and is one attempt. */
const taken = new WeakSet<Element>();

export function mark_filled({ user_name, password }: LoginForm): void {
  filled.add(password);
  if (user_name) filled.add(user_name);
}

/** Listens until `signal` says stop. All in the capture phase: the page may change the fields in its own handlers. */
export function init_capture(captured: (typed: Typed) => void, signal: AbortSignal): void {
  const options = { capture: true, passive: true, signal };
  const on = (name: string, handle: (event: Event) => void) =>
    addEventListener(name, (event) => event.isTrusted && handle(event), options);

  const capture = (concerns: (form: LoginForm) => boolean) => {
    const form = find_login_form(document);
    if (!form || !concerns(form)) return;
    const values = values_of(form);
    if (values) captured(values);
  };

  on("input", ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    filled.delete(target);
    // The form is tried anew, also where only the user name is another.
    for (const field of target.form?.elements ?? [target]) taken.delete(field);
  });
  on("submit", ({ target }) => capture(({ form }) => form === target));
  on("click", (event) => capture(({ submit }) => submit !== null && event.composedPath().includes(submit)));
  on("keydown", (event) => {
    if (!(event instanceof KeyboardEvent) || event.key !== "Enter") return;
    capture(({ user_name, password }) => event.target === password || event.target === user_name);
  });
}

function values_of({ user_name, password }: LoginForm): Typed | null {
  if (password.value === "" || filled.has(password) || taken.has(password)) return null;
  taken.add(password);
  return { user_name: user_name?.value ?? "", password: password.value, title: document.title };
}
