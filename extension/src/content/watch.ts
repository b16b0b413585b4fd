// Waits for a login form: once the document is read, and longer in a page that a launch opened, because some pages draw
// it late. Bounded in time, and nowhere else.

import { find_login_form, type LoginForm } from "./finder.ts";

/** Calls back once, with the form that is there when the document has been read; never where there is none. */
export function when_read(found: (form: LoginForm) => void): void {
  watch_for_form(0, found);
}

/** Calls back once, with the first form there is. */
export function watch_for_form(milliseconds: number, found: (form: LoginForm) => void): void {
  const look = (): boolean => {
    const form = find_login_form(document);
    if (form) found(form);
    return form !== null;
  };
  const start = () => look() || milliseconds === 0 || observe(milliseconds, look);
  // While the document is being read there may be a second password field yet to come.
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start, { once: true });
  else start();
}

function observe(milliseconds: number, look: () => boolean): void {
  let asked = false;
  const observer = new MutationObserver(() => {
    // One look for all the changes of a task.
    if (asked) return;
    asked = true;
    setTimeout(() => {
      asked = false;
      if (look()) stop();
    });
  });
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
  };
  const timer = setTimeout(stop, milliseconds);
  observer.observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["class", "style", "hidden", "disabled"],
  });
}
